import type { Enum, Field, Message, ScalarType } from "../model/types.js";
import { assignStatements } from "./assign-code.js";
import {
  codec,
  codecType,
  enumSymbol,
  enumTableSymbol,
  type FileContext,
  membersOf,
  messageCodec,
  messageSymbol,
  present,
} from "./context.js";
import { fieldRows } from "./field-rows.js";
import { isClosedEnum, readCases, readScalar, readValue, wireTypeOf } from "./read-code.js";
import { fits, indent, list } from "./text.js";
import { isInferred, propertyType, valueType } from "./value-types.js";
import { functionSuffix, tagOf, wireType, writeStatements } from "./write-code.js";

/** What templates/message-codec.hbs shows: the functions of one message, and its fields. */
export interface CodecView {
  readonly writeHead: string;
  readonly readHead: string;
  readonly assignHead: string;
  /** The table of fields that JSON goes by. */
  readonly fieldTable: string;
  readonly writes: readonly string[];
  readonly cases: readonly { readonly tag: string; readonly body: string }[];
  readonly assigns: readonly string[];
  readonly entries: readonly EntryView[];
  /** Set where the message has required fields (proto2). */
  readonly required: string;
  readonly typeName: string;
  readonly runtime: Readonly<Record<string, string>>;
}

/** What templates/message-entry.hbs shows: the function that reads one entry of a map. */
export interface EntryView {
  readonly name: string;
  readonly parameters: string;
  readonly keepsRaw: boolean;
  readonly key: string;
  readonly keyTag: number;
  readonly readKey: string;
  readonly value: string;
  readonly valueTag: number;
  readonly readValue: string;
  readonly store: string;
  readonly runtime: Readonly<Record<string, string>>;
}

export function codecView(
  context: FileContext,
  message: Message,
  entryName: (field: Field) => string,
): CodecView {
  const name = messageSymbol(context, message.typeName);
  const init = messageSymbol(context, message.typeName, { init: true });
  const required = message.fields.filter((field) => field.presence === "required");
  const writes = writeStatements(context, message).map((text) => indent(text, 2));
  const cases = readCases(context, message, entryName);
  return {
    writeHead: list(
      `export function ${messageCodec(context, message.typeName, "write")}(`,
      [`message: ${init}`, `writer: ${codecType(context, "Writer")}`],
      "): void {",
    ),
    readHead: list(
      `export function ${messageCodec(context, message.typeName, "read")}(`,
      [
        `reader: ${codecType(context, "Reader")}`,
        "end: number",
        "depth: number",
        `message = new ${name}()`,
      ],
      `): ${name} {`,
    ),
    assignHead: list(
      `export function ${messageCodec(context, message.typeName, "assign")}(`,
      [`message: ${name}`, `init: ${init}`],
      "): void {",
    ),
    fieldTable: fieldTable(context, message),
    writes,
    cases: cases.map(({ tag, body }) => ({ tag: String(tag), body: caseBody(body) })),
    assigns: assignStatements(context, membersOf(message)).map((text) => indent(text, 2)),
    entries: message.fields
      .filter((field) => field.shape.kind === "map")
      .map((field) => entryView(context, field, entryName(field))),
    required:
      required.length === 0
        ? ""
        : `new ${codec(context, "RequiredFields")}(${required.map((field) => JSON.stringify(field.name)).join(", ")})`,
    typeName: message.typeName,
    runtime: {
      checkEnd: codec(context, "checkEnd"),
      keepUnknown: codec(context, "keepUnknown"),
      writeUnknown: codec(context, "writeUnknown"),
      copyUnknown: codec(context, "copyUnknown"),
    },
  };
}

/** One row a line; a lone row stays on the line of its table where it fits. */
function fieldTable(context: FileContext, message: Message): string {
  const name = messageCodec(context, message.typeName, "fieldsOf");
  const head = `export const ${name} = ${codec(context, "fieldTable")}(() => [`;
  const rows = fieldRows(context, message.fields, message);
  if (rows.length < 2) return list(head, rows, "]);");
  return `${head}\n${rows.map((row) => indent(`${row},\n`, 2)).join("")}]);`;
}

/** What follows the colon. A body in braces gets its `break` inside of them. */
function caseBody(body: string): string {
  if (!body.startsWith("{")) return `\n${indent(`${body}\nbreak;`, 8)}`;
  return ` ${indent(`${body.slice(0, -2)}\n  break;\n}`, 6).trimStart()}`;
}

function entryView(context: FileContext, field: Field, name: string): EntryView {
  if (field.shape.kind !== "map") throw new Error(`${field.name} is not a map`);
  const { key } = field.shape;
  const value = present(context.schema, field);
  const closed = isClosedEnum(value);
  const type = valueType(context, field, false);
  const setEntry = codec(context, "setEntry");
  const parameters = [
    `reader: ${codecType(context, "Reader")}`,
    "end: number",
    "depth: number",
    `map: ${propertyType(context, field)}`,
    ...(closed ? ["message: object"] : []),
  ];
  const view = {
    name,
    parameters: list(`function ${name}(`, parameters, "): void {"),
    keepsRaw: closed,
    key: keyZero(key),
    keyTag: tagOf(1, wireType(key)),
    readKey: readScalar(context, { kind: "scalar", scalar: key, long: "bigint", utf8: true }),
    valueTag: tagOf(2, wireTypeOf(value)),
    runtime: {
      checkEnd: codec(context, "checkEnd"),
      skipUnknown: codec(context, "skipUnknown"),
    },
  };
  if (closed && value.kind === "enum") {
    const table = enumTableSymbol(context, value.declared.typeName);
    const keep = codec(context, "keepEntry");
    const set = `${setEntry}(map, key, ${codec(context, "enumValue")}(${table}, value));`;
    return {
      ...view,
      value: `value = ${value.declared.values[0]?.number ?? 0}`,
      readValue: "value = reader.int32();",
      store: `if (${table}.names.has(value)) ${set}\n  else ${keep}(reader, start, ${tagOf(field.number, 2)}, message);`,
    };
  }
  const merged = value.kind === "message" ? "value" : undefined;
  const read = readValue(context, field, value, merged, "value = ", ";");
  const zero = entryZero(context, field);
  return {
    ...view,
    value: isInferred(zero) ? `value = ${zero}` : `value: ${type} = ${zero}`,
    readValue: indent(read, 8).trimStart(),
    store: `${setEntry}(map, key, value);`,
  };
}

function keyZero(key: ScalarType): string {
  if (key === "string") return '""';
  if (key === "bool") return "false";
  return functionSuffix(key).endsWith("64") ? "0n" : "0";
}

/** The value of an entry that has none. */
function entryZero(context: FileContext, field: Field): string {
  const value = present(context.schema, field);
  switch (value.kind) {
    case "message":
      return `new ${messageSymbol(context, value.typeName)}()`;
    case "json":
      return jsonZero(value.table);
    case "enum":
      return `${enumSymbol(context, value.declared.typeName)}.${value.declared.values[0]?.localName}`;
    default:
      return scalarZero(value.value.scalar, value.value.long);
  }
}

function jsonZero(table: string): string {
  if (table === "struct") return "{}";
  return table === "value" ? "null" : "[]";
}

function scalarZero(scalar: ScalarType, long: string): string {
  if (scalar === "bytes") return "new Uint8Array(0)";
  if (scalar === "string") return '""';
  if (scalar === "bool") return "false";
  if (!scalar.endsWith("64")) return "0";
  if (long === "string") return '"0"';
  return long === "number" ? "0" : "0n";
}

/** What templates/enum-table.hbs shows. */
export interface EnumTableView {
  readonly text: string;
}

export function enumTableView(context: FileContext, declared: Enum): EnumTableView {
  const name = enumTableSymbol(context, declared.typeName);
  const type = enumSymbol(context, declared.typeName, { type: true });
  const values = declared.values.map(
    // A literal `__proto__:` would set the prototype.
    (value) => `${value.name === "__proto__" ? '["__proto__"]' : value.name}: ${value.number}`,
  );
  const call = `export const ${name} = ${codec(context, "enumTable")}<${type}>(`;
  const head = `${call}${JSON.stringify(declared.typeName)}, {`;
  if (declared.open && fits(head, 0)) return { text: list(head, values, "});", 0, " ") };
  const args = [JSON.stringify(declared.typeName), list("{", values, "}", 2, " ")];
  if (!declared.open) args.push('"closed"');
  return { text: list(call, args, ");") };
}
