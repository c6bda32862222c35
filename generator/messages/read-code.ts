import type { Field, Message, ScalarType } from "../model/types.js";
import {
  codec,
  enumTableSymbol,
  type FileContext,
  messageCodec,
  type Presented,
  present,
} from "./context.js";
import { fits, indent, list } from "./text.js";
import { isLong } from "./value-types.js";
import { functionSuffix, tagOf, wireType } from "./write-code.js";

/** One `case` of the loop that reads a message. */
export interface ReadCase {
  readonly tag: number;
  readonly body: string;
}

/** Columns in front of a statement below a `case`. */
const CASE_INDENT = 8;

/** Name of the function that reads one entry of a map field. */
export type EntryName = (field: Field) => string;

const READER_METHODS: ReadonlySet<ScalarType> = new Set([
  "double",
  "float",
  "int32",
  "uint32",
  "sint32",
  "fixed32",
  "sfixed32",
  "bool",
]);

/** The cases of all fields in the order of their numbers; both encodings of what can be packed. */
export function readCases(
  context: FileContext,
  message: Message,
  entryName: EntryName,
): ReadCase[] {
  return [...message.fields]
    .sort((a, b) => a.number - b.number)
    .flatMap((field) => fieldCases(context, message, field, entryName));
}

function fieldCases(
  context: FileContext,
  message: Message,
  field: Field,
  entryName: EntryName,
): ReadCase[] {
  const value = present(context.schema, field);
  const access = `message.${field.localName}`;
  const tag = tagOf(field.number, wireTypeOf(value));
  if (field.shape.kind === "map") {
    const end = `${codec(context, "readEnd")}(reader, depth)`;
    const rest = isClosedEnum(value) ? ["message"] : [];
    const args = ["reader", end, "depth + 1", access, ...rest];
    const entry = tagOf(field.number, 2);
    return [{ tag: entry, body: list(`${entryName(field)}(`, args, ");", CASE_INDENT) }];
  }
  if (field.shape.kind === "repeated") {
    const single = { tag, body: readElement(context, field, value, access) };
    if (!canBePacked(value)) return [single];
    const packed = {
      tag: tagOf(field.number, 2),
      body: readPacked(context, field, value, access),
    };
    return field.shape.packed ? [packed, single] : [single, packed];
  }
  const oneof = message.oneofs.find((candidate) => candidate.name === field.oneof);
  if (oneof !== undefined) {
    return [{ tag, body: readMember(context, field, value, `message.${oneof.localName}`) }];
  }
  const merged = value.kind === "scalar" || value.kind === "enum" ? undefined : access;
  const rest = isClosedEnum(value) ? ` ?? ${access};` : ";";
  if (field.presence !== "required") {
    return [{ tag, body: readValue(context, field, value, merged, `${access} = `, rest) }];
  }
  const seen = `${access} = fields.seen(${JSON.stringify(field.name)}, `;
  return [{ tag, body: readValue(context, field, value, merged, seen, `)${rest}`) }];
}

export function isClosedEnum(value: Presented): boolean {
  return value.kind === "enum" && !value.declared.open;
}

export function wireTypeOf(value: Presented): number {
  if (value.kind === "scalar") return wireType(value.value.scalar);
  if (value.kind === "enum") return 0;
  return value.kind === "message" && value.delimited ? 3 : 2;
}

function canBePacked(value: Presented): boolean {
  return value.kind === "enum" || (value.kind === "scalar" && wireType(value.value.scalar) !== 2);
}

/**
 * The expression that reads one value, between `before` and `after`; its value
 * is `undefined` where a closed enum does not name the number.
 */
export function readValue(
  context: FileContext,
  field: Field,
  value: Presented,
  merged: string | undefined,
  before = "",
  after = "",
): string {
  if (value.kind === "scalar") return `${before}${readScalar(context, value.value)}${after}`;
  const rest = merged === undefined ? [] : [merged];
  const call = (name: string, args: readonly string[]) =>
    list(`${before}${name}(`, args, `)${after}`, CASE_INDENT);
  if (value.kind === "enum") {
    const table = enumTableSymbol(context, value.declared.typeName);
    if (value.declared.open) return call(codec(context, "readEnum"), ["reader", table]);
    const args = ["reader", table, "message", String(field.number)];
    return call(codec(context, "readClosedEnum"), args);
  }
  const read = messageCodec(context, value.typeName, "read");
  if (value.kind === "message" && value.delimited) {
    const args = ["reader", String(field.number), "depth", read, ...rest];
    return call(codec(context, "readGroup"), args);
  }
  const end = `${codec(context, "readEnd")}(reader, depth)`;
  return call(read, ["reader", end, "depth + 1", ...rest]);
}

export function readScalar(
  context: FileContext,
  value: Extract<Presented, { kind: "scalar" }>["value"],
): string {
  const { scalar, long, utf8 } = value;
  if (READER_METHODS.has(scalar)) return `reader.${scalar}()`;
  if (scalar === "string" && !utf8) return `${codec(context, "readLenientString")}(reader)`;
  const read = `${codec(context, `read${functionSuffix(scalar)}`)}(reader)`;
  if (!isLong(scalar) || long === "bigint") return read;
  return long === "number" ? `${codec(context, "safeNumber")}(${read})` : `${read}.toString()`;
}

function readElement(context: FileContext, field: Field, value: Presented, access: string): string {
  const read = readValue(context, field, value, undefined);
  if (!isClosedEnum(value)) return list(`${access}.push(`, [read], ");", CASE_INDENT);
  return `{\n  const value = ${read};\n  if (value !== undefined) ${access}.push(value);\n}`;
}

function readPacked(context: FileContext, field: Field, value: Presented, access: string): string {
  if (value.kind === "enum") {
    const table = enumTableSymbol(context, value.declared.typeName);
    if (value.declared.open) return `${codec(context, "readEnums")}(reader, ${table}, ${access});`;
    const read = codec(context, "readClosedEnums");
    return `${read}(reader, ${table}, ${access}, message, ${field.number});`;
  }
  if (value.kind !== "scalar") throw new Error(`${field.name} cannot be packed`);
  const { scalar, long } = value.value;
  if (READER_METHODS.has(scalar)) return `reader.${scalar}s(${access});`;
  const readEach = codec(context, "readPacked");
  if (long !== "bigint") {
    return `${readEach}(reader, (reader) => ${readScalar(context, value.value)}, ${access});`;
  }
  return `${readEach}(reader, ${codec(context, `read${functionSuffix(scalar)}`)}, ${access});`;
}

function readMember(context: FileContext, field: Field, value: Presented, access: string): string {
  const name = JSON.stringify(field.localName);
  if (isClosedEnum(value)) {
    const read = readValue(context, field, value, undefined);
    const set = `if (value !== undefined) ${access} = { case: ${name}, value };`;
    return `{\n  const value = ${read};\n  ${set}\n}`;
  }
  if (value.kind === "scalar" || value.kind === "enum") {
    return setMember(access, name, readValue(context, field, value, undefined));
  }
  // A member that comes in pieces merges with what was read of it before.
  const merged = `${access}.case === ${name} ? ${access}.value : undefined`;
  const head = "const current =";
  const current = fits(`${head} ${merged};`, CASE_INDENT)
    ? `${head} ${merged};`
    : `${head}\n  ${merged};`;
  const set = setMember(access, name, readValue(context, field, value, "current"));
  return `{\n${indent(`${current}\n${set}`, 2)}\n}`;
}

function setMember(access: string, name: string, value: string): string {
  return list(`${access} = {`, [`case: ${name}`, `value: ${value}`], "};", CASE_INDENT, " ");
}
