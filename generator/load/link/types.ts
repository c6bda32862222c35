/** Resolves the types that fields, extensions and methods refer to. */

import type { FieldType, Position } from "../descriptor.js";
import { nearest, simpleName } from "../names.js";
import type { FieldNode, FileNode, MessageNode } from "../syntax/nodes.js";
import { type Linker, lookUp, type NamedSymbol } from "./symbols.js";

const SCALARS: ReadonlySet<string> = new Set<FieldType>([
  "double",
  "float",
  "int64",
  "uint64",
  "int32",
  "fixed64",
  "fixed32",
  "bool",
  "string",
  "bytes",
  "uint32",
  "sfixed32",
  "sfixed64",
  "sint32",
  "sint64",
]);

/** What people write who come from another language. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["int", "int32"],
  ["long", "int64"],
  ["uint", "uint32"],
  ["ulong", "uint64"],
  ["integer", "int32"],
  ["number", "double"],
  ["boolean", "bool"],
  ["str", "string"],
  ["byte", "bytes"],
  ["float32", "float"],
  ["float64", "double"],
]);

export function isScalar(type: string): type is FieldType {
  return SCALARS.has(type);
}

export function resolveTypes(linker: Linker, file: FileNode): void {
  const visitMessage = (message: MessageNode): void => {
    for (const field of message.fields) {
      resolveField(linker, file, field);
    }
    for (const child of message.messages) {
      visitMessage(child);
    }
    for (const extension of message.extensions) {
      resolveField(linker, file, extension);
      resolveExtendee(linker, file, extension);
    }
    linkMaps(message);
  };
  for (const message of file.messages) {
    visitMessage(message);
  }
  for (const extension of file.extensions) {
    resolveField(linker, file, extension);
    resolveExtendee(linker, file, extension);
  }
  for (const service of file.services) {
    for (const method of service.methods) {
      method.input =
        messageType(linker, file, method.written.input, method.fullName, method.inputPosition) ??
        "";
      method.output =
        messageType(linker, file, method.written.output, method.fullName, method.outputPosition) ??
        "";
    }
  }
}

function linkMaps(message: MessageNode): void {
  const entries = new Map(
    message.messages.filter((child) => child.isMapEntry).map((child) => [child.fullName, child]),
  );
  for (const field of message.fields) {
    const entry = field.typeName === undefined ? undefined : entries.get(field.typeName);
    const [key, value] = entry?.fields ?? [];
    if (entry !== undefined && key !== undefined && value !== undefined) {
      field.map = { key, value };
    }
  }
}

function resolveField(linker: Linker, file: FileNode, field: FieldNode): void {
  const written = field.written.type;
  if (isScalar(written)) {
    field.type = written;
    return;
  }
  const symbol = resolve(linker, file, written, field.fullName, field.typePosition, true);
  if (symbol === undefined) {
    return;
  }
  if (symbol.kind !== "message" && symbol.kind !== "enum") {
    reportNotAType(linker, written, symbol, field.typePosition, "a type");
    return;
  }
  field.typeName = symbol.fullName;
  field.type = symbol.kind === "enum" ? "enum" : field.written.group ? "group" : "message";
}

function resolveExtendee(linker: Linker, file: FileNode, extension: FieldNode): void {
  const position = extension.written.extendeePosition ?? extension.namePosition;
  const extendee = messageType(
    linker,
    file,
    extension.written.extendee ?? "",
    extension.fullName,
    position,
  );
  extension.extendee = extendee ?? "";
  if (extendee === undefined) {
    return;
  }
  let known = linker.extensions.get(extendee);
  if (known === undefined) {
    known = new Map();
    linker.extensions.set(extendee, known);
  }
  const first = known.get(extension.number);
  if (first === undefined) {
    known.set(extension.number, extension);
    return;
  }
  linker.report({
    severity: "error",
    rule: "duplicate-extension",
    message: `extension "${extension.fullName}" of "${extendee}" has number ${extension.number}, which "${first.fullName}" has already`,
    position: extension.numberPosition,
    related: [{ position: first.numberPosition, message: `"${first.name}" takes the number here` }],
  });
}

function messageType(
  linker: Linker,
  file: FileNode,
  name: string,
  scope: string,
  position: Position,
): string | undefined {
  if (isScalar(name)) {
    linker.report({
      severity: "error",
      rule: "not-a-message",
      message: `expected a message, found the scalar type "${name}"`,
      position,
      suggestion: `declare a message that holds the ${name}`,
    });
    return undefined;
  }
  const symbol = resolve(linker, file, name, scope, position, false);
  if (symbol === undefined) {
    return undefined;
  }
  if (symbol.kind !== "message") {
    reportNotAType(linker, name, symbol, position, "a message");
    return undefined;
  }
  return symbol.fullName;
}

function reportNotAType(
  linker: Linker,
  name: string,
  symbol: NamedSymbol,
  position: Position,
  wanted: string,
): void {
  const what = `${/^[aeio]/.test(symbol.kind) ? "an" : "a"} ${symbol.kind}`;
  linker.report({
    severity: "error",
    rule: wanted === "a message" ? "not-a-message" : "not-a-type",
    message: `"${name}" is ${what}, not ${wanted}`,
    position,
    ...(symbol.node === undefined
      ? {}
      : {
          related: [
            {
              position: symbol.node.namePosition,
              message: `"${symbol.fullName}" is declared here`,
            },
          ],
        }),
  });
}

/** Looks a name up and reports what keeps it from being found. */
function resolve(
  linker: Linker,
  file: FileNode,
  name: string,
  scope: string,
  position: Position,
  typesOnly: boolean,
): NamedSymbol | undefined {
  const result = lookUp(linker, file, name, scope, typesOnly);
  if ("found" in result) {
    return result.found;
  }
  if ("notImported" in result) {
    const { fullName, file: home } = result.notImported;
    linker.report({
      severity: "error",
      rule: "not-imported",
      message: `"${fullName}" is declared in "${home.path}", which this file does not import`,
      position,
      suggestion: `add import "${home.path}";`,
    });
    return undefined;
  }
  const absoluteName = name.replace(/^\./, "");
  const home = linker.bundled(absoluteName);
  if (home !== undefined) {
    linker.report({
      severity: "error",
      rule: "not-imported",
      message: `"${absoluteName}" is declared in "${home}", which this file does not import`,
      position,
      suggestion: `add import "${home}";`,
    });
    return undefined;
  }
  if (linker.incomplete.has(file)) {
    // Its declaration may be in what could not be read; that error is reported, this one might be false.
    return undefined;
  }
  if ("shadowedAs" in result) {
    const absolute = linker.symbols.has(name);
    linker.report({
      severity: "error",
      rule: "unknown-type",
      message: `unknown type "${name}": the innermost scope that knows its first part makes it "${result.shadowedAs}"`,
      position,
      ...hint(absolute ? `write ".${name}"` : suggestType(linker, file, name, typesOnly)),
    });
    return undefined;
  }
  linker.report({
    severity: "error",
    rule: "unknown-type",
    message: `unknown type "${name}"`,
    position,
    ...hint(suggestType(linker, file, name, typesOnly)),
  });
  return undefined;
}

function hint(suggestion: string | undefined): { suggestion?: string } {
  return suggestion === undefined ? {} : { suggestion };
}

/** The nearest type by simple name, those that can be seen first; a type elsewhere with the import that it needs. */
function suggestType(
  linker: Linker,
  file: FileNode,
  name: string,
  scalars: boolean,
): string | undefined {
  const simple = simpleName(name);
  const foreign = scalars ? FOREIGN.get(name.toLowerCase()) : undefined;
  if (foreign !== undefined) {
    return `did you mean "${foreign}"?`;
  }
  const seen = new Map<string, NamedSymbol>();
  const elsewhere = new Map<string, NamedSymbol>();
  const files = linker.visible.get(file)?.files;
  for (const symbol of linker.symbols.values()) {
    if (symbol.kind === "message" ? !symbol.node.isMapEntry : scalars && symbol.kind === "enum") {
      (files?.has(symbol.file) === true ? seen : elsewhere).set(
        simpleName(symbol.fullName),
        symbol,
      );
    }
  }
  const exact = seen.get(simple);
  if (exact !== undefined) {
    return `did you mean "${exact.fullName}"?`;
  }
  const remote = elsewhere.get(simple);
  if (remote !== undefined) {
    return `did you mean "${remote.fullName}"? add import "${remote.file.path}";`;
  }
  const near = nearest(
    simple,
    scalars && !name.includes(".") ? [...seen.keys(), ...SCALARS] : seen.keys(),
  );
  const symbol = near === undefined ? undefined : seen.get(near);
  if (near !== undefined) {
    return `did you mean "${symbol === undefined || symbol.file.package === file.package ? near : symbol.fullName}"?`;
  }
  const far = nearest(simple, elsewhere.keys());
  const found = far === undefined ? undefined : elsewhere.get(far);
  return found === undefined
    ? undefined
    : `did you mean "${found.fullName}"? add import "${found.file.path}";`;
}
