import type { JsonValue, JsonWriteOptions, MessageType } from "../contract.js";

/** What stands in a log for a field marked `(natsgen.v1.field).redact`. */
export const REDACTED = "[redacted]";

const redacting = Symbol("redacting");

interface RedactingOptions extends JsonWriteOptions {
  readonly [redacting]?: true;
}

const LOG_OPTIONS: RedactingOptions = { [redacting]: true };

export function redacts(options: RedactingOptions): boolean {
  return options[redacting] === true;
}

/** The message as JSON for a log line: fields that the schema marks `redact` are hidden, at any depth. */
export function toLogSafe<I>(type: MessageType<object, I>, message: I): JsonValue {
  return type.toJson(message, LOG_OPTIONS);
}
