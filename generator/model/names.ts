import { lowerFirst, methodName, pascalName, propertyName, withoutEnumPrefix } from "./casing.js";
import {
  codecNames,
  enumTableName,
  eventNames,
  messageNames,
  serviceNames,
} from "./derived-names.js";
import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  ServiceDescriptor,
} from "./descriptor.js";
import {
  RESERVED_ENUM_KEYS,
  RESERVED_METHODS,
  RESERVED_PROPERTIES,
  RESERVED_TOP_LEVEL,
} from "./reserved.js";

/** Names of one scope: what is asked for, with as many `$` behind it as it takes. */
export function createScope(reserved: Iterable<string> = []) {
  const taken = new Set(reserved);
  /** `exports` lists all that a name brings into the scope; all of it has to be free. */
  return (wanted: string, exports: (name: string) => readonly string[] = (name) => [name]) => {
    let name = wanted;
    while (exports(name).some((item) => taken.has(item))) name += "$";
    for (const item of exports(name)) taken.add(item);
    return name;
  };
}

/** TypeScript names of what one package declares at the top of its modules, by full name. */
export interface PackageNames {
  /** Messages, enums, services and extensions. */
  readonly types: ReadonlyMap<string, string>;
  /** Events by the full name of their message. */
  readonly events: ReadonlyMap<string, string>;
  /** Constants of streams by stream name. */
  readonly streams: ReadonlyMap<string, string>;
}

/** What a package asks names for, besides the declarations in its files. */
export interface NamedParts {
  /** Full names of the messages that are events. */
  readonly events: readonly string[];
  /** Names of streams. */
  readonly streams: readonly string[];
}

/**
 * Names for a whole package: its modules are exported together, so they share
 * one scope, and the codec module has another. Messages and enums come first,
 * outer ones before nested ones; whatever comes later gives way.
 */
export function namePackage(files: readonly FileDescriptor[], parts: NamedParts): PackageNames {
  const types = new Map<string, string>();
  const claim = createScope(RESERVED_TOP_LEVEL);
  const prefix = (name: string) => `codec:${name}`;
  const declared = declaredTypes(files).sort((a, b) => a.depth - b.depth);
  for (const { node, kind, local } of declared) {
    const name = claim(local, (candidate) =>
      kind === "message"
        ? [...Object.values(messageNames(candidate)), ...codecNames(candidate).map(prefix)]
        : [candidate, prefix(enumTableName(candidate))],
    );
    types.set(node.fullName, name);
  }
  for (const service of files.flatMap((file) => file.services)) {
    types.set(
      service.fullName,
      claim(service.name, (name) => Object.values(serviceNames(name))),
    );
  }
  const events = new Map<string, string>();
  for (const message of parts.events) {
    const local = types.get(message) ?? message;
    events.set(message, claimDerived(claim, local));
  }
  const streams = new Map<string, string>();
  for (const stream of parts.streams) {
    streams.set(stream, claim(`${pascalName(stream)}Stream`));
  }
  for (const { field, scope } of declaredExtensions(files)) {
    const local = [...scope, propertyName(field.name)].join("_");
    types.set(field.fullName, claim(scope.length === 0 ? lowerFirst(local) : local));
  }
  return { types, events, streams };
}

/** An event's derived names; its local name itself is the message's and stays out of the scope. */
function claimDerived(claim: ReturnType<typeof createScope>, local: string): string {
  return claim(local, (name) => Object.values(eventNames(name)));
}

interface DeclaredType {
  readonly node: MessageDescriptor | EnumDescriptor;
  readonly kind: "message" | "enum";
  readonly depth: number;
  /** `Outer_Inner`. */
  readonly local: string;
}

function declaredTypes(files: readonly FileDescriptor[]): DeclaredType[] {
  const found: DeclaredType[] = [];
  const visitEnum = (node: EnumDescriptor, scope: readonly string[]): void => {
    found.push({ node, kind: "enum", depth: scope.length, local: [...scope, node.name].join("_") });
  };
  const visit = (node: MessageDescriptor, scope: readonly string[]): void => {
    if (node.isMapEntry) return;
    const path = [...scope, node.name];
    found.push({ node, kind: "message", depth: scope.length, local: path.join("_") });
    for (const child of node.messages) visit(child, path);
    for (const child of node.enums) visitEnum(child, path);
  };
  for (const file of files) {
    for (const node of file.messages) visit(node, []);
    for (const node of file.enums) visitEnum(node, []);
  }
  return found;
}

/** Extensions of all files, with the names of the messages that they are declared in. */
function declaredExtensions(
  files: readonly FileDescriptor[],
): { readonly field: FieldDescriptor; readonly scope: readonly string[] }[] {
  const nested = (
    message: MessageDescriptor,
    scope: readonly string[],
  ): { field: FieldDescriptor; scope: readonly string[] }[] => {
    const path = [...scope, message.name];
    return [
      ...message.extensions.map((field) => ({ field, scope: path })),
      ...message.messages.flatMap((child) => nested(child, path)),
    ];
  };
  return files.flatMap((file) => [
    ...file.extensions.map((field) => ({ field, scope: [] })),
    ...file.messages.flatMap((message) => nested(message, [])),
  ]);
}

/** Properties of a message: fields and oneofs by their names in the schema. */
export interface MemberNames {
  readonly fields: ReadonlyMap<string, string>;
  readonly oneofs: ReadonlyMap<string, string>;
}

/**
 * Fields share one scope, the members of oneofs included. A oneof is a property
 * beside the fields outside of oneofs; its members are not, so it may have the
 * name of one of them.
 */
export function nameMembers(message: MessageDescriptor): MemberNames {
  const claimField = createScope(RESERVED_PROPERTIES);
  // A field that is already written the TypeScript way keeps its name against one that becomes it.
  const ordered = [...message.fields].sort((a, b) => exactness(a) - exactness(b));
  const fields = new Map(
    ordered.map((field) => [field.name, claimField(propertyName(field.name))] as const),
  );
  const properties = message.fields.flatMap((field) =>
    field.oneof === undefined ? [fields.get(field.name) ?? field.name] : [],
  );
  const claimOneof = createScope([...RESERVED_PROPERTIES, ...properties]);
  const oneofs = new Map(
    message.oneofs
      .filter((oneof) => !oneof.synthetic)
      .map((oneof) => [oneof.name, claimOneof(propertyName(oneof.name))] as const),
  );
  return { fields, oneofs };
}

function exactness(field: FieldDescriptor): number {
  return propertyName(field.name) === field.name ? 0 : 1;
}

/** Methods of a service by their names in the schema. */
export function nameMethods(service: ServiceDescriptor): ReadonlyMap<string, string> {
  const claim = createScope(RESERVED_METHODS);
  return new Map(
    service.methods.map((method) => [method.name, claim(methodName(method.name))] as const),
  );
}

/**
 * Keys of an enum's values: names without the enum's prefix. Where two values
 * would get one key, those that lost their prefix keep it.
 */
export function nameEnumValues(node: EnumDescriptor): ReadonlyMap<string, string> {
  const keys = new Map(
    node.values.map(({ name }) => [name, withoutEnumPrefix(node.name, name) ?? name] as const),
  );
  for (;;) {
    const count = new Map<string, number>();
    for (const key of keys.values()) count.set(key, (count.get(key) ?? 0) + 1);
    const clashing = [...keys].filter(([name, key]) => name !== key && (count.get(key) ?? 0) > 1);
    if (clashing.length === 0) break;
    for (const [name] of clashing) keys.set(name, name);
  }
  const claim = createScope(RESERVED_ENUM_KEYS);
  return new Map([...keys].map(([name, key]) => [name, claim(key)] as const));
}
