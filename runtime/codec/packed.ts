import { type EnumTable, enumNumber } from "./enums.js";
import {
  writeBareFixed64,
  writeBareInt64,
  writeBareSfixed64,
  writeBareSint64,
  writeBareUint64,
} from "./long.js";
import { checkFloat, checkInt32, checkUint32 } from "./scalars.js";
import type { Writer } from "./wire.js";

/** Repeated numbers in packed encoding: one tag and one length for all. Nothing for an empty list. */

function checkEach(values: readonly number[], check: (value: number) => number): number[] {
  for (let index = 0; index < values.length; index += 1) check(values[index] ?? Number.NaN);
  // protobufjs declares a mutable array, and only reads it.
  return values as number[];
}

export function writePackedInt32(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).int32s(checkEach(values, checkInt32));
}

export function writePackedUint32(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).uint32s(checkEach(values, checkUint32));
}

export function writePackedSint32(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).sint32s(checkEach(values, checkInt32));
}

export function writePackedFixed32(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).fixed32s(checkEach(values, checkUint32));
}

export function writePackedSfixed32(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).sfixed32s(checkEach(values, checkInt32));
}

export function writePackedFloat(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).floats(checkEach(values, checkFloat));
}

export function writePackedDouble(writer: Writer, tag: number, values: readonly number[]): void {
  if (values.length > 0) writer.uint32(tag).doubles(values as number[]);
}

export function writePackedBool(writer: Writer, tag: number, values: readonly boolean[]): void {
  if (values.length > 0) writer.uint32(tag).bools(values as boolean[]);
}

export function writePackedInt64(writer: Writer, tag: number, values: readonly bigint[]): void {
  writeEach(writer, tag, values, writeBareInt64);
}

export function writePackedUint64(writer: Writer, tag: number, values: readonly bigint[]): void {
  writeEach(writer, tag, values, writeBareUint64);
}

export function writePackedSint64(writer: Writer, tag: number, values: readonly bigint[]): void {
  writeEach(writer, tag, values, writeBareSint64);
}

export function writePackedFixed64(writer: Writer, tag: number, values: readonly bigint[]): void {
  writeEach(writer, tag, values, writeBareFixed64);
}

export function writePackedSfixed64(writer: Writer, tag: number, values: readonly bigint[]): void {
  writeEach(writer, tag, values, writeBareSfixed64);
}

export function writePackedEnum(
  writer: Writer,
  tag: number,
  table: EnumTable,
  values: readonly (string | number)[],
): void {
  if (values.length === 0) return;
  writer.uint32(tag).fork();
  for (const value of values) writer.int32(enumNumber(table, value));
  writer.ldelim();
}

function writeEach(
  writer: Writer,
  tag: number,
  values: readonly bigint[],
  write: (writer: Writer, value: bigint) => void,
): void {
  if (values.length === 0) return;
  writer.uint32(tag).fork();
  for (const value of values) write(writer, value);
  writer.ldelim();
}
