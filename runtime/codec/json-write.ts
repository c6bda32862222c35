import type { JsonObject, JsonValue, JsonWriteOptions } from "../contract.js";
import { setEntry } from "./collections.js";
import { type EnumTable, enumNumber } from "./enums.js";
import { type FieldTable, type FieldType, isEnumTable, type ResolvedField } from "./fields.js";
import { at, JsonError } from "./json-error.js";
import { isLong, scalarToJson } from "./json-scalars.js";
import { checkJson } from "./json-values.js";
import { REDACTED, redacts } from "./log-safe.js";

/** proto3 JSON of a message, by its field table. Takes an `Init` as it is. */
export function messageToJson(
  table: FieldTable,
  message: object,
  options: JsonWriteOptions = {},
): JsonObject {
  const json: JsonObject = {};
  const values = new Map<string, unknown>(Object.entries(message));
  for (const field of table.fields) {
    const value = fieldValue(field, values);
    const written =
      value === undefined ? zeroToJson(field, options) : fieldToJson(field, value, options);
    if (written === undefined) continue;
    setEntry(json, options.useProtoFieldName === true ? field.name : field.json, written);
  }
  return json;
}

function fieldValue(field: ResolvedField, values: ReadonlyMap<string, unknown>): unknown {
  if (field.oneof === undefined) return values.get(field.property);
  const oneof = values.get(field.oneof);
  if (typeof oneof !== "object" || oneof === null || !("case" in oneof)) return undefined;
  return oneof.case === field.property && "value" in oneof ? oneof.value : undefined;
}

function fieldToJson(
  field: ResolvedField,
  value: unknown,
  options: JsonWriteOptions,
): JsonValue | undefined {
  if (!hasPresence(field) && isZero(field, value)) return zeroToJson(field, options);
  if (field.redact === true && redacts(options)) return REDACTED;
  return at(field.property, () => {
    if (field.list === true) return listToJson(field, value, options);
    if (field.map !== undefined) return mapToJson(field, value, options);
    return valueToJson(field.type, value, options);
  });
}

export function valueToJson(type: FieldType, value: unknown, options: JsonWriteOptions): JsonValue {
  if (type === "struct" || type === "value" || type === "listValue") return checkJson(type, value);
  if (typeof type === "string") return scalarToJson(type, value);
  if (isEnumTable(type)) return enumToJson(type, value, options);
  if (value === null) throw new JsonError(`a ${type.typeName} is due`);
  return type.toJson(value, options);
}

function listToJson(field: ResolvedField, value: unknown, options: JsonWriteOptions): JsonValue {
  if (!Array.isArray(value)) throw new JsonError("an array is due");
  const list: readonly unknown[] = value;
  return list.map((item, index) => at(index, () => valueToJson(field.type, item, options)));
}

function mapToJson(field: ResolvedField, value: unknown, options: JsonWriteOptions): JsonValue {
  if (typeof value !== "object" || value === null) throw new JsonError("an object is due");
  const json: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    setEntry(
      json,
      key,
      at(key, () => valueToJson(field.type, item, options)),
    );
  }
  return json;
}

function enumToJson(table: EnumTable, value: unknown, options: JsonWriteOptions): JsonValue {
  if (typeof value !== "string" && typeof value !== "number") {
    throw new JsonError(`a value of ${table.typeName} is due`);
  }
  const number = enumNumber(table, value);
  if (table.typeName === "google.protobuf.NullValue") return null;
  if (options.enumAsInteger === true) return number;
  return table.names.get(number) ?? number;
}

function hasPresence(field: ResolvedField): boolean {
  return field.optional === true || field.oneof !== undefined;
}

function isZero(field: ResolvedField, value: unknown): boolean {
  if (field.list === true) return Array.isArray(value) && value.length === 0;
  if (field.map !== undefined) {
    return typeof value === "object" && value !== null && Object.keys(value).length === 0;
  }
  const { type } = field;
  if (value instanceof Uint8Array) return value.length === 0;
  if (typeof type === "string") {
    return value === "" || value === false || value === 0n || (value === "0" && isLongField(field))
      ? true
      : Object.is(value, 0);
  }
  if (!isEnumTable(type)) return false;
  return (typeof value === "string" || typeof value === "number") && enumNumber(type, value) === 0;
}

function isLongField(field: ResolvedField): boolean {
  const { type } = field;
  if (type === "struct" || type === "value" || type === "listValue") return false;
  return typeof type === "string" && isLong(type);
}

/** What `alwaysEmitImplicit` writes for a field that holds its zero value. */
function zeroToJson(field: ResolvedField, options: JsonWriteOptions): JsonValue | undefined {
  if (options.alwaysEmitImplicit !== true || hasPresence(field)) return undefined;
  if (field.list === true) return [];
  if (field.map !== undefined) return {};
  const { type } = field;
  if (typeof type !== "string") return isEnumTable(type) ? enumToJson(type, 0, options) : undefined;
  if (type === "struct" || type === "value" || type === "listValue") return undefined;
  if (type === "string" || type === "bytes") return "";
  if (type === "bool") return false;
  return isLong(type) ? "0" : 0;
}
