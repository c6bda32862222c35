import type { Reader, Writer } from "./wire.js";

/**
 * Scalars: each `write…` writes the tag and the value, and throws on a value
 * that the field cannot hold (protobufjs would wrap 2^32 to 0 without a word).
 */

const MAX_FLOAT = 3.4028234663852886e38;

export function checkInt32(value: number): number {
  if ((value | 0) !== value) throw notInteger(value, "a 32-bit signed integer");
  return value;
}

export function checkUint32(value: number): number {
  if (value >>> 0 !== value) throw notInteger(value, "a 32-bit unsigned integer");
  return value;
}

export function checkFloat(value: number): number {
  if (typeof value !== "number") throw wrongType(value, "a number");
  if (
    Math.abs(value) > MAX_FLOAT &&
    Number.isFinite(value) &&
    !Number.isFinite(Math.fround(value))
  ) {
    throw new RangeError(`${value} does not fit a 32-bit float`);
  }
  return value;
}

function notInteger(value: unknown, expected: string): Error {
  return typeof value === "number"
    ? new RangeError(`${value} is not ${expected}`)
    : wrongType(value, expected);
}

function wrongType(value: unknown, expected: string): TypeError {
  return new TypeError(`${value === null ? "null" : typeof value} where ${expected} is due`);
}

export function writeInt32(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).int32(checkInt32(value));
}

export function writeUint32(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).uint32(checkUint32(value));
}

export function writeSint32(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).sint32(checkInt32(value));
}

export function writeFixed32(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).fixed32(checkUint32(value));
}

export function writeSfixed32(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).sfixed32(checkInt32(value));
}

export function writeFloat(writer: Writer, tag: number, value: number): void {
  writer.uint32(tag).float(checkFloat(value));
}

export function writeDouble(writer: Writer, tag: number, value: number): void {
  if (typeof value !== "number") throw wrongType(value, "a number");
  writer.uint32(tag).double(value);
}

export function writeBool(writer: Writer, tag: number, value: boolean): void {
  if (typeof value !== "boolean") throw wrongType(value, "a boolean");
  writer.uint32(tag).bool(value);
}

export function writeString(writer: Writer, tag: number, value: string): void {
  if (typeof value !== "string") throw wrongType(value, "a string");
  writer.uint32(tag).string(value);
}

export function writeBytes(writer: Writer, tag: number, value: Uint8Array): void {
  if (!(value instanceof Uint8Array)) throw wrongType(value, "a Uint8Array");
  writer.uint32(tag).bytes(value);
}

export function readInt32(reader: Reader): number {
  return reader.int32();
}

export function readUint32(reader: Reader): number {
  return reader.uint32();
}

export function readSint32(reader: Reader): number {
  return reader.sint32();
}

export function readFixed32(reader: Reader): number {
  return reader.fixed32();
}

export function readSfixed32(reader: Reader): number {
  return reader.sfixed32();
}

export function readFloat(reader: Reader): number {
  return reader.float();
}

export function readDouble(reader: Reader): number {
  return reader.double();
}

export function readBool(reader: Reader): boolean {
  return reader.bool();
}

/** Throws on invalid UTF-8. */
export function readString(reader: Reader): string {
  return reader.stringVerify();
}

/** For `utf8_validation = NONE` (proto2): invalid sequences become U+FFFD. */
export function readLenientString(reader: Reader): string {
  return reader.string();
}

/** A copy: a view would keep the whole message alive, and change with its buffer. */
export function readBytes(reader: Reader): Uint8Array {
  const view = reader.bytes();
  const bytes = new Uint8Array(view.length);
  bytes.set(view);
  return bytes;
}

/** True for a number that proto3 writes: anything but +0. */
export function isNonZero(value: number | undefined): value is number {
  return value !== undefined && (value !== 0 || Object.is(value, -0));
}
