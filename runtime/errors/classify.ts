import type { ErrorCode } from "./code.js";

/**
 * Codes of nats.js errors (its core.ts `ErrorCode`; numbers where the server's
 * status is the code). Told apart by `name` and `code` and not by `instanceof`,
 * so that this file does not import `nats` and several copies of it are fine.
 */
const NATS_CODES: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ["503", "UNAVAILABLE"],
  ["TIMEOUT", "DEADLINE_EXCEEDED"],
  ["408", "DEADLINE_EXCEEDED"],
  ["PERMISSIONS_VIOLATION", "PERMISSION_DENIED"],
  ["AUTHORIZATION_VIOLATION", "UNAUTHENTICATED"],
  ["AUTHENTICATION_EXPIRED", "UNAUTHENTICATED"],
  ["AUTHENTICATION_TIMEOUT", "UNAUTHENTICATED"],
  ["ACCOUNT_AUTHENTICATION_EXPIRED", "UNAUTHENTICATED"],
  ["BAD_AUTHENTICATION", "UNAUTHENTICATED"],
  ["BAD_CREDS", "UNAUTHENTICATED"],
  ["CONNECTION_CLOSED", "UNAVAILABLE"],
  ["CONNECTION_DRAINING", "UNAVAILABLE"],
  ["CONNECTION_REFUSED", "UNAVAILABLE"],
  ["CONNECTION_TIMEOUT", "UNAVAILABLE"],
  ["DISCONNECT", "UNAVAILABLE"],
  ["ECONNREFUSED", "UNAVAILABLE"],
  ["MAX_PAYLOAD_EXCEEDED", "RESOURCE_EXHAUSTED"],
  ["BAD_SUBJECT", "INVALID_ARGUMENT"],
  ["BAD_HEADER", "INVALID_ARGUMENT"],
  ["INVALID_OPTION", "INVALID_ARGUMENT"],
]);

/**
 * The code and text of a thrown value that is not a NatsgenError. `undefined`
 * as code: nothing about the value says which.
 */
export function classify(value: unknown): Classified {
  try {
    return read(value);
  } catch {
    // A getter, a toString or a Proxy's trap that throws: there is nothing to read.
    return { code: undefined, message: "an error that cannot be read" };
  }
}

interface Classified {
  readonly code: ErrorCode | undefined;
  readonly message: string;
}

function read(value: unknown): Classified {
  if (typeof value !== "object" || value === null) {
    return { code: undefined, message: String(value) };
  }
  const name = "name" in value ? String(value.name) : "";
  const message = "message" in value ? String(value.message) : name;
  if (name === "AbortError") {
    return { code: "CANCELLED", message };
  }
  // The reason of AbortSignal.timeout().
  if (name === "TimeoutError") {
    return { code: "DEADLINE_EXCEEDED", message };
  }
  if (name === "NatsError" && "code" in value) {
    return { code: NATS_CODES.get(String(value.code)), message };
  }
  return { code: undefined, message };
}
