import protobuf from "protobufjs/minimal.js";

/**
 * The reader and writer of protobufjs: they own the bytes, generated code owns
 * the order of fields. Format: https://protobuf.dev/programming-guides/encoding
 */
export type Reader = protobuf.Reader;
export type Writer = protobuf.Writer;

/** Nesting that `decode` accepts, as in protobuf's own implementations. */
export const MAX_DEPTH = 100;

/** Writers above this size are not kept: one huge message must not pin its buffer for ever. */
const KEPT_BUFFER_SIZE = 1 << 20;

let idleWriter: Writer | undefined;

/**
 * Runs `write` on the idle writer of this thread and copies out what it wrote.
 * An `encode` inside of an `encode` (a getter may do that) finds no idle writer
 * and makes its own.
 */
export function encodeMessage<T>(
  write: (message: T, writer: Writer) => void,
  message: T,
): Uint8Array {
  const writer = idleWriter ?? protobuf.Writer.create();
  idleWriter = undefined;
  // A writer that was in use when `write` threw is dropped with its half-written state.
  write(message, writer);
  const bytes = writer.finish();
  if (writer.buf.length <= KEPT_BUFFER_SIZE) {
    writer.pos = 0;
    idleWriter = writer;
  }
  return bytes;
}

/** Runs `read` over all of `bytes`. Throws on malformed, truncated or too deeply nested input. */
export function decodeMessage<T>(
  read: (reader: Reader, end: number, depth: number) => T,
  bytes: Uint8Array,
): T {
  // Not Reader.create: for a Buffer that gives a reader whose `string` lets invalid UTF-8 pass.
  const reader = new protobuf.Reader(bytes);
  return read(reader, reader.len, 0);
}

/** Reads a length prefix: the position where the value ends. `depth` is that of the enclosing message. */
export function readEnd(reader: Reader, depth: number): number {
  if (depth >= MAX_DEPTH) throw new RangeError(`message nested deeper than ${MAX_DEPTH} levels`);
  const end = reader.size() + reader.pos;
  if (end > reader.len) throw new RangeError("message is cut short");
  return end;
}

/** A message must end where its length said. */
export function checkEnd(reader: Reader, end: number): void {
  if (reader.pos !== end) throw new RangeError("a field runs past the end of its message");
}

/**
 * Reads a group (delimited encoding): finds the end tag that belongs to
 * `field`, then has `read` read what lies before it.
 */
export function readGroup<T>(
  reader: Reader,
  field: number,
  depth: number,
  read: (reader: Reader, end: number, depth: number, message?: T) => T,
  message?: T,
): T {
  if (depth >= MAX_DEPTH) throw new RangeError(`message nested deeper than ${MAX_DEPTH} levels`);
  const start = reader.pos;
  let end = start;
  for (;;) {
    end = reader.pos;
    const tag = reader.tag();
    if ((tag & 7) === 4) {
      if (tag >>> 3 !== field) throw new RangeError(`group ${field} ends with ${tag >>> 3}`);
      break;
    }
    reader.skipType(tag & 7, depth, tag >>> 3);
  }
  const next = reader.pos;
  reader.pos = start;
  const value = read(reader, end, depth + 1, message);
  reader.pos = next;
  return value;
}

const unknownFields = Symbol("unknown fields");

/** Not enumerable, and absent where there are none: a spread or a log shows the schema's fields alone. */
interface WithUnknownFields {
  [unknownFields]?: Uint8Array[];
}

/**
 * Skips a field that this version of the schema does not have, and keeps its
 * bytes on the message, so that it survives a round trip.
 */
export function keepUnknown(reader: Reader, tag: number, message: object, depth: number): void {
  const start = reader.pos;
  reader.skipType(tag & 7, depth, tag >>> 3);
  addUnknown(message, rawField(tag, reader.buf.subarray(start, reader.pos)));
}

/**
 * Keeps a whole map entry that was just read from `start` on: that is what
 * becomes of an entry whose value a closed enum does not name.
 */
export function keepEntry(reader: Reader, start: number, tag: number, message: object): void {
  const entry = protobuf.Writer.create().bytes(reader.buf.subarray(start, reader.pos)).finish();
  addUnknown(message, rawField(tag, entry));
}

/** Skips a field of a map entry, where unknown fields are not kept. */
export function skipUnknown(reader: Reader, tag: number, depth: number): void {
  reader.skipType(tag & 7, depth, tag >>> 3);
}

/** Adds one whole field, tag included, to the unknown fields of `message`. */
export function addUnknown(message: object & WithUnknownFields, field: Uint8Array): void {
  const known = message[unknownFields];
  if (known === undefined) setUnknown(message, [field]);
  else known.push(field);
}

/** The unknown fields of `message`, one array for each, tag included. */
export function unknownOf(message: object & WithUnknownFields): readonly Uint8Array[] {
  return message[unknownFields] ?? [];
}

export function setUnknown(message: object, fields: Uint8Array[]): void {
  Object.defineProperty(message, unknownFields, {
    value: fields,
    enumerable: false,
    configurable: true,
    writable: true,
  });
}

/** Writes unknown fields behind the known ones, as they came. */
export function writeUnknown(message: object & WithUnknownFields, writer: Writer): void {
  const fields = message[unknownFields];
  if (fields === undefined) return;
  for (const field of fields) writer.raw(field);
}

/** Carries unknown fields over to a copy. */
export function copyUnknown(target: object, source: object & WithUnknownFields): void {
  const fields = source[unknownFields];
  if (fields !== undefined) setUnknown(target, [...fields]);
}

/** One field as bytes: the tag, then `value`. */
export function rawField(tag: number, value: Uint8Array): Uint8Array {
  const prefix = protobuf.Writer.create().uint32(tag).finish();
  const field = new Uint8Array(prefix.length + value.length);
  field.set(prefix);
  field.set(value, prefix.length);
  return field;
}

/** Keeps track of the required fields (proto2) that a message has had. */
export class RequiredFields {
  readonly #missing: Set<string>;

  constructor(...fields: string[]) {
    this.#missing = new Set(fields);
  }

  /** Marks a field as read, and gives the value back, so that it can stand in an assignment. */
  seen<T>(field: string, value: T): T {
    this.#missing.delete(field);
    return value;
  }

  check(typeName: string): void {
    if (this.#missing.size === 0) return;
    throw new RangeError(`${typeName} lacks required ${[...this.#missing].join(", ")}`);
  }
}

/** The value of a required field. Throws where the caller left it out. */
export function required<T>(value: T | undefined, typeName: string, field: string): T {
  if (value === undefined) throw new TypeError(`${typeName} lacks required ${field}`);
  return value;
}
