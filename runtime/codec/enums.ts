import protobuf from "protobufjs/minimal.js";
import type { Reader, Writer } from "./wire.js";
import { addUnknown, rawField } from "./wire.js";

declare const unrecognized: unique symbol;

/**
 * The number of an enum value that this version of the schema does not name.
 * Open enums keep it, so that it survives a round trip. Branded, so that a
 * number is not passed by mistake where a name is due.
 */
export type UnrecognizedEnum = number & { readonly [unrecognized]: true };

/** Names an enum value by its number alone. */
export function unrecognizedEnum(number: number): UnrecognizedEnum {
  if ((number | 0) !== number) throw new RangeError(`${number} is not a 32-bit signed integer`);
  return number as UnrecognizedEnum;
}

/** Names and numbers of one enum. Of two names for one number (an alias), the first one is read. */
export interface EnumTable<T extends string | number = string | number> {
  readonly typeName: string;
  readonly open: boolean;
  readonly numbers: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
  /** Only for the type parameter. */
  readonly value?: T;
}

export function enumTable<T extends string | number>(
  typeName: string,
  values: Readonly<Record<string, number>>,
  kind: "open" | "closed" = "open",
): EnumTable<T> {
  const numbers = new Map(Object.entries(values));
  const names = new Map<number, string>();
  for (const [name, number] of numbers) if (!names.has(number)) names.set(number, name);
  return { typeName, open: kind === "open", numbers, names };
}

/** The number of a value; 0 for `undefined`. Throws on a name that the enum does not have. */
export function enumNumber(table: EnumTable, value: string | number | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === "number") {
    if ((value | 0) !== value) throw new RangeError(`${value} is not a value of ${table.typeName}`);
    return value;
  }
  const number = table.numbers.get(value);
  if (number === undefined) throw new RangeError(`"${value}" is not a value of ${table.typeName}`);
  return number;
}

export function enumValue<T extends string | number>(table: EnumTable<T>, number: number): T {
  // The table was made for T: its names are T's names, and other numbers are T's UnrecognizedEnum.
  return (table.names.get(number) ?? number) as T;
}

export function writeEnum(
  writer: Writer,
  tag: number,
  table: EnumTable,
  value: string | number,
): void {
  writer.uint32(tag).int32(enumNumber(table, value));
}

/** Writes a field without presence: not at all where it holds the value 0. */
export function writeImplicitEnum(
  writer: Writer,
  tag: number,
  table: EnumTable,
  value: string | number | undefined,
): void {
  const number = enumNumber(table, value);
  if (number !== 0) writer.uint32(tag).int32(number);
}

export function readEnum<T extends string | number>(reader: Reader, table: EnumTable<T>): T {
  return enumValue(table, reader.int32());
}

/** Reads a closed enum (proto2): a number that it does not name goes to the unknown fields. */
export function readClosedEnum<T extends string | number>(
  reader: Reader,
  table: EnumTable<T>,
  message: object,
  field: number,
): T | undefined {
  const number = reader.int32();
  if (table.names.has(number)) return enumValue(table, number);
  addUnknown(message, rawField(field << 3, protobuf.Writer.create().int32(number).finish()));
  return undefined;
}

/** Appends the values of a repeated enum: one, or a packed run of them. */
export function readEnums<T extends string | number>(
  reader: Reader,
  table: EnumTable<T>,
  values: T[],
): void {
  const end = reader.size() + reader.pos;
  if (end > reader.len) throw new RangeError("message is cut short");
  while (reader.pos < end) values.push(readEnum(reader, table));
}

/** As `readEnums`, for a closed enum. */
export function readClosedEnums<T extends string | number>(
  reader: Reader,
  table: EnumTable<T>,
  values: T[],
  message: object,
  field: number,
): void {
  const end = reader.size() + reader.pos;
  if (end > reader.len) throw new RangeError("message is cut short");
  while (reader.pos < end) {
    const value = readClosedEnum(reader, table, message, field);
    if (value !== undefined) values.push(value);
  }
}
