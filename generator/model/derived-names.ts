import { lowerFirst } from "./casing.js";

/** What a package exports for one message, named after its local name. */
export function messageNames(localName: string) {
  return { type: localName, init: `${localName}Init` };
}

/** What `codec.ts` declares for one message. */
export function codecNames(localName: string): readonly string[] {
  return ["write", "read", "assign", "fieldsOf"].map((verb) => verb + localName);
}

/** What `codec.ts` declares for one enum. */
export function enumTableName(localName: string): string {
  return `${localName}Table`;
}

/** What a package exports for one service, named after its local name. */
export function serviceNames(localName: string) {
  return {
    descriptor: localName,
    client: `${localName}Client`,
    handlers: `${localName}Handlers`,
    subjects: `${localName}Subjects`,
    createClient: `create${localName}Client`,
    serve: `serve${localName}`,
    routes: `${localName}Routes`,
  };
}

/** What a package exports for one event, named after its local name. */
export function eventNames(localName: string) {
  return {
    descriptor: `${localName}Event`,
    subject: `${lowerFirst(localName)}Subject`,
    publish: `publish${localName}`,
    consume: `consume${localName}`,
  };
}
