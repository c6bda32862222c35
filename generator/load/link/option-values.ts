/** Values of options: checked against the field they are for, and converted to plain data. */

import type { OptionValue, Position } from "../descriptor.js";
import { nearest } from "../names.js";
import type { FieldNode, FileNode, MessageNode, WrittenField, WrittenValue } from "../syntax/nodes.js";
import { describeType, extensionField } from "./options.js";
import type { Linker } from "./symbols.js";

export interface ValueContext {
  readonly linker: Linker;
  readonly file: FileNode;
  /** Full name of the declaration that has the option. */
  readonly scope: string;
  readonly positions: Map<string, Position>;
  /** Inside `{ … }`, where protobuf's text format is a little more lenient. */
  readonly textFormat: boolean;
}

export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
  /** Whether values are bigint. */
  readonly long: boolean;
}

const INT32: IntegerRange = { min: -(2n ** 31n), max: 2n ** 31n - 1n, long: false };
const UINT32: IntegerRange = { min: 0n, max: 2n ** 32n - 1n, long: false };
const INT64: IntegerRange = { min: -(2n ** 63n), max: 2n ** 63n - 1n, long: true };
const UINT64: IntegerRange = { min: 0n, max: 2n ** 64n - 1n, long: true };

export const INTEGERS: ReadonlyMap<string, IntegerRange> = new Map([
  ["int32", INT32],
  ["sint32", INT32],
  ["sfixed32", INT32],
  ["uint32", UINT32],
  ["fixed32", UINT32],
  ["int64", INT64],
  ["sint64", INT64],
  ["sfixed64", INT64],
  ["uint64", UINT64],
  ["fixed64", UINT64],
]);

/** The value of one option, or of one element of a repeated one; undefined if it does not fit (reported). */
export function convertValue(
  context: ValueContext,
  field: FieldNode,
  written: WrittenValue,
  path: string,
): OptionValue | undefined {
  if (written.kind === "list") {
    return refuse(context, field, written, "a single value");
  }
  if (field.type === "message" || field.type === "group") {
    return convertMessage(context, field, written, path);
  }
  if (field.type === "enum") {
    return convertEnum(context, field, written);
  }
  return convertScalar(context, field, written);
}

/** Numbers, strings, booleans. Also used for `[default = …]`. */
export function convertScalar(
  context: Pick<ValueContext, "linker" | "textFormat">,
  field: FieldNode,
  written: WrittenValue,
): OptionValue | undefined {
  const range = INTEGERS.get(field.type);
  if (range !== undefined) {
    if (written.kind !== "int") {
      return refuse(context, field, written, "an integer");
    }
    if (written.value < range.min || written.value > range.max) {
      context.linker.report({
        severity: "error",
        rule: "number-out-of-range",
        message: `${written.value} is out of range for ${field.type} (${range.min} to ${range.max})`,
        position: written.position,
      });
      return undefined;
    }
    return range.long ? written.value : Number(written.value);
  }
  switch (field.type) {
    case "float":
    case "double": {
      const number = numberOf(written, context.textFormat);
      if (number === undefined) {
        return refuse(context, field, written, "a number");
      }
      return field.type === "float" ? Math.fround(number) : number;
    }
    case "bool":
      return booleanOf(written, context.textFormat) ?? refuse(context, field, written, '"true" or "false"');
    case "string":
      if (written.kind === "string" && typeof written.value !== "string") {
        return refuse(context, field, written, "a string that is valid UTF-8");
      }
      return written.kind === "string" ? written.value : refuse(context, field, written, "a string in quotes");
    default:
      if (written.kind !== "string") {
        return refuse(context, field, written, "a string in quotes");
      }
      return typeof written.value === "string" ? new TextEncoder().encode(written.value) : written.value;
  }
}

function numberOf(written: WrittenValue, textFormat: boolean): number | undefined {
  if (written.kind === "int" || written.kind === "float") {
    return Number(written.value);
  }
  if (written.kind !== "identifier") {
    return undefined;
  }
  const name = textFormat ? written.text.toLowerCase() : written.text;
  if (name === "nan") {
    return Number.NaN;
  }
  if (name === "inf" || (textFormat && name === "infinity")) {
    return written.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return undefined;
}

function booleanOf(written: WrittenValue, textFormat: boolean): boolean | undefined {
  if (written.kind === "identifier" && !written.negative) {
    if (written.text === "true" || (textFormat && (written.text === "True" || written.text === "t"))) {
      return true;
    }
    if (written.text === "false" || (textFormat && (written.text === "False" || written.text === "f"))) {
      return false;
    }
  }
  if (textFormat && written.kind === "int" && (written.value === 0n || written.value === 1n)) {
    return written.value === 1n;
  }
  return undefined;
}

/** The name of an enum value. Also used for `[default = …]`. */
export function convertEnum(
  context: Pick<ValueContext, "linker" | "textFormat">,
  field: FieldNode,
  written: WrittenValue,
): OptionValue | undefined {
  const symbol = field.typeName === undefined ? undefined : context.linker.symbols.get(field.typeName);
  if (symbol?.kind !== "enum") {
    return undefined;
  }
  const { values } = symbol.node;
  if (written.kind === "int" && context.textFormat) {
    const byNumber = values.find((value) => BigInt(value.number) === written.value);
    return byNumber?.name ?? (symbol.node.closed ? unknownValue(context, field, String(written.value), written, []) : Number(written.value));
  }
  if (written.kind !== "identifier" || written.negative) {
    return refuse(context, field, written, `the name of a value of enum "${symbol.fullName}"`);
  }
  if (values.some((value) => value.name === written.text)) {
    return written.text;
  }
  return unknownValue(context, field, written.text, written, values.map((value) => value.name));
}

function unknownValue(
  context: Pick<ValueContext, "linker">,
  field: FieldNode,
  name: string,
  written: WrittenValue,
  names: readonly string[],
): undefined {
  const near = nearest(name, names) ?? names.find((candidate) => candidate.endsWith(`_${name.toUpperCase()}`));
  context.linker.report({
    severity: "error",
    rule: "unknown-enum-value",
    message: `enum "${field.typeName}" has no value "${name}"`,
    position: written.position,
    ...(near === undefined ? {} : { suggestion: `did you mean "${near}"?` }),
  });
  return undefined;
}

function convertMessage(context: ValueContext, field: FieldNode, written: WrittenValue, path: string): OptionValue | undefined {
  if (written.kind !== "message") {
    return refuse(context, field, written, "a message in braces: { field: value }");
  }
  const symbol = field.typeName === undefined ? undefined : context.linker.symbols.get(field.typeName);
  if (symbol?.kind !== "message") {
    return undefined;
  }
  const message = symbol.node;
  const inner: ValueContext = { ...context, textFormat: true };
  const result = new Map<string, OptionValue>();
  for (const entry of written.fields) {
    setField(inner, message, result, entry, path);
  }
  const missing = message.fields.filter((member) => member.label === "required" && !result.has(member.name));
  if (missing.length > 0) {
    context.linker.report({
      severity: "error",
      rule: "missing-required",
      message: `"${message.fullName}" lacks the required field "${missing[0]?.name}"`,
      position: written.position,
    });
  }
  return message.isMapEntry ? mapEntry(message, result) : result;
}

function mapEntry(entry: MessageNode, values: ReadonlyMap<string, OptionValue>): ReadonlyMap<string, OptionValue> {
  const [key, value] = entry.fields;
  const zeroKey = key?.type === "string" ? "" : key?.type === "bool" ? "false" : "0";
  return new Map([[String(values.get("key") ?? zeroKey), values.get("value") ?? zeroOf(value)]]);
}

function zeroOf(field: FieldNode | undefined): OptionValue {
  switch (field?.type) {
    case "string":
      return "";
    case "bytes":
      return new Uint8Array();
    case "bool":
      return false;
    case "message":
    case "group":
      return new Map();
    default:
      return field !== undefined && INTEGERS.get(field.type)?.long === true ? 0n : 0;
  }
}

function setField(
  context: ValueContext,
  message: MessageNode,
  result: Map<string, OptionValue>,
  entry: WrittenField,
  path: string,
): void {
  if (entry.kind === "any") {
    setAny(context, message, result, entry, path);
    return;
  }
  const field = entry.kind === "extension" ? extensionField(context, message, entry.name, entry.namePosition) : plainField(context, message, entry);
  if (field === undefined) {
    return;
  }
  const key = entry.kind === "extension" ? `[${field.fullName}]` : field.name;
  const fieldPath = `${path}/${key}`;
  const known = result.get(key);
  if (field.label !== "repeated") {
    const rival = message.fields.find((other) => other.oneof !== undefined && other.oneof === field.oneof && other !== field && result.has(other.name));
    if (known !== undefined || rival !== undefined) {
      context.linker.report({
        severity: "error",
        rule: "duplicate-option",
        message: rival === undefined ? `"${entry.name}" is set twice` : `"${entry.name}" and "${rival.name}" are of one oneof: only one can be set`,
        position: entry.namePosition,
      });
      return;
    }
    const value = convertValue(context, field, entry.value, fieldPath);
    if (value !== undefined) {
      result.set(key, value);
      context.positions.set(fieldPath, entry.value.position);
    }
    return;
  }
  const items = entry.value.kind === "list" ? entry.value.items : [entry.value];
  const list: OptionValue[] = Array.isArray(known) ? [...known] : [];
  const map = new Map<string, OptionValue>(known instanceof Map ? known : []);
  context.positions.set(fieldPath, context.positions.get(fieldPath) ?? entry.value.position);
  for (const item of items) {
    const elementPath = `${fieldPath}/${list.length}`;
    const value = convertValue(context, field, item, elementPath);
    if (value instanceof Map && field.map !== undefined) {
      for (const [name, element] of value) {
        map.set(name, element);
        context.positions.set(`${fieldPath}/${name}`, item.position);
      }
    } else if (value !== undefined) {
      list.push(value);
      context.positions.set(elementPath, item.position);
    }
  }
  result.set(key, field.map === undefined ? list : map);
}

function plainField(context: ValueContext, message: MessageNode, entry: WrittenField): FieldNode | undefined {
  // The text format calls a group by the name of its type.
  const field = message.fields.find((candidate) =>
    candidate.type === "group" ? candidate.written.type === entry.name || candidate.name === entry.name : candidate.name === entry.name,
  );
  if (field === undefined) {
    const near = nearest(entry.name, message.fields.map((candidate) => candidate.name));
    context.linker.report({
      severity: "error",
      rule: "unknown-option",
      message: `"${message.fullName}" has no field "${entry.name}"`,
      position: entry.namePosition,
      ...(near === undefined ? {} : { suggestion: `did you mean "${near}"?` }),
    });
  }
  return field;
}

/** `[type.googleapis.com/a.B] { … }` inside a google.protobuf.Any: kept as its type_url and the message itself. */
function setAny(context: ValueContext, message: MessageNode, result: Map<string, OptionValue>, entry: WrittenField, path: string): void {
  const type = context.linker.symbols.get(entry.name.slice(entry.name.lastIndexOf("/") + 1));
  const value = message.fields.find((candidate) => candidate.name === "value");
  if (message.fullName !== "google.protobuf.Any" || type?.kind !== "message" || value === undefined) {
    context.linker.report({
      severity: "error",
      rule: "invalid-option",
      message: message.fullName === "google.protobuf.Any" ? `unknown type "${entry.name}"` : `"${message.fullName}" is not google.protobuf.Any, so "[${entry.name}]" has no meaning`,
      position: entry.namePosition,
    });
    return;
  }
  const content = convertMessage(context, { ...value, type: "message", typeName: type.fullName }, entry.value, `${path}/value`);
  if (content !== undefined) {
    result.set("type_url", entry.name);
    result.set("value", content);
  }
}

function refuse(
  context: Pick<ValueContext, "linker">,
  field: FieldNode,
  written: WrittenValue,
  wanted: string,
): undefined {
  context.linker.report({
    severity: "error",
    rule: "invalid-value",
    message: `expected ${wanted} for "${field.name}" (${describeType(field)}), found ${describeValue(written)}`,
    position: written.position,
  });
  return undefined;
}

function describeValue(written: WrittenValue): string {
  switch (written.kind) {
    case "identifier":
      return `"${written.negative ? "-" : ""}${written.text}"`;
    case "int":
    case "float":
      return String(written.value);
    case "string":
      return "a string";
    case "message":
      return "a message";
    case "list":
      return "a list";
  }
}
