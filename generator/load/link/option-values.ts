/** Values of options: checked against the field they are for, and converted to plain data. */

import type { OptionValue, Position } from "../descriptor.js";
import { nearest } from "../names.js";
import type {
  FieldNode,
  FileNode,
  MessageNode,
  WrittenField,
  WrittenValue,
} from "../syntax/nodes.js";
import {
  convertEnum,
  convertScalar,
  INTEGERS,
  refuse,
  type ScalarContext,
} from "./option-scalars.js";
import { extensionField } from "./options.js";

export interface ValueContext extends ScalarContext {
  readonly file: FileNode;
  /** Full name of the declaration that has the option. */
  readonly scope: string;
  readonly positions: Map<string, Position>;
}

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

function convertMessage(
  context: ValueContext,
  field: FieldNode,
  written: WrittenValue,
  path: string,
): OptionValue | undefined {
  if (written.kind !== "message") {
    return refuse(context, field, written, "a message in braces: { field: value }");
  }
  const symbol =
    field.typeName === undefined ? undefined : context.linker.symbols.get(field.typeName);
  if (symbol?.kind !== "message") {
    return undefined;
  }
  const message = symbol.node;
  const inner: ValueContext = { ...context, textFormat: true };
  const result = new Map<string, OptionValue>();
  for (const entry of written.fields) {
    setField(inner, message, result, entry, path);
  }
  const missing = message.fields.filter(
    (member) => member.label === "required" && !result.has(member.name),
  );
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

function mapEntry(
  entry: MessageNode,
  values: ReadonlyMap<string, OptionValue>,
): ReadonlyMap<string, OptionValue> {
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
  const field =
    entry.kind === "extension"
      ? extensionField(context, message, entry.name, entry.namePosition)
      : plainField(context, message, entry);
  if (field === undefined) {
    return;
  }
  const key = entry.kind === "extension" ? `[${field.fullName}]` : field.name;
  const fieldPath = `${path}/${key}`;
  const known = result.get(key);
  if (field.label !== "repeated") {
    const rival = message.fields.find(
      (other) =>
        other.oneof !== undefined &&
        other.oneof === field.oneof &&
        other !== field &&
        result.has(other.name),
    );
    if (known !== undefined || rival !== undefined) {
      context.linker.report({
        severity: "error",
        rule: "duplicate-option",
        message:
          rival === undefined
            ? `"${entry.name}" is set twice`
            : `"${entry.name}" and "${rival.name}" are of one oneof: only one can be set`,
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

function plainField(
  context: ValueContext,
  message: MessageNode,
  entry: WrittenField,
): FieldNode | undefined {
  // The text format calls a group by the name of its type.
  const field = message.fields.find((candidate) =>
    candidate.type === "group"
      ? candidate.written.type === entry.name || candidate.name === entry.name
      : candidate.name === entry.name,
  );
  if (field === undefined) {
    const near = nearest(
      entry.name,
      message.fields.map((candidate) => candidate.name),
    );
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
function setAny(
  context: ValueContext,
  message: MessageNode,
  result: Map<string, OptionValue>,
  entry: WrittenField,
  path: string,
): void {
  const type = context.linker.symbols.get(entry.name.slice(entry.name.lastIndexOf("/") + 1));
  const value = message.fields.find((candidate) => candidate.name === "value");
  if (
    message.fullName !== "google.protobuf.Any" ||
    type?.kind !== "message" ||
    value === undefined
  ) {
    context.linker.report({
      severity: "error",
      rule: "invalid-option",
      message:
        message.fullName === "google.protobuf.Any"
          ? `unknown type "${entry.name}"`
          : `"${message.fullName}" is not google.protobuf.Any, so "[${entry.name}]" has no meaning`,
      position: entry.namePosition,
    });
    return;
  }
  const content = convertMessage(
    context,
    { ...value, type: "message", typeName: type.fullName },
    entry.value,
    `${path}/value`,
  );
  if (content !== undefined) {
    result.set("type_url", entry.name);
    result.set("value", content);
  }
}
