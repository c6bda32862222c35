import { CONTRACT_VERSION } from "../../runtime/contract.js";
import { messageReference } from "../messages/index.js";
import { serviceNames } from "../model/derived-names.js";
import type { Method, Package, Schema, Service } from "../model/types.js";
import { docText, type GeneratedFile, packageFile } from "./file.js";
import { createImportCollector, type ImportCollector } from "./imports.js";
import { duration, firstSentence, paragraphs, signature } from "./layout.js";
import { code, property } from "./literal.js";
import { renderTemplate } from "./templates.js";

const RUNTIME = "@natsgen/runtime";

/** Names that service.ts takes from the global scope, and those of its parameters. */
const TAKEN = [
  ...["AsyncIterable", "Promise", "undefined"],
  ...["context", "handlers", "nats", "options", "request", "requests"],
];

/** `service.ts`: every service of the package. None for a package without services. */
export function emitServices(schema: Schema, pkg: Package): readonly GeneratedFile[] {
  if (pkg.services.length === 0) return [];
  const declared = pkg.services.flatMap(({ localName }) => Object.values(serviceNames(localName)));
  const imports = createImportCollector([...TAKEN, ...declared]);
  const declarations = pkg.services.map((service) =>
    renderTemplate(
      service.methods.length === 0 ? "service-empty" : "service",
      serviceView({ schema, pkg, imports }, service),
    ),
  );
  return [packageFile(pkg, "service.ts", imports, declarations)];
}

interface Context {
  readonly schema: Schema;
  readonly pkg: Package;
  readonly imports: ImportCollector;
}

function serviceView(context: Context, service: Service): object {
  const names = serviceNames(service.localName);
  const methods = service.methods.map((method, index) => ({
    ...methodView(context, names.subjects, method),
    gap: index > 0,
  }));
  const runtime = (symbol: string) => context.imports.use(symbol, RUNTIME);
  const type = (symbol: string) => context.imports.use(symbol, RUNTIME, { type: true });
  const nats = `nats: ${type("Nats")}`;
  const description = firstSentence(service.comments.leading);
  return {
    ...names,
    doc: docText(service.comments, service.deprecated),
    ...factoryDocs(names.descriptor, service.deprecated),
    methods,
    head: [
      property("contract", CONTRACT_VERSION, 2),
      property("typeName", service.typeName, 2),
      property("queueGroup", service.queueGroup, 2),
      property("version", service.version, 2),
      ...(description === "" ? [] : [property("description", description, 2)]),
      ...(service.metadata.length === 0
        ? []
        : [property("metadata", Object.fromEntries(service.metadata), 2)]),
    ],
    descriptorType: type("ServiceDescriptor"),
    createSignature: signature(
      `export function ${names.createClient}(`,
      [nats, `options?: ${type("ClientOptions")}`],
      `): ${names.client} {`,
      0,
    ),
    createCall: signature(
      `return ${runtime("createClient")}<${names.client}>(`,
      ["nats", names.descriptor, "options"],
      ");",
      2,
    ),
    serveSignature: signature(
      `export function ${names.serve}(`,
      [nats, `handlers: ${names.handlers}`, `options?: ${type("ServeOptions")}`],
      `): Promise<${type("Worker")}> {`,
      0,
    ),
    serveCall: signature(
      `return ${runtime("serve")}(`,
      ["nats", names.descriptor, "handlers", "options"],
      ");",
      2,
    ),
  };
}

/** Docs of what is derived from a service, whose own comment stands above its descriptor. */
function factoryDocs(name: string, deprecated: boolean): object {
  const doc = (text: string) => paragraphs(text, deprecated ? "@deprecated" : "");
  return {
    subjectsDoc: doc(`Subjects of ${name}'s methods, without the connection's prefix.`),
    clientDoc: doc(`Calls ${name}. A call that fails throws a NatsgenError.`),
    handlersDoc: doc(`Implements ${name}: one handler for each method.`),
    createDoc: doc(`A client that calls ${name} over a connection.`),
    serveDoc: doc(`Serves ${name} over a connection, as one worker of its queue group.`),
  };
}

function methodView(context: Context, subjects: string, method: Method): object {
  const input = message(context, method.input);
  const output = message(context, method.output);
  const { clientSignature, handlerSignature } = signatures(context, method, input, output);
  const rules = Object.keys(method.rules).length === 0 ? undefined : { ...method.rules };
  return {
    key: method.localName,
    subject: property(method.localName, method.subject, 2),
    entries: [
      property("name", method.name, 6),
      property("kind", method.kind, 6),
      property("subject", code(`${subjects}.${method.localName}`), 6),
      property("input", code(input.value()), 6),
      property("output", code(output.value()), 6),
      ...(method.idempotency === "unknown" ? [] : [property("idempotency", method.idempotency, 6)]),
      ...(rules === undefined ? [] : [property("rules", rules, 6)]),
    ],
    clientDoc: docText(method.comments, method.deprecated, callFacts(method)),
    handlerDoc: docText(method.comments, method.deprecated),
    clientSignature,
    handlerSignature,
  };
}

interface MessageNames {
  /** The class, imported for its value. */
  readonly value: () => string;
  /** The class as a type. */
  readonly type: () => string;
  readonly init: () => string;
}

function message(context: Context, typeName: string): MessageNames {
  const reference = messageReference(context.schema, typeName, context.pkg.directory);
  const { use } = context.imports;
  return {
    value: () => use(reference.symbol, reference.importPath),
    type: () => use(reference.symbol, reference.importPath, { type: true }),
    init: () => use(reference.initSymbol, reference.importPath, { type: true }),
  };
}

function signatures(context: Context, method: Method, input: MessageNames, output: MessageNames) {
  const type = (symbol: string) => context.imports.use(symbol, RUNTIME, { type: true });
  const streamsIn = method.kind === "clientStreaming" || method.kind === "bidiStreaming";
  const streamsOut = method.kind === "serverStreaming" || method.kind === "bidiStreaming";
  const parameter = (name: string) =>
    streamsIn ? `requests: AsyncIterable<${name}>` : `request: ${name}`;
  const answer = (name: string, single: string) =>
    `): ${streamsOut ? "AsyncIterable" : single}<${name}>;`;
  return {
    clientSignature: signature(
      `${method.localName}(`,
      [parameter(input.init()), `options?: ${type("CallOptions")}`],
      answer(output.type(), "Promise"),
      2,
    ),
    handlerSignature: signature(
      `${method.localName}(`,
      [parameter(input.type()), `context: ${type("HandlerContext")}`],
      streamsOut ? answer(output.init(), "") : answer(output.init(), type("Awaitable")),
      2,
    ),
  };
}

/** What a caller wants to know and the schema says in options: routes, deadline, idempotency key. */
function callFacts(method: Method): string {
  const routes = method.routes.map(({ httpMethod, path }) => `\`${httpMethod} ${path}\``);
  const { timeoutMs, idempotencyKey } = method.rules;
  const key = idempotencyKey?.mode ?? "ignored";
  return [
    ...(routes.length === 0 ? [] : [`HTTP: ${routes.join(", ")}.`]),
    ...(timeoutMs === undefined ? [] : [`Default deadline: ${duration(timeoutMs)}.`]),
    ...(key === "ignored" ? [] : [`Idempotency key: ${key}.`]),
  ].join("\n");
}
