import type { Field, ScalarType, ValueType } from "../model/types.js";
import { codecType, enumSymbol, type FileContext, messageSymbol, present } from "./context.js";

const SCALAR_TYPES: Readonly<Record<ScalarType, string>> = {
  double: "number",
  float: "number",
  int32: "number",
  int64: "bigint",
  uint32: "number",
  uint64: "bigint",
  sint32: "number",
  sint64: "bigint",
  fixed32: "number",
  fixed64: "bigint",
  sfixed32: "number",
  sfixed64: "bigint",
  bool: "boolean",
  string: "string",
  bytes: "Uint8Array",
};

export function isLong(scalar: ScalarType): boolean {
  return SCALAR_TYPES[scalar] === "bigint";
}

function scalarType(value: Extract<ValueType, { kind: "scalar" }>): string {
  return isLong(value.scalar) ? value.long : SCALAR_TYPES[value.scalar];
}

/** The type of one value: of a singular field, of an element, of a map's value. */
export function valueType(context: FileContext, field: Field, init: boolean): string {
  const value = present(context.schema, field);
  switch (value.kind) {
    case "scalar":
    case "wrapper":
      return scalarType(value.value);
    case "enum":
      return enumSymbol(context, value.declared.typeName, { type: true });
    case "message":
      return messageSymbol(context, value.typeName, { init, type: true });
    case "json":
      return value.type.replace(/^\w+/, (name) => codecType(context, name));
  }
}

/** The type of a field's property, `undefined` included where the field can be unset. */
export function propertyType(context: FileContext, field: Field): string {
  const type = valueType(context, field, false);
  if (field.shape.kind === "repeated") return `${type}[]`;
  if (field.shape.kind === "map") return `Record<${keyType(field.shape.key)}, ${type}>`;
  return field.presence === "explicit" ? `${type} | undefined` : type;
}

/** The type of a field in an Init, without `undefined`. */
export function initType(context: FileContext, field: Field): string {
  const type = valueType(context, field, true);
  if (field.shape.kind === "repeated") {
    return type.endsWith("[]") ? `readonly (${type})[]` : `readonly ${type}[]`;
  }
  if (field.shape.kind === "map") return `Readonly<Record<${keyType(field.shape.key)}, ${type}>>`;
  return type;
}

/** Object keys are strings; those of small integers read better as numbers. */
function keyType(key: ScalarType): string {
  return SCALAR_TYPES[key] === "number" ? "number" : "string";
}

/** What a new message has in a field. */
export function initialValue(context: FileContext, field: Field): string {
  if (field.shape.kind === "repeated") return "[]";
  if (field.shape.kind === "map") return "{}";
  if (field.presence === "explicit") return "undefined";
  const value = present(context.schema, field);
  if (value.kind === "scalar") return zero(value.value);
  if (value.kind === "json" || value.kind === "wrapper") return "undefined";
  if (value.kind === "message") return `new ${messageSymbol(context, value.typeName)}()`;
  const first = value.declared.values[0];
  if (first === undefined) throw new Error(`enum ${value.declared.typeName} has no values`);
  return `${enumSymbol(context, value.declared.typeName)}.${first.localName}`;
}

function zero(value: Extract<ValueType, { kind: "scalar" }>): string {
  switch (scalarType(value)) {
    case "bigint":
      return "0n";
    case "boolean":
      return "false";
    case "string":
      return isLong(value.scalar) ? '"0"' : '""';
    case "Uint8Array":
      return "new Uint8Array(0)";
    default:
      return "0";
  }
}

/** The field's declared default as an expression, if it has one. */
export function declaredDefault(field: Field): string | undefined {
  const { defaultValue } = field;
  if (defaultValue === undefined) return undefined;
  if (typeof defaultValue === "bigint") return longLiteral(field, defaultValue);
  if (typeof defaultValue === "string") return JSON.stringify(defaultValue);
  if (typeof defaultValue === "object") return `new Uint8Array([${defaultValue.join(", ")}])`;
  if (typeof defaultValue === "boolean") return String(defaultValue);
  if (Number.isNaN(defaultValue)) return "Number.NaN";
  if (defaultValue === Number.POSITIVE_INFINITY) return "Number.POSITIVE_INFINITY";
  if (defaultValue === Number.NEGATIVE_INFINITY) return "Number.NEGATIVE_INFINITY";
  return Object.is(defaultValue, -0) ? "-0" : String(defaultValue);
}

function longLiteral(field: Field, value: bigint): string {
  const { value: type } = field.shape;
  const long = type.kind === "scalar" ? type.long : "bigint";
  if (long === "bigint") return `${value}n`;
  return long === "number" ? String(value) : JSON.stringify(String(value));
}

/** True where `= initial` alone gives the property the right type. */
export function isInferred(initial: string): boolean {
  return ['""', '"0"', "0", "0n", "false"].includes(initial);
}
