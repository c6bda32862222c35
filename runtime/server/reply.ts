import { classify } from "../errors/classify.js";
import { codeToHttpStatus, isErrorCode } from "../errors/code.js";
import { NatsgenError } from "../errors/error.js";
import { encodeStatus } from "../errors/status.js";
import type { Metadata } from "../metadata/metadata.js";
import { Header } from "../metadata/wire.js";
import type { HeaderList, Transport } from "../transport.js";

/** Longest `Nats-Service-Error`; the whole text is in the body. */
const MAX_ERROR_LINE = 512;

/** Characters that would end the header's line, or that a terminal would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]+/g;

/**
 * Answers with an error: NATS ADR-32 headers, so that any NATS tool understands
 * it, the canonical code, and `google.rpc.Status` as the body.
 *
 * One that is too large for the server, or that cannot be written as it is, is sent
 * again without details and metadata: a caller without an answer waits for its deadline.
 */
export function sendError(
  transport: Transport,
  replyTo: string,
  error: NatsgenError,
  responseMetadata: Metadata | undefined,
): void {
  const headers: (readonly [string, string])[] = [
    [Header.serviceErrorCode, String(codeToHttpStatus(error.code))],
    [Header.serviceError, errorLine(error)],
    [Header.code, error.code],
  ];
  const plain: HeaderList = [...headers];
  try {
    headers.push(...(error.metadata ?? []), ...(responseMetadata ?? []));
    transport.publish(replyTo, encodeStatus(error), headers);
  } catch (cause) {
    if (NatsgenError.from(cause).code === "UNAVAILABLE") {
      throw cause;
    }
    const short = new NatsgenError(error.code, errorLine(error));
    transport.publish(replyTo, encodeStatus(short), plain);
  }
}

function errorLine(error: NatsgenError): string {
  const line = error.rawMessage.replace(CONTROL, " ").trim();
  // Not between the halves of a character outside the first plane.
  return line === "" ? error.code : line.slice(0, MAX_ERROR_LINE).replace(/[\ud800-\udbff]$/, "");
}

/**
 * What a caller may know of what a handler threw. A NatsgenError was written for
 * the caller; the text of anything else was not (it may hold a query, a path, a
 * secret), so the caller reads "internal error" and the log has the whole.
 */
export function toReplyError(thrown: unknown): { error: NatsgenError; unexpected: boolean } {
  if (NatsgenError.is(thrown) && isWhole(thrown)) {
    return { error: thrown, unexpected: false };
  }
  const { code } = classify(thrown);
  if (code === "CANCELLED" || code === "DEADLINE_EXCEEDED") {
    return {
      error: new NatsgenError(code, "the handler stopped before it had a result"),
      unexpected: false,
    };
  }
  return { error: new NatsgenError("INTERNAL", "internal error"), unexpected: true };
}

/** Plain JavaScript, or another copy of this package, may make one that cannot be sent. */
function isWhole(error: NatsgenError): boolean {
  try {
    return isErrorCode(error.code) && typeof error.rawMessage === "string";
  } catch {
    // A Proxy around an error, whose trap throws.
    return false;
  }
}
