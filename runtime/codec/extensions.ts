import protobuf from "protobufjs/minimal.js";
import { enumNumber, enumValue } from "./enums.js";
import {
  type Field,
  type FieldType,
  isEnumTable,
  type ResolvedField,
  resolveField,
} from "./fields.js";
import { safeNumber, toBigint } from "./long.js";
import { SCALAR_CODECS } from "./scalar-codecs.js";
import { type Reader, rawField, setUnknown, unknownOf, type Writer } from "./wire.js";

/**
 * Extensions (proto2, editions) live in the unknown fields of the message they
 * extend, and are read when asked for: a message needs to know nothing of them,
 * and those of unknown schemas survive a round trip.
 */
export interface Extension<M extends object, T> {
  /** `pkg.field`. */
  readonly typeName: string;
  /** Full name of the message that it extends. */
  readonly extendee: string;
  readonly number: number;
  readonly field: () => ExtensionField;
  readonly defaultValue: T;
  /** Only for the type parameter. */
  readonly message?: M;
}

export interface ExtensionField extends Field {
  readonly packed?: true;
  /** Group encoding. */
  readonly delimited?: true;
}

/** What `getExtension` gives for an extension that is not set is its `defaultValue`. */
export function extension<M extends object, T>(
  definition: Omit<Extension<M, T>, "message">,
): Extension<M, T> {
  return definition;
}

export function hasExtension<M extends object, T>(message: M, extension: Extension<M, T>): boolean {
  return unknownOf(message).some((field) => numberOf(field) === extension.number);
}

export function clearExtension<M extends object, T>(message: M, extension: Extension<M, T>): void {
  const rest = unknownOf(message).filter((field) => numberOf(field) !== extension.number);
  setUnknown(message, rest);
}

/** The value, or the extension's default. */
export function getExtension<M extends object, T>(message: M, extension: Extension<M, T>): T {
  const field = extension.field();
  const raw = unknownOf(message).filter((bytes) => numberOf(bytes) === extension.number);
  if (raw.length === 0) return extension.defaultValue;
  const values = raw.flatMap((bytes) => readValues(field, bytes));
  if (field.list === true) return values as T;
  const { type } = field;
  if (typeof type === "object" || typeof type === "function") {
    if (!isEnumTable(type))
      return type.decode(joinBytes(raw.map((bytes) => payload(field, bytes)))) as T;
  }
  return values.at(-1) as T;
}

/** Sets the value. `undefined` clears it. */
export function setExtension<M extends object, T>(
  message: M,
  extension: Extension<M, T>,
  value: T,
): void {
  clearExtension(message, extension);
  if (value === undefined) return;
  const field = resolveField(extension.field());
  const values: readonly unknown[] = field.list === true && Array.isArray(value) ? value : [value];
  const writer = protobuf.Writer.create();
  const fields = values.map((item) => {
    writer.reset();
    writeValue(writer, extension.field(), extension.number, field, item);
    return new Uint8Array(writer.finish());
  });
  setUnknown(message, [...unknownOf(message), ...fields]);
}

function numberOf(field: Uint8Array): number {
  return new protobuf.Reader(field).tag() >>> 3;
}

function readValues(field: ExtensionField, bytes: Uint8Array): unknown[] {
  const reader = new protobuf.Reader(bytes);
  const wireType = reader.tag() & 7;
  if (wireType !== 2 || !isPackable(field.type)) return [readValue(field, reader, bytes)];
  const end = reader.size() + reader.pos;
  const values: unknown[] = [];
  while (reader.pos < end) values.push(readValue(field, reader, bytes));
  return values;
}

function readValue(field: ExtensionField, reader: Reader, bytes: Uint8Array): unknown {
  const { type } = field;
  if (type === "struct" || type === "value" || type === "listValue") throw unsupported(type);
  if (typeof type === "string") {
    const value = SCALAR_CODECS[type].read(reader);
    if (typeof value !== "bigint" || field.long === undefined) return value;
    return field.long === "number" ? safeNumber(value) : String(value);
  }
  return isEnumTable(type) ? enumValue(type, reader.int32()) : type.decode(payload(field, bytes));
}

/** The bytes of a message, without its tag, and without its length or its end tag. */
function payload(field: ExtensionField, bytes: Uint8Array): Uint8Array {
  const reader = new protobuf.Reader(bytes);
  const tag = reader.tag();
  if (field.delimited !== true) return reader.bytes();
  const endTag = rawField((tag & ~7) | 4, new Uint8Array(0));
  return bytes.subarray(reader.pos, bytes.length - endTag.length);
}

function writeValue(
  writer: Writer,
  definition: ExtensionField,
  number: number,
  field: ResolvedField,
  value: unknown,
): void {
  const { type } = field;
  if (type === "struct" || type === "value" || type === "listValue") throw unsupported(type);
  if (typeof type === "string") {
    const codec = SCALAR_CODECS[type];
    const long = field.long === undefined ? value : toBigint(value as number | string);
    codec.write(writer, ((number << 3) | codec.wireType) >>> 0, long);
    return;
  }
  if (isEnumTable(type)) {
    writer.uint32((number << 3) >>> 0).int32(enumNumber(type, value as string | number));
    return;
  }
  const bytes = type.encode(value);
  if (definition.delimited === true) {
    writer
      .uint32(((number << 3) | 3) >>> 0)
      .raw(bytes)
      .uint32(((number << 3) | 4) >>> 0);
  } else {
    writer.uint32(((number << 3) | 2) >>> 0).bytes(bytes);
  }
}

function isPackable(type: FieldType): boolean {
  if (typeof type !== "string") return isEnumTable(type);
  return (
    type !== "string" &&
    type !== "bytes" &&
    type !== "struct" &&
    type !== "value" &&
    type !== "listValue"
  );
}

function unsupported(type: string): TypeError {
  return new TypeError(`an extension cannot have the type google.protobuf.${type}`);
}

/** Messages given in pieces merge when their bytes are read as one. */
function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
