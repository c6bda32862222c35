import type { JsonReadOptions, JsonValue } from "../contract.js";
import { boolKey, setEntry } from "./collections.js";
import { type EnumTable, enumValue } from "./enums.js";
import { type FieldTable, type FieldType, isEnumTable, type ResolvedField } from "./fields.js";
import { at, JsonError } from "./json-error.js";
import { isLong, scalarFromJson, unexpected } from "./json-scalars.js";
import { checkJson, isJsonObject } from "./json-values.js";
import { safeNumber } from "./long.js";

/** Stands for an enum value that the reader does not know and was told to skip. */
const SKIPPED = Symbol("skipped");

/** Fills `message` from proto3 JSON. Throws a JsonError with the path of the value that does not fit. */
export function messageFromJson<T extends object>(
  table: FieldTable,
  message: T,
  json: JsonValue,
  options: JsonReadOptions = {},
): T {
  if (!isJsonObject(json)) throw unexpected(json, "an object");
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(json)) {
    const field = table.byName.get(key);
    if (field === undefined) {
      if (options.ignoreUnknownFields === true) continue;
      throw new JsonError("no such field", key);
    }
    if (value === null && !takesNull(field)) continue;
    const slot = field.oneof ?? field.property;
    if (seen.has(slot)) {
      throw new JsonError(
        field.oneof === undefined ? "given twice" : "a second member of one oneof",
        key,
      );
    }
    seen.add(slot);
    const read = at(key, () => fieldFromJson(field, value, options));
    if (read === SKIPPED) continue;
    const stored = field.oneof === undefined ? read : { case: field.property, value: read };
    Reflect.set(message, slot, stored);
  }
  return message;
}

/** JSON null means "unset", but for the types that have a null of their own. */
function takesNull(field: ResolvedField): boolean {
  if (field.list === true || field.map !== undefined) return false;
  return acceptsNull(field.type);
}

function acceptsNull(type: FieldType): boolean {
  if (type === "value") return true;
  return typeof type !== "string" && type.typeName === "google.protobuf.NullValue";
}

function fieldFromJson(field: ResolvedField, json: JsonValue, options: JsonReadOptions): unknown {
  if (field.list === true) {
    if (!Array.isArray(json)) throw unexpected(json, "an array");
    return json
      .map((item, index) => at(index, () => valueFromJson(field, item, options)))
      .filter((item) => item !== SKIPPED);
  }
  if (field.map === undefined) return valueFromJson(field, json, options);
  if (!isJsonObject(json)) throw unexpected(json, "an object");
  const map: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(json)) {
    const value = at(key, () => valueFromJson(field, item, options));
    if (value !== SKIPPED)
      setEntry(
        map,
        at(key, () => mapKey(field.map, key)),
        value,
      );
  }
  return map;
}

function mapKey(type: ResolvedField["map"], key: string): string {
  if (type === undefined || type === "string") return key;
  return type === "bool" ? String(boolKey(key)) : String(scalarFromJson(type, key));
}

function valueFromJson(field: ResolvedField, json: JsonValue, options: JsonReadOptions): unknown {
  const { type } = field;
  if (json === null && !acceptsNull(type)) throw unexpected(json, "a value");
  if (type === "struct" || type === "value" || type === "listValue") return checkJson(type, json);
  if (typeof type !== "string") {
    return isEnumTable(type) ? enumFromJson(type, json, options) : type.fromJson(json, options);
  }
  const value = scalarFromJson(type, json);
  if (!isLong(type) || typeof value !== "bigint" || field.long === undefined) return value;
  return field.long === "number" ? safeNumber(value) : String(value);
}

function enumFromJson(table: EnumTable, json: JsonValue, options: JsonReadOptions): unknown {
  if (json === null) return enumValue(table, 0);
  if (typeof json === "number") {
    if ((json | 0) !== json) throw new JsonError(`${json} is not a value of ${table.typeName}`);
    if (!table.open && !table.names.has(json)) {
      if (options.ignoreUnknownFields === true) return SKIPPED;
      throw new JsonError(`${json} is not a value of ${table.typeName}`);
    }
    return enumValue(table, json);
  }
  if (typeof json !== "string") throw unexpected(json, "the name of an enum value");
  const number = table.numbers.get(json);
  if (number !== undefined) return enumValue(table, number);
  if (options.ignoreUnknownFields === true) return SKIPPED;
  throw new JsonError(`"${json}" is not a value of ${table.typeName}`);
}
