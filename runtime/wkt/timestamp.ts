import {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  JsonError,
  type JsonValue,
  keepUnknown,
  type Reader,
  readInt64,
  type Writer,
  writeInt32,
  writeInt64,
  writeUnknown,
} from "../codec/index.js";
import { formatNanos, parseNanos } from "./nanos.js";

const MIN_SECONDS = -62_135_596_800n;
const MAX_SECONDS = 253_402_300_799n;
const RFC_3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** What stands for a Timestamp where a caller hands one in; a Date has milliseconds. */
export type TimestampInit = TimestampFields | Date;

export interface TimestampFields {
  readonly seconds?: bigint | undefined;
  readonly nanos?: number | undefined;
}

/** A point in time, to the nanosecond: seconds since 1970-01-01T00:00:00Z and nanoseconds on top. */
export class Timestamp {
  static readonly typeName = "google.protobuf.Timestamp";

  seconds = 0n;
  /** 0 to 999,999,999, also before 1970. */
  nanos = 0;

  constructor(init?: TimestampInit) {
    if (init === undefined) return;
    const fields = toFields(init);
    this.seconds = fields.seconds ?? 0n;
    this.nanos = fields.nanos ?? 0;
    copyUnknown(this, init);
  }

  static now(): Timestamp {
    return new Timestamp(new Date());
  }

  static fromDate(date: Date): Timestamp {
    return new Timestamp(date);
  }

  /** Cut to milliseconds. */
  toDate(): Date {
    return new Date(Number(this.seconds) * 1000 + Math.floor(this.nanos / 1_000_000));
  }

  static encode(message: TimestampInit): Uint8Array {
    return encodeMessage(writeTimestamp, message);
  }

  static decode(bytes: Uint8Array): Timestamp {
    return decodeMessage(readTimestamp, bytes);
  }

  /** RFC 3339 in UTC: `2026-01-01T12:00:00.5Z`. Throws outside of the years 1 to 9999. */
  static toJson(message: TimestampInit): JsonValue {
    const { seconds = 0n, nanos = 0 } = toFields(message);
    checkRange(seconds, nanos);
    const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
    return `${date}${formatNanos(nanos)}Z`;
  }

  static fromJson(json: JsonValue): Timestamp {
    const parts = typeof json === "string" ? RFC_3339.exec(json) : null;
    const [, date = "", fraction = "", offset = "Z"] = parts ?? [];
    const millis = parts === null ? Number.NaN : Date.parse(`${date}${offset}`);
    if (Number.isNaN(millis)) throw new JsonError("a time like 2026-01-01T12:00:00Z is due");
    // Date.parse takes 24:00:00 and February 30th as the day after.
    if (new Date(Date.parse(`${date}Z`)).toISOString().slice(0, 19) !== date) {
      throw new JsonError(`${date} is not a date`);
    }
    const timestamp = new Timestamp({
      seconds: BigInt(Math.floor(millis / 1000)),
      nanos: parseNanos(fraction),
    });
    checkRange(timestamp.seconds, timestamp.nanos);
    return timestamp;
  }
}

function toFields(init: TimestampInit): TimestampFields {
  if (!(init instanceof Date)) return init;
  const millis = init.getTime();
  if (Number.isNaN(millis)) throw new RangeError("an invalid Date has no Timestamp");
  const seconds = Math.floor(millis / 1000);
  return { seconds: BigInt(seconds), nanos: (millis - seconds * 1000) * 1_000_000 };
}

function checkRange(seconds: bigint, nanos: number): void {
  if (seconds < MIN_SECONDS || seconds > MAX_SECONDS || nanos < 0 || nanos > 999_999_999) {
    throw new JsonError("a time outside of the years 1 to 9999");
  }
}

export function writeTimestamp(message: TimestampInit, writer: Writer): void {
  const { seconds, nanos } = toFields(message);
  if (seconds) writeInt64(writer, 8, seconds);
  if (nanos) writeInt32(writer, 16, nanos);
  writeUnknown(message, writer);
}

export function readTimestamp(
  reader: Reader,
  end: number,
  depth: number,
  message = new Timestamp(),
): Timestamp {
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        message.seconds = readInt64(reader);
        break;
      case 16:
        message.nanos = reader.int32();
        break;
      default:
        keepUnknown(reader, tag, message, depth);
    }
  }
  checkEnd(reader, end);
  return message;
}
