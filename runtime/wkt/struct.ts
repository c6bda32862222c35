import {
  checkEnd,
  decodeMessage,
  encodeMessage,
  entries,
  enumTable,
  type JsonObject,
  type JsonValue,
  type Reader,
  readEnd,
  readString,
  setEntry,
  skipUnknown,
  type Writer,
  writeString,
} from "../codec/index.js";
import { checkJson, isJsonObject } from "../codec/json-values.js";

/** `null`, as an enum. Its JSON is null. */
export const NullValue = { NULL_VALUE: "NULL_VALUE" } as const;
export type NullValue = (typeof NullValue)[keyof typeof NullValue];
export const NullValueTable = enumTable<NullValue>("google.protobuf.NullValue", { NULL_VALUE: 0 });

export interface StructInit {
  readonly fields?: JsonObject | undefined;
}

/**
 * google.protobuf.Struct as a message of its own: a request, a response, the
 * content of an Any. A field of this type is a plain `JsonObject`.
 */
export class Struct {
  static readonly typeName = "google.protobuf.Struct";

  fields: JsonObject;

  constructor(init?: StructInit) {
    this.fields = init?.fields ?? {};
  }

  static encode(message: StructInit): Uint8Array {
    return encodeMessage(writeStruct, message.fields ?? {});
  }

  static decode(bytes: Uint8Array): Struct {
    return new Struct({ fields: decodeMessage(readStruct, bytes) });
  }

  static toJson(message: StructInit): JsonValue {
    return checkJson("struct", message.fields ?? {});
  }

  static fromJson(json: JsonValue): Struct {
    const fields = checkJson("struct", json);
    return new Struct(isJsonObject(fields) ? { fields } : {});
  }
}

export interface ValueInit {
  readonly value?: JsonValue | undefined;
}

/** google.protobuf.Value as a message of its own. A field of this type is a plain `JsonValue`. */
export class Value {
  static readonly typeName = "google.protobuf.Value";

  value: JsonValue;

  constructor(init?: ValueInit) {
    this.value = init?.value ?? null;
  }

  static encode(message: ValueInit): Uint8Array {
    return encodeMessage(writeValue, message.value ?? null);
  }

  static decode(bytes: Uint8Array): Value {
    return new Value({ value: decodeMessage(readValue, bytes) });
  }

  static toJson(message: ValueInit): JsonValue {
    return checkJson("value", message.value ?? null);
  }

  static fromJson(json: JsonValue): Value {
    return new Value({ value: checkJson("value", json) });
  }
}

export interface ListValueInit {
  readonly values?: readonly JsonValue[] | undefined;
}

/** google.protobuf.ListValue as a message of its own. A field of this type is a plain array. */
export class ListValue {
  static readonly typeName = "google.protobuf.ListValue";

  values: JsonValue[];

  constructor(init?: ListValueInit) {
    this.values = [...(init?.values ?? [])];
  }

  static encode(message: ListValueInit): Uint8Array {
    return encodeMessage(writeListValue, message.values ?? []);
  }

  static decode(bytes: Uint8Array): ListValue {
    return new ListValue({ values: decodeMessage(readListValue, bytes) });
  }

  static toJson(message: ListValueInit): JsonValue {
    return checkJson("listValue", [...(message.values ?? [])]);
  }

  static fromJson(json: JsonValue): ListValue {
    const values = checkJson("listValue", json);
    return new ListValue({ values: Array.isArray(values) ? values : [] });
  }
}

export function writeStruct(fields: JsonObject, writer: Writer): void {
  for (const [key, value] of entries(fields)) {
    writer.uint32(10).fork();
    writeString(writer, 10, key);
    writer.uint32(18).fork();
    writeValue(value, writer);
    writer.ldelim().ldelim();
  }
}

export function writeListValue(values: readonly JsonValue[], writer: Writer): void {
  for (const value of values) {
    writer.uint32(10).fork();
    writeValue(value, writer);
    writer.ldelim();
  }
}

export function writeValue(value: JsonValue, writer: Writer): void {
  if (value === null) writer.uint32(8).uint32(0);
  else if (typeof value === "number") writer.uint32(17).double(checkFinite(value));
  else if (typeof value === "string") writeString(writer, 26, value);
  else if (typeof value === "boolean") writer.uint32(32).bool(value);
  else if (typeof value !== "object") throw new TypeError(`a ${typeof value} is not JSON`);
  else if (Array.isArray(value)) {
    writer.uint32(50).fork();
    writeListValue(value, writer);
    writer.ldelim();
  } else {
    writer.uint32(42).fork();
    writeStruct(value, writer);
    writer.ldelim();
  }
}

function checkFinite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not JSON`);
  return value;
}

export function readStruct(
  reader: Reader,
  end: number,
  depth: number,
  fields: JsonObject = {},
): JsonObject {
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === 10) readField(reader, readEnd(reader, depth), depth + 1, fields);
    else skipUnknown(reader, tag, depth);
  }
  checkEnd(reader, end);
  return fields;
}

function readField(reader: Reader, end: number, depth: number, fields: JsonObject): void {
  let key = "";
  let value: JsonValue = null;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === 10) key = readString(reader);
    else if (tag === 18) value = readValue(reader, readEnd(reader, depth), depth + 1);
    else skipUnknown(reader, tag, depth);
  }
  checkEnd(reader, end);
  setEntry(fields, key, value);
}

export function readListValue(
  reader: Reader,
  end: number,
  depth: number,
  values: JsonValue[] = [],
): JsonValue[] {
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === 10) values.push(readValue(reader, readEnd(reader, depth), depth + 1));
    else skipUnknown(reader, tag, depth);
  }
  checkEnd(reader, end);
  return values;
}

/** The member read last wins, as in any oneof; objects and arrays given in pieces merge. */
export function readValue(
  reader: Reader,
  end: number,
  depth: number,
  value: JsonValue = null,
): JsonValue {
  let current = value;
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        reader.int32();
        current = null;
        break;
      case 17:
        current = reader.double();
        break;
      case 26:
        current = readString(reader);
        break;
      case 32:
        current = reader.bool();
        break;
      case 42: {
        const base: JsonObject = isJsonObject(current) ? current : {};
        current = readStruct(reader, readEnd(reader, depth), depth + 1, base);
        break;
      }
      case 50: {
        const base: JsonValue[] = Array.isArray(current) ? current : [];
        current = readListValue(reader, readEnd(reader, depth), depth + 1, base);
        break;
      }
      default:
        skipUnknown(reader, tag, depth);
    }
  }
  checkEnd(reader, end);
  return current;
}
