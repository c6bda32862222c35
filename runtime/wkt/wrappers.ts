import {
  checkEnd,
  decodeMessage,
  encodeMessage,
  isNonZero,
  type Reader,
  readBool,
  readBytes,
  readDouble,
  readFloat,
  readInt32,
  readInt64,
  readString,
  readUint32,
  readUint64,
  skipUnknown,
  type Writer,
  writeBool,
  writeBytes,
  writeDouble,
  writeFloat,
  writeInt32,
  writeInt64,
  writeString,
  writeUint32,
  writeUint64,
} from "../codec/index.js";
import { scalarFromJson, scalarToJson } from "../codec/json-scalars.js";
import type { JsonValue } from "../contract.js";

/**
 * The wrappers as messages of their own: a request, a response, the content of
 * an Any. A field of such a type is simply its value, or `undefined`; `write…`
 * and `read…` work on that value.
 */

export interface DoubleValueInit {
  readonly value?: number | undefined;
}

/** A `double` that can be absent. */
export class DoubleValue {
  static readonly typeName = "google.protobuf.DoubleValue";

  value: number;

  constructor(init?: DoubleValueInit) {
    this.value = init?.value ?? 0;
  }

  static encode(message: DoubleValueInit): Uint8Array {
    return encodeMessage(writeDoubleValue, message.value ?? 0);
  }

  static decode(bytes: Uint8Array): DoubleValue {
    return new DoubleValue({ value: decodeMessage(readDoubleValue, bytes) });
  }

  static toJson(message: DoubleValueInit): JsonValue {
    return scalarToJson("double", message.value ?? 0);
  }

  static fromJson(json: JsonValue): DoubleValue {
    const value = scalarFromJson("double", json);
    return new DoubleValue({ value: value as number });
  }
}

export function writeDoubleValue(value: number, writer: Writer): void {
  if (isNonZero(value)) writeDouble(writer, 9, value);
}

export function readDoubleValue(
  reader: Reader,
  end: number,
  depth: number,
  value: number = 0,
): number {
  return readWrapped(reader, end, depth, 9, readDouble, value);
}

export interface FloatValueInit {
  readonly value?: number | undefined;
}

/** A `float` that can be absent. */
export class FloatValue {
  static readonly typeName = "google.protobuf.FloatValue";

  value: number;

  constructor(init?: FloatValueInit) {
    this.value = init?.value ?? 0;
  }

  static encode(message: FloatValueInit): Uint8Array {
    return encodeMessage(writeFloatValue, message.value ?? 0);
  }

  static decode(bytes: Uint8Array): FloatValue {
    return new FloatValue({ value: decodeMessage(readFloatValue, bytes) });
  }

  static toJson(message: FloatValueInit): JsonValue {
    return scalarToJson("float", message.value ?? 0);
  }

  static fromJson(json: JsonValue): FloatValue {
    const value = scalarFromJson("float", json);
    return new FloatValue({ value: value as number });
  }
}

export function writeFloatValue(value: number, writer: Writer): void {
  if (isNonZero(value)) writeFloat(writer, 13, value);
}

export function readFloatValue(
  reader: Reader,
  end: number,
  depth: number,
  value: number = 0,
): number {
  return readWrapped(reader, end, depth, 13, readFloat, value);
}

export interface Int64ValueInit {
  readonly value?: bigint | undefined;
}

/** A `int64` that can be absent. */
export class Int64Value {
  static readonly typeName = "google.protobuf.Int64Value";

  value: bigint;

  constructor(init?: Int64ValueInit) {
    this.value = init?.value ?? 0n;
  }

  static encode(message: Int64ValueInit): Uint8Array {
    return encodeMessage(writeInt64Value, message.value ?? 0n);
  }

  static decode(bytes: Uint8Array): Int64Value {
    return new Int64Value({ value: decodeMessage(readInt64Value, bytes) });
  }

  static toJson(message: Int64ValueInit): JsonValue {
    return scalarToJson("int64", message.value ?? 0n);
  }

  static fromJson(json: JsonValue): Int64Value {
    const value = scalarFromJson("int64", json);
    return new Int64Value({ value: value as bigint });
  }
}

export function writeInt64Value(value: bigint, writer: Writer): void {
  if (value) writeInt64(writer, 8, value);
}

export function readInt64Value(
  reader: Reader,
  end: number,
  depth: number,
  value: bigint = 0n,
): bigint {
  return readWrapped(reader, end, depth, 8, readInt64, value);
}

export interface UInt64ValueInit {
  readonly value?: bigint | undefined;
}

/** A `uint64` that can be absent. */
export class UInt64Value {
  static readonly typeName = "google.protobuf.UInt64Value";

  value: bigint;

  constructor(init?: UInt64ValueInit) {
    this.value = init?.value ?? 0n;
  }

  static encode(message: UInt64ValueInit): Uint8Array {
    return encodeMessage(writeUInt64Value, message.value ?? 0n);
  }

  static decode(bytes: Uint8Array): UInt64Value {
    return new UInt64Value({ value: decodeMessage(readUInt64Value, bytes) });
  }

  static toJson(message: UInt64ValueInit): JsonValue {
    return scalarToJson("uint64", message.value ?? 0n);
  }

  static fromJson(json: JsonValue): UInt64Value {
    const value = scalarFromJson("uint64", json);
    return new UInt64Value({ value: value as bigint });
  }
}

export function writeUInt64Value(value: bigint, writer: Writer): void {
  if (value) writeUint64(writer, 8, value);
}

export function readUInt64Value(
  reader: Reader,
  end: number,
  depth: number,
  value: bigint = 0n,
): bigint {
  return readWrapped(reader, end, depth, 8, readUint64, value);
}

export interface Int32ValueInit {
  readonly value?: number | undefined;
}

/** A `int32` that can be absent. */
export class Int32Value {
  static readonly typeName = "google.protobuf.Int32Value";

  value: number;

  constructor(init?: Int32ValueInit) {
    this.value = init?.value ?? 0;
  }

  static encode(message: Int32ValueInit): Uint8Array {
    return encodeMessage(writeInt32Value, message.value ?? 0);
  }

  static decode(bytes: Uint8Array): Int32Value {
    return new Int32Value({ value: decodeMessage(readInt32Value, bytes) });
  }

  static toJson(message: Int32ValueInit): JsonValue {
    return scalarToJson("int32", message.value ?? 0);
  }

  static fromJson(json: JsonValue): Int32Value {
    const value = scalarFromJson("int32", json);
    return new Int32Value({ value: value as number });
  }
}

export function writeInt32Value(value: number, writer: Writer): void {
  if (value) writeInt32(writer, 8, value);
}

export function readInt32Value(
  reader: Reader,
  end: number,
  depth: number,
  value: number = 0,
): number {
  return readWrapped(reader, end, depth, 8, readInt32, value);
}

export interface UInt32ValueInit {
  readonly value?: number | undefined;
}

/** A `uint32` that can be absent. */
export class UInt32Value {
  static readonly typeName = "google.protobuf.UInt32Value";

  value: number;

  constructor(init?: UInt32ValueInit) {
    this.value = init?.value ?? 0;
  }

  static encode(message: UInt32ValueInit): Uint8Array {
    return encodeMessage(writeUInt32Value, message.value ?? 0);
  }

  static decode(bytes: Uint8Array): UInt32Value {
    return new UInt32Value({ value: decodeMessage(readUInt32Value, bytes) });
  }

  static toJson(message: UInt32ValueInit): JsonValue {
    return scalarToJson("uint32", message.value ?? 0);
  }

  static fromJson(json: JsonValue): UInt32Value {
    const value = scalarFromJson("uint32", json);
    return new UInt32Value({ value: value as number });
  }
}

export function writeUInt32Value(value: number, writer: Writer): void {
  if (value) writeUint32(writer, 8, value);
}

export function readUInt32Value(
  reader: Reader,
  end: number,
  depth: number,
  value: number = 0,
): number {
  return readWrapped(reader, end, depth, 8, readUint32, value);
}

export interface BoolValueInit {
  readonly value?: boolean | undefined;
}

/** A `bool` that can be absent. */
export class BoolValue {
  static readonly typeName = "google.protobuf.BoolValue";

  value: boolean;

  constructor(init?: BoolValueInit) {
    this.value = init?.value ?? false;
  }

  static encode(message: BoolValueInit): Uint8Array {
    return encodeMessage(writeBoolValue, message.value ?? false);
  }

  static decode(bytes: Uint8Array): BoolValue {
    return new BoolValue({ value: decodeMessage(readBoolValue, bytes) });
  }

  static toJson(message: BoolValueInit): JsonValue {
    return scalarToJson("bool", message.value ?? false);
  }

  static fromJson(json: JsonValue): BoolValue {
    const value = scalarFromJson("bool", json);
    return new BoolValue({ value: value as boolean });
  }
}

export function writeBoolValue(value: boolean, writer: Writer): void {
  if (value) writeBool(writer, 8, value);
}

export function readBoolValue(
  reader: Reader,
  end: number,
  depth: number,
  value: boolean = false,
): boolean {
  return readWrapped(reader, end, depth, 8, readBool, value);
}

export interface StringValueInit {
  readonly value?: string | undefined;
}

/** A `string` that can be absent. */
export class StringValue {
  static readonly typeName = "google.protobuf.StringValue";

  value: string;

  constructor(init?: StringValueInit) {
    this.value = init?.value ?? "";
  }

  static encode(message: StringValueInit): Uint8Array {
    return encodeMessage(writeStringValue, message.value ?? "");
  }

  static decode(bytes: Uint8Array): StringValue {
    return new StringValue({ value: decodeMessage(readStringValue, bytes) });
  }

  static toJson(message: StringValueInit): JsonValue {
    return scalarToJson("string", message.value ?? "");
  }

  static fromJson(json: JsonValue): StringValue {
    const value = scalarFromJson("string", json);
    return new StringValue({ value: value as string });
  }
}

export function writeStringValue(value: string, writer: Writer): void {
  if (value) writeString(writer, 10, value);
}

export function readStringValue(
  reader: Reader,
  end: number,
  depth: number,
  value: string = "",
): string {
  return readWrapped(reader, end, depth, 10, readString, value);
}

export interface BytesValueInit {
  readonly value?: Uint8Array | undefined;
}

/** A `bytes` that can be absent. */
export class BytesValue {
  static readonly typeName = "google.protobuf.BytesValue";

  value: Uint8Array;

  constructor(init?: BytesValueInit) {
    this.value = init?.value ?? new Uint8Array(0);
  }

  static encode(message: BytesValueInit): Uint8Array {
    return encodeMessage(writeBytesValue, message.value ?? new Uint8Array(0));
  }

  static decode(bytes: Uint8Array): BytesValue {
    return new BytesValue({ value: decodeMessage(readBytesValue, bytes) });
  }

  static toJson(message: BytesValueInit): JsonValue {
    return scalarToJson("bytes", message.value ?? new Uint8Array(0));
  }

  static fromJson(json: JsonValue): BytesValue {
    const value = scalarFromJson("bytes", json);
    return new BytesValue({ value: value as Uint8Array });
  }
}

export function writeBytesValue(value: Uint8Array, writer: Writer): void {
  if (value.length > 0) writeBytes(writer, 10, value);
}

export function readBytesValue(
  reader: Reader,
  end: number,
  depth: number,
  value: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return readWrapped(reader, end, depth, 10, readBytes, value);
}

function readWrapped<T>(
  reader: Reader,
  end: number,
  depth: number,
  expected: number,
  read: (reader: Reader) => T,
  value: T,
): T {
  let current = value;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === expected) current = read(reader);
    else skipUnknown(reader, tag, depth);
  }
  checkEnd(reader, end);
  return current;
}
