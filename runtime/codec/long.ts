import type { Reader, Writer } from "./wire.js";

/**
 * 64-bit integers as bigint, exact. Both directions have a fast path for small
 * values, which is nearly all of them in practice: a bigint is then made from
 * one number, and not put together from two halves.
 */

const TWO_32 = 0x1_0000_0000;
const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;
const MAX_UINT64 = (1n << 64n) - 1n;

/** Halves of the value read last: a return value of two numbers without an allocation. */
let low = 0;
let high = 0;

/** What protobufjs takes for a 64-bit value; one for all calls, since it is read at once. */
const bits = { low: 0, high: 0, unsigned: true };

function readVarint(reader: Reader): void {
  const { buf, len } = reader;
  let pos = reader.pos;
  low = 0;
  high = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    if (pos >= len) throw new RangeError("message is cut short");
    const byte = buf[pos++] ?? 0;
    low |= (byte & 127) << shift;
    if (byte < 128) {
      reader.pos = pos;
      return;
    }
  }
  if (pos >= len) throw new RangeError("message is cut short");
  const fifth = buf[pos++] ?? 0;
  low = (low | ((fifth & 127) << 28)) >>> 0;
  high = (fifth & 127) >>> 4;
  if (fifth >= 128) {
    for (let shift = 3; ; shift += 7) {
      if (pos >= len) throw new RangeError("message is cut short");
      if (shift > 31) throw new RangeError("varint of more than 10 bytes");
      const byte = buf[pos++] ?? 0;
      high |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    high >>>= 0;
  }
  reader.pos = pos;
}

/** A varint of at most four bytes, without touching the halves; -1 if it is longer. */
function readShort(reader: Reader): number {
  const { buf, pos } = reader;
  if (reader.len - pos < 4) return -1;
  let byte = buf[pos] ?? 0;
  let value = byte & 127;
  if (byte < 128) {
    reader.pos = pos + 1;
    return value;
  }
  byte = buf[pos + 1] ?? 0;
  value |= (byte & 127) << 7;
  if (byte < 128) {
    reader.pos = pos + 2;
    return value;
  }
  byte = buf[pos + 2] ?? 0;
  value |= (byte & 127) << 14;
  if (byte < 128) {
    reader.pos = pos + 3;
    return value;
  }
  byte = buf[pos + 3] ?? 0;
  if (byte >= 128) return -1;
  reader.pos = pos + 4;
  return value | (byte << 21);
}

function readFixed(reader: Reader): void {
  low = reader.fixed32();
  high = reader.fixed32();
}

function unsigned(): bigint {
  return high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);
}

function signed(): bigint {
  if (high === 0) return BigInt(low);
  return (BigInt(high | 0) << 32n) | BigInt(low);
}

function unzigzag(): void {
  const mask = -(low & 1);
  low = (((low >>> 1) | (high << 31)) ^ mask) >>> 0;
  high = ((high >>> 1) ^ mask) >>> 0;
}

export function readInt64(reader: Reader): bigint {
  const short = readShort(reader);
  if (short >= 0) return BigInt(short);
  readVarint(reader);
  return signed();
}

export function readUint64(reader: Reader): bigint {
  const short = readShort(reader);
  if (short >= 0) return BigInt(short);
  readVarint(reader);
  return unsigned();
}

export function readSint64(reader: Reader): bigint {
  readVarint(reader);
  unzigzag();
  return signed();
}

export function readFixed64(reader: Reader): bigint {
  readFixed(reader);
  return unsigned();
}

export function readSfixed64(reader: Reader): bigint {
  readFixed(reader);
  return signed();
}

/** Splits `value` into `bits`. Throws on what is not a bigint of the range. */
function splitSigned(value: bigint): void {
  if (typeof value !== "bigint") throw notBigint(value);
  if (value < MIN_INT64 || value > MAX_INT64) throw new RangeError(`${value} does not fit int64`);
  split(value);
}

function splitUnsigned(value: bigint): void {
  if (typeof value !== "bigint") throw notBigint(value);
  if (value < 0n || value > MAX_UINT64) throw new RangeError(`${value} does not fit uint64`);
  split(value);
}

function split(value: bigint): void {
  if (value >= 0n && value <= 0x1f_ffff_ffff_ffffn) {
    const number = Number(value);
    bits.low = number >>> 0;
    bits.high = (number / TWO_32) >>> 0;
    return;
  }
  const whole = BigInt.asUintN(64, value);
  bits.low = Number(whole & 0xffff_ffffn);
  bits.high = Number(whole >> 32n);
}

function notBigint(value: unknown): TypeError {
  return new TypeError(`${String(value)} is a ${typeof value}: a 64-bit integer takes a bigint`);
}

function writeVarint(writer: Writer): void {
  if (bits.high === 0) writer.uint32(bits.low);
  else writer.uint64(bits);
}

function zigzag(): void {
  const mask = (bits.high | 0) >> 31;
  const carried = ((bits.high << 1) | (bits.low >>> 31)) ^ mask;
  bits.low = ((bits.low << 1) ^ mask) >>> 0;
  bits.high = carried >>> 0;
}

/** The value alone, without a tag: an element of a packed run. */
export function writeBareInt64(writer: Writer, value: bigint): void {
  splitSigned(value);
  writeVarint(writer);
}

export function writeBareUint64(writer: Writer, value: bigint): void {
  splitUnsigned(value);
  writeVarint(writer);
}

export function writeBareSint64(writer: Writer, value: bigint): void {
  splitSigned(value);
  zigzag();
  writeVarint(writer);
}

export function writeBareFixed64(writer: Writer, value: bigint): void {
  splitUnsigned(value);
  writer.fixed32(bits.low).fixed32(bits.high);
}

export function writeBareSfixed64(writer: Writer, value: bigint): void {
  splitSigned(value);
  writer.fixed32(bits.low).fixed32(bits.high);
}

export function writeInt64(writer: Writer, tag: number, value: bigint): void {
  writeBareInt64(writer.uint32(tag), value);
}

export function writeUint64(writer: Writer, tag: number, value: bigint): void {
  writeBareUint64(writer.uint32(tag), value);
}

export function writeSint64(writer: Writer, tag: number, value: bigint): void {
  writeBareSint64(writer.uint32(tag), value);
}

export function writeFixed64(writer: Writer, tag: number, value: bigint): void {
  writeBareFixed64(writer.uint32(tag), value);
}

export function writeSfixed64(writer: Writer, tag: number, value: bigint): void {
  writeBareSfixed64(writer.uint32(tag), value);
}

/**
 * A 64-bit value as a number, for `[jstype = JS_NUMBER]`. Throws outside the
 * safe range: a number that silently lost its last digits is worse than none.
 */
export function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${value} is outside the safe integer range of [jstype = JS_NUMBER]`);
  }
  return number;
}

/** The bigint of a `[jstype]` value, or of a map key: a safe integer or a decimal string. */
export function toBigint(value: number | string | bigint): bigint {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a safe integer`);
  }
  if (typeof value === "string" && !/^-?\d+$/.test(value)) {
    throw new RangeError(`"${value}" is not a decimal integer`);
  }
  return BigInt(value);
}
