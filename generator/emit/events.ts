import { CONTRACT_VERSION } from "../../runtime/contract.js";
import { enumReference, messageReference } from "../messages/index.js";
import { eventNames } from "../model/derived-names.js";
import type { Event, Field, Message, Package, Schema, Stream } from "../model/types.js";
import { type GeneratedFile, packageFile } from "./file.js";
import { createImportCollector, type ImportCollector } from "./imports.js";
import { objectSignature, paragraphs, signature, wrap } from "./layout.js";
import { code, property } from "./literal.js";
import { renderTemplate } from "./templates.js";

const RUNTIME = "@natsgen/runtime";

/** Names that events.ts takes from the global scope, and those of its parameters. */
const TAKEN = [
  ...["Promise", "undefined"],
  ...["context", "event", "handler", "nats", "options", "parameters"],
];

/** `events.ts`: the package's events and the streams that hold them. None without either. */
export function emitEvents(schema: Schema, pkg: Package): readonly GeneratedFile[] {
  if (pkg.events.length === 0 && pkg.streams.length === 0) return [];
  const imports = createImportCollector([
    ...TAKEN,
    ...pkg.streams.map(({ localName }) => localName),
    ...pkg.events.flatMap(({ localName }) => Object.values(eventNames(localName))),
  ]);
  const context: Context = { schema, pkg, imports };
  const declarations = [
    ...pkg.streams.map((stream) => renderTemplate("stream", streamView(context, stream))),
    ...pkg.events.flatMap((event) => {
      const view = eventView(context, event);
      const hasParameters = event.subject.some(({ kind }) => kind === "parameter");
      return [
        renderTemplate("event", view),
        ...(hasParameters ? [renderTemplate("event-subject", subjectView(context, event))] : []),
        renderTemplate("event-functions", view),
      ];
    }),
  ];
  return [packageFile(pkg, "events.ts", imports, declarations)];
}

interface Context {
  readonly schema: Schema;
  readonly pkg: Package;
  readonly imports: ImportCollector;
}

function streamView({ imports }: Context, stream: Stream): object {
  return {
    name: stream.localName,
    doc: stream.description ?? `The stream ${stream.name}.`,
    entries: [
      property("contract", CONTRACT_VERSION, 2),
      property("name", stream.name, 2),
      ...(stream.description === undefined ? [] : [property("description", stream.description, 2)]),
      property("subjects", stream.subjects, 2),
      ...(stream.maxAgeMs === undefined ? [] : [property("maxAgeMs", stream.maxAgeMs, 2)]),
      ...(stream.maxBytes === undefined ? [] : [property("maxBytes", stream.maxBytes, 2)]),
      property("replicas", stream.replicas, 2),
      property("storage", stream.storage, 2),
      property("duplicateWindowMs", stream.duplicateWindowMs, 2),
    ],
    type: imports.use("StreamDefinition", RUNTIME, { type: true }),
  };
}

function eventView({ schema, pkg, imports }: Context, event: Event): object {
  const names = eventNames(event.localName);
  const message = messageOf(schema, event);
  const reference = messageReference(schema, event.message, pkg.directory);
  const value = imports.use(reference.symbol, reference.importPath);
  const init = imports.use(reference.initSymbol, reference.importPath, { type: true });
  const runtime = (symbol: string) => imports.use(symbol, RUNTIME);
  const type = (symbol: string) => imports.use(symbol, RUNTIME, { type: true });
  const deprecated = message.deprecated ? "@deprecated" : "";
  const nats = `nats: ${type("Nats")}`;
  const handler = `event: ${value}, context: ${type("EventContext")}`;
  return {
    ...names,
    doc: paragraphs(message.comments.leading.trim(), subjectFact(event), deprecated),
    publishDoc: paragraphs(
      `Publishes ${article(reference.symbol)} to the stream ${event.stream}.`,
      deprecated,
    ),
    consumeDoc: paragraphs(
      `Handles each ${reference.symbol} of the stream ${event.stream}; a handler that throws gets the event again.`,
      deprecated,
    ),
    entries: [
      property("contract", CONTRACT_VERSION, 2),
      property("typeName", event.message, 2),
      property("message", code(value), 2),
      property("stream", event.stream, 2),
      property("subject", subjectText(event), 2),
      property("wildcard", event.wildcard, 2),
      ...fieldEntry("dedupeField", message, event.dedupeField),
      ...fieldEntry("orderingField", message, event.orderingField),
    ],
    descriptorType: type("EventDescriptor"),
    publishSignature: signature(
      `export function ${names.publish}(`,
      [nats, `event: ${init}`, `options?: ${type("PublishOptions")}`],
      `): Promise<${type("PublishAck")}> {`,
      0,
    ),
    publishCall: signature(
      `return ${runtime("publishEvent")}(`,
      ["nats", names.descriptor, "event", "options"],
      ");",
      2,
    ),
    consumeSignature: signature(
      `export function ${names.consume}(`,
      [
        nats,
        `handler: (${handler}) => ${type("Awaitable")}<void>`,
        `options: ${type("ConsumeOptions")}`,
      ],
      `): Promise<${type("Consumer")}> {`,
      0,
    ),
    consumeCall: signature(
      `return ${runtime("consumeEvents")}(`,
      ["nats", names.descriptor, "handler", "options"],
      ");",
      2,
    ),
  };
}

function subjectView(context: Context, event: Event): object {
  const { subject } = eventNames(event.localName);
  const message = messageOf(context.schema, event);
  const token = context.imports.use("subjectToken", RUNTIME);
  const fields = new Map(
    event.subject.flatMap((part) =>
      part.kind === "parameter" ? [[part.localName, fieldOf(message, part.field)] as const] : [],
    ),
  );
  const text = event.subject.map((part) =>
    part.kind === "literal"
      ? part.value.replace(/[`\\]|\$\{/g, "\\$&")
      : `\${${token}(event.${part.localName})}`,
  );
  const properties = [...fields].map(
    ([name, field]) => `readonly ${name}: ${parameterType(context, field)}`,
  );
  return {
    doc: paragraphs(
      wrap(
        `The subject of one ${event.localName}, without the connection's prefix. Each value is encoded to one token.`,
      ),
      message.deprecated ? "@deprecated" : "",
    ),
    signature: objectSignature(`export function ${subject}(event: `, properties, "): string {"),
    text: text.join(""),
  };
}

/** What a subject parameter may be; an unset value has no place in a subject. */
function parameterType({ schema, pkg, imports }: Context, field: Field): string {
  const { value } = field.shape;
  if (value.kind === "enum") {
    const reference = enumReference(schema, value.typeName, pkg.directory);
    return imports.use(reference.symbol, reference.importPath, { type: true });
  }
  if (value.kind === "message") return "string";
  if (value.scalar === "string" || value.scalar === "bytes") return "string";
  if (value.scalar === "bool") return "boolean";
  return /64$/.test(value.scalar) ? value.long : "number";
}

/** Parameters by property name, as the contract has them. */
function subjectText(event: Event): string {
  return event.subject
    .map((part) => (part.kind === "literal" ? part.value : `{${part.localName}}`))
    .join("");
}

function subjectFact(event: Event): string {
  return wrap(`Subject: \`${subjectText(event)}\`, in the stream ${event.stream}.`);
}

function fieldEntry(key: string, message: Message, field: string | undefined): string[] {
  return field === undefined ? [] : [property(key, fieldOf(message, field).localName, 2)];
}

function messageOf(schema: Schema, event: Event): Message {
  const message = schema.messages.get(event.message);
  if (message === undefined) throw new Error(`no message ${event.message} in the model`);
  return message;
}

function fieldOf(message: Message, name: string): Field {
  const field = message.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`no field ${name} in ${message.typeName}`);
  return field;
}

function article(name: string): string {
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}
