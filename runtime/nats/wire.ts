import { headers as createHeaders, type MsgHdrs, type NatsConnection } from "nats";
import { NatsgenError } from "../errors/error.js";
import type { Failure, HeaderList } from "../transport.js";

/**
 * Header lines as the client's object. One `append` for each line, which checks
 * name and value; `headers.fromRecord` skips those checks, so that CR and LF in a
 * value became another header (seen on a real server).
 */
export function toNatsHeaders(lines: HeaderList): MsgHdrs {
  const result = createHeaders();
  for (const [name, value] of lines) {
    result.append(name, value);
  }
  return result;
}

/** Bytes that header lines need on the wire. */
function headerBytes(lines: HeaderList): number {
  // "NATS/1.0" CRLF, "name: value" CRLF each, CRLF
  let bytes = 12;
  for (const [name, value] of lines) {
    bytes += name.length + Buffer.byteLength(value) + 4;
  }
  return bytes;
}

/** Publishes, or says why not; the connection survives in every case. */
export function tryPublish(
  connection: NatsConnection,
  maxPayload: number,
  subject: string,
  payload: Uint8Array,
  headers: HeaderList | undefined,
  replyTo: string | undefined,
): Failure | undefined {
  const size = headers === undefined ? payload.length : payload.length + headerBytes(headers);
  if (size > maxPayload) {
    return {
      code: "RESOURCE_EXHAUSTED",
      message: `a message of ${size} bytes for ${subject} is above the server's limit of ${maxPayload} (max_payload)`,
    };
  }
  try {
    if (headers === undefined) {
      connection.publish(subject, payload, replyTo === undefined ? undefined : { reply: replyTo });
    } else {
      const lines = toNatsHeaders(headers);
      connection.publish(
        subject,
        payload,
        replyTo === undefined ? { headers: lines } : { headers: lines, reply: replyTo },
      );
    }
    return undefined;
  } catch (cause) {
    const error = NatsgenError.from(cause, "UNAVAILABLE");
    return { code: error.code, message: error.rawMessage, cause };
  }
}
