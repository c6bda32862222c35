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

const MAX_SECONDS = 315_576_000_000n;
const SECONDS = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;

/** What stands for a Duration where a caller hands one in; a number is milliseconds. */
export type DurationInit = DurationFields | number;

export interface DurationFields {
  readonly seconds?: bigint | undefined;
  readonly nanos?: number | undefined;
}

/** A signed span of time, to the nanosecond. Seconds and nanoseconds have the same sign. */
export class Duration {
  static readonly typeName = "google.protobuf.Duration";

  seconds = 0n;
  nanos = 0;

  constructor(init?: DurationInit) {
    if (init === undefined) return;
    const fields = toFields(init);
    this.seconds = fields.seconds ?? 0n;
    this.nanos = fields.nanos ?? 0;
    if (typeof init === "object") copyUnknown(this, init);
  }

  static fromMillis(millis: number): Duration {
    return new Duration(millis);
  }

  /** Milliseconds, with a fraction where there is one. */
  toMillis(): number {
    return Number(this.seconds) * 1000 + this.nanos / 1_000_000;
  }

  static encode(message: DurationInit): Uint8Array {
    return encodeMessage(writeDuration, message);
  }

  static decode(bytes: Uint8Array): Duration {
    return decodeMessage(readDuration, bytes);
  }

  /** Seconds with an `s`: `1.500s`. Throws above 10,000 years. */
  static toJson(message: DurationInit): JsonValue {
    const { seconds = 0n, nanos = 0 } = toFields(message);
    checkRange(seconds, nanos);
    const sign = seconds < 0n || nanos < 0 ? "-" : "";
    const whole = seconds < 0n ? -seconds : seconds;
    return `${sign}${whole}${formatNanos(Math.abs(nanos))}s`;
  }

  static fromJson(json: JsonValue): Duration {
    const parts = typeof json === "string" ? SECONDS.exec(json) : null;
    if (parts === null) throw new JsonError("a duration like 1.5s is due");
    const [, sign, whole = "0", fraction = ""] = parts;
    const seconds = BigInt(whole);
    const nanos = parseNanos(fraction);
    const duration =
      sign === "-"
        ? new Duration({ seconds: -seconds, nanos: nanos === 0 ? 0 : -nanos })
        : new Duration({ seconds, nanos });
    checkRange(duration.seconds, duration.nanos);
    return duration;
  }
}

function toFields(init: DurationInit): DurationFields {
  if (typeof init !== "number") return init;
  if (!Number.isFinite(init)) throw new RangeError(`${init} milliseconds are not a Duration`);
  const seconds = Math.trunc(init / 1000);
  const nanos = Math.round((init - seconds * 1000) * 1_000_000);
  // `|| 0` and not `?? 0`: it turns -0 into 0.
  return { seconds: BigInt(seconds), nanos: nanos || 0 };
}

function checkRange(seconds: bigint, nanos: number): void {
  const sameSign = seconds === 0n || nanos === 0 || seconds > 0n === nanos > 0;
  if (
    seconds > MAX_SECONDS ||
    seconds < -MAX_SECONDS ||
    Math.abs(nanos) > 999_999_999 ||
    !sameSign
  ) {
    throw new JsonError("a duration above 10,000 years, or of mixed signs");
  }
}

export function writeDuration(message: DurationInit, writer: Writer): void {
  const { seconds, nanos } = toFields(message);
  if (seconds) writeInt64(writer, 8, seconds);
  if (nanos) writeInt32(writer, 16, nanos);
  if (typeof message === "object") writeUnknown(message, writer);
}

export function readDuration(
  reader: Reader,
  end: number,
  depth: number,
  message = new Duration(),
): Duration {
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
