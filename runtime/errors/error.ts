import type { MessageType } from "../contract.js";
import type { Metadata } from "../metadata/metadata.js";
import { classify } from "./classify.js";
import type { ErrorCode } from "./code.js";

/**
 * A packed detail, the shape of `google.protobuf.Any`: which message it is, and
 * its bytes.
 */
export interface PackedDetail {
  /** `type.googleapis.com/<full name>`. */
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

/** A detail to send: a message type with a value, or one that is packed already. */
export type ErrorDetail = PackedDetail | { readonly type: MessageType; readonly value: object };

export interface NatsgenErrorOptions {
  /** Messages that say more than the text can; they travel in `google.rpc.Status`. */
  readonly details?: readonly ErrorDetail[];
  /** Travels as headers of the error reply. */
  readonly metadata?: Metadata | undefined;
  readonly cause?: unknown;
}

/**
 * `Symbol.for`, so that an error made by another copy of this package (a nested
 * node_modules, a bundle beside an unbundled file) is still recognised.
 */
const BRAND = Symbol.for("natsgen.error");
const TYPE_URL_PREFIX = "type.googleapis.com/";

/**
 * The one error that clients throw and handlers should throw.
 *
 * @example
 * throw new NatsgenError("NOT_FOUND", "no order 17");
 */
export class NatsgenError extends Error {
  override readonly name = "NatsgenError";
  /** One of the 16 codes of google/rpc/code.proto. */
  readonly code: ErrorCode;
  /** The text without the code; `message` is `"[NOT_FOUND] no order 17"`. */
  readonly rawMessage: string;
  /** Packed details in the order they were given; read one with `findDetails`. */
  readonly details: readonly PackedDetail[];
  /** What the error reply carried beside the error, or what it is to carry. */
  readonly metadata: Metadata | undefined;

  constructor(code: ErrorCode, message: string, options: NatsgenErrorOptions = {}) {
    super(
      message === "" ? `[${code}]` : `[${code}] ${message}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.rawMessage = message;
    this.details = (options.details ?? []).map(pack);
    this.metadata = options.metadata;
  }

  /** Every detail of this type, decoded. A detail whose bytes do not decode is left out. */
  findDetails<T extends object, I>(type: MessageType<T, I>): T[] {
    const found: T[] = [];
    for (const detail of this.details) {
      if (detail.typeUrl.slice(detail.typeUrl.lastIndexOf("/") + 1) !== type.typeName) {
        continue;
      }
      const message = tryDecode(type, detail.value);
      if (message !== undefined) {
        found.push(message);
      }
    }
    return found;
  }

  /** True for a NatsgenError of this or any other copy of the package; so is `instanceof`. */
  static is(value: unknown): value is NatsgenError {
    try {
      return typeof value === "object" && value !== null && BRAND in value;
    } catch {
      // A Proxy whose trap throws: anything can be thrown, and this is asked of what was.
      return false;
    }
  }

  /**
   * Any thrown value as a NatsgenError, with the value as its `cause`; one that
   * is a NatsgenError already comes back as it is.
   *
   * An AbortError is CANCELLED, a TimeoutError (`AbortSignal.timeout`) is
   * DEADLINE_EXCEEDED, errors of the `nats` client are mapped by their code, and
   * the rest get `defaultCode`.
   */
  static from(value: unknown, defaultCode: ErrorCode = "UNKNOWN"): NatsgenError {
    if (NatsgenError.is(value)) {
      return value;
    }
    const { code, message } = classify(value);
    return new NatsgenError(code ?? defaultCode, message, { cause: value });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return NatsgenError.is(value);
  }
}

// On the prototype, so that console.log(error) does not print it with every error.
Object.defineProperty(NatsgenError.prototype, BRAND, { value: true });

/** The error that the reason of an aborted signal stands for. */
export function abortError(signal: AbortSignal): NatsgenError {
  const reason: unknown = signal.reason;
  if (NatsgenError.is(reason)) {
    // A new one, so that the stack is the call's and not the abort's.
    return new NatsgenError(reason.code, reason.rawMessage, { cause: reason });
  }
  return NatsgenError.from(reason, "CANCELLED");
}

function pack(detail: ErrorDetail): PackedDetail {
  if ("typeUrl" in detail) {
    return { typeUrl: detail.typeUrl, value: detail.value };
  }
  return {
    typeUrl: TYPE_URL_PREFIX + detail.type.typeName,
    value: detail.type.encode(detail.value),
  };
}

function tryDecode<T extends object, I>(type: MessageType<T, I>, bytes: Uint8Array): T | undefined {
  try {
    return type.decode(bytes);
  } catch {
    // A detail explains an error that exists without it; a broken one must not hide that error.
    return undefined;
  }
}
