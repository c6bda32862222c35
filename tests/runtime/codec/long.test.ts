import { describe, expect, it } from "@jest/globals";
import * as codec from "@natsgen/runtime/codec";
import fc from "fast-check";
import protobuf from "protobufjs/minimal.js";

type Write = (writer: codec.Writer, tag: number, value: bigint) => void;
type Read = (reader: codec.Reader) => bigint;

const signed = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const unsigned = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const EDGES = [0n, 1n, 127n, 128n, (1n << 28n) - 1n, 1n << 28n, (1n << 32n) - 1n, 1n << 32n];
const SIGNED_EDGES = [-1n, -128n, -(1n << 31n), -(1n << 63n), (1n << 63n) - 1n, ...EDGES];
const UNSIGNED_EDGES = [(1n << 64n) - 1n, 1n << 63n, (1n << 53n) + 1n, ...EDGES];

const types: [string, Write, Read, fc.Arbitrary<bigint>, bigint[]][] = [
  ["int64", codec.writeInt64, codec.readInt64, signed, SIGNED_EDGES],
  ["sint64", codec.writeSint64, codec.readSint64, signed, SIGNED_EDGES],
  ["sfixed64", codec.writeSfixed64, codec.readSfixed64, signed, SIGNED_EDGES],
  ["uint64", codec.writeUint64, codec.readUint64, unsigned, UNSIGNED_EDGES],
  ["fixed64", codec.writeFixed64, codec.readFixed64, unsigned, UNSIGNED_EDGES],
];

function bytesOf(write: Write, value: bigint): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer, 8, value);
  return writer.finish();
}

describe.each(types)("%s", (_, write, read, arbitrary, edges) => {
  const roundTrip = (value: bigint) => {
    const reader = new protobuf.Reader(bytesOf(write, value));
    expect(reader.tag()).toBe(8);
    expect(read(reader)).toBe(value);
    expect(reader.pos).toBe(reader.len);
  };

  it("keeps every bit at the edges", () => {
    for (const edge of edges) roundTrip(edge);
  });

  it("keeps every bit of any value", () => {
    fc.assert(fc.property(arbitrary, roundTrip), { numRuns: 500 });
  });

  it("refuses values outside of its range", () => {
    expect(() => bytesOf(write, 1n << 64n)).toThrow(RangeError);
    expect(() => bytesOf(write, -(1n << 63n) - 1n)).toThrow(RangeError);
  });

  it("refuses a number, which may have lost its last digits", () => {
    const value: unknown = 1;
    expect(() => bytesOf(write, value as bigint)).toThrow(TypeError);
  });
});

describe("int64 on the wire", () => {
  it.each([
    [1n, [8, 1]],
    [300n, [8, 0xac, 0x02]],
    [-1n, [8, ...Array<number>(9).fill(0xff), 0x01]],
  ])("%s is as the specification has it", (value, expected) => {
    expect([...bytesOf(codec.writeInt64, value)]).toEqual(expected);
  });

  it("refuses a varint that is cut short, or longer than ten bytes", () => {
    const read = (bytes: number[]) => codec.readInt64(new protobuf.Reader(new Uint8Array(bytes)));
    expect(() => read([0x80])).toThrow(/cut short/);
    expect(() => read(Array<number>(9).fill(0x80))).toThrow(/cut short/);
    expect(() => read([...Array<number>(10).fill(0xff), 1])).toThrow(/more than 10/);
  });
});

describe("[jstype]", () => {
  it("throws outside the safe range in place of rounding", () => {
    expect(codec.safeNumber(BigInt(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => codec.safeNumber(BigInt(Number.MAX_SAFE_INTEGER) + 1n)).toThrow(RangeError);
    expect(() => codec.toBigint(2 ** 53)).toThrow(RangeError);
    expect(() => codec.toBigint("1.5")).toThrow(RangeError);
    expect(codec.toBigint("-9223372036854775808")).toBe(-(1n << 63n));
  });
});
