import type { JsonReadOptions, JsonValue, JsonWriteOptions } from "../contract.js";
import type { EnumTable } from "./enums.js";

/** Scalar types by their names in a schema. */
export type ScalarName =
  | "double"
  | "float"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "sint32"
  | "sint64"
  | "fixed32"
  | "fixed64"
  | "sfixed32"
  | "sfixed64"
  | "bool"
  | "string"
  | "bytes";

/** A message class as a field table sees it. */
export interface MessageClass {
  readonly typeName: string;
  encode(message: unknown): Uint8Array;
  decode(bytes: Uint8Array): object;
  toJson(message: unknown, options?: JsonWriteOptions): JsonValue;
  fromJson(json: JsonValue, options?: JsonReadOptions): object;
}

/** `struct`, `value` and `listValue` are google.protobuf's types that are plain JSON in TypeScript. */
export type FieldType = ScalarName | "struct" | "value" | "listValue" | EnumTable | MessageClass;

/** One field, as JSON and extensions need it. What is absent is false, or follows from `name`. */
export interface Field {
  /** Name in the schema: `order_id`. */
  readonly name: string;
  /** Property; `name` in lowerCamelCase unless given. */
  readonly property?: string;
  /** Name in JSON; `name` in lowerCamelCase unless given. */
  readonly json?: string;
  readonly type: FieldType;
  readonly list?: true;
  /** Key type of a map; `type` is then the type of its values. */
  readonly map?: ScalarName;
  /** Unset is `undefined`, and the zero value is written. */
  readonly optional?: true;
  /** Property of the oneof that the field belongs to; `property` is then its case. */
  readonly oneof?: string;
  /** `[jstype]` of a 64-bit integer. */
  readonly long?: "number" | "string";
  /** Hidden from logs. */
  readonly redact?: true;
}

/** A field with every name worked out. */
export interface ResolvedField extends Field {
  readonly property: string;
  readonly json: string;
}

/** The fields of a message, looked up by JSON name and by schema name. Made when first used. */
export interface FieldTable {
  readonly fields: readonly ResolvedField[];
  readonly byName: ReadonlyMap<string, ResolvedField>;
}

/**
 * Wraps the list of a message's fields so that it is made when first used: the
 * classes it names may be in modules that are still being loaded.
 */
export function fieldTable(list: () => readonly Field[]): () => FieldTable {
  let table: FieldTable | undefined;
  return () => {
    table ??= resolveFields(list());
    return table;
  };
}

export function resolveFields(list: readonly Field[]): FieldTable {
  const fields = list.map(resolveField);
  const byName = new Map<string, ResolvedField>();
  for (const field of fields) byName.set(field.name, field);
  for (const field of fields) byName.set(field.json, field);
  return { fields, byName };
}

export function resolveField(field: Field): ResolvedField {
  const camel = lowerCamelCase(field.name);
  return { ...field, property: field.property ?? camel, json: field.json ?? camel };
}

/** protoc's rule for JSON names: drop each underscore, and put the letter behind it in upper case. */
export function lowerCamelCase(name: string): string {
  return name.replace(/_+([a-zA-Z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
}

export function isEnumTable(type: FieldType): type is EnumTable {
  return typeof type === "object" && "numbers" in type;
}
