import {
  decodeMessage,
  encodeMessage,
  type Reader,
  readBool,
  readBytes,
  readString,
  type Writer,
  writeBool,
  writeBytes,
  writeString,
} from "../codec/index.js";
import { scalarFromJson, scalarToJson } from "../codec/json-scalars.js";
import type { JsonValue } from "../contract.js";
import { readWrapped } from "./read-wrapped.js";

export * from "./number-wrappers.js";

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
