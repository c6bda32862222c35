import {
  decodeMessage,
  encodeMessage,
  isNonZero,
  type Reader,
  readDouble,
  readFloat,
  readInt32,
  readInt64,
  readUint32,
  readUint64,
  type Writer,
  writeDouble,
  writeFloat,
  writeInt32,
  writeInt64,
  writeUint32,
  writeUint64,
} from "../codec/index.js";
import { scalarFromJson, scalarToJson } from "../codec/json-scalars.js";
import type { JsonValue } from "../contract.js";
import { readWrapped } from "./read-wrapped.js";

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
