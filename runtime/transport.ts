import type { NatsgenError } from "./errors/error.js";
import type { TimerWheel } from "./timers/wheel.js";

/**
 * What clients and workers need of a messaging system. The NATS connection
 * implements it in `nats/`, and nothing outside `nats/` knows that client; an
 * in-memory implementation for tests is another.
 */
export interface Transport {
  readonly state: ConnectionState;
  /** Largest payload with headers, in bytes, that the server accepts now. */
  readonly maxPayload: number;
  readonly timers: TimerWheel;
  readonly log: Logger;

  /**
   * Sends one request and waits for one reply. Never rejects: a failure is a
   * value, so that the error is made where the caller's `await` is, with the
   * caller's line in its stack, and costs nothing where none is made.
   *
   * The subject must have passed `checkPublishSubject`.
   */
  request(
    subject: string,
    payload: Uint8Array,
    headers: HeaderList | undefined,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Reply>;

  /** Sends a message. Throws RESOURCE_EXHAUSTED (size) or UNAVAILABLE (not connected). */
  publish(
    subject: string,
    payload: Uint8Array,
    headers: HeaderList | undefined,
    replyTo?: string,
  ): void;

  /**
   * Starts a subscription; it is certain to be in place after `flush`.
   * `onError` hears of a refusal by the server (PERMISSION_DENIED).
   */
  subscribe(
    subject: string,
    queueGroup: string | undefined,
    onMessage: (message: InboundMessage) => void,
    onError?: (error: NatsgenError) => void,
  ): TransportSubscription;

  /** Resolves once the server has handled everything sent before; DEADLINE_EXCEEDED after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;

  /** Resolves when the connection has ended for good. */
  readonly closed: Promise<void>;

  /** Registers work that `drain` waits for before it closes. Returns how to take it back. */
  onDrain(hook: (timeoutMs: number) => Promise<void>): () => void;
}

export type ConnectionState = "connected" | "disconnected" | "draining" | "closed";

/** Validated header lines, in order. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A message as it arrives. `nats`'s own message has this shape, so none is copied. */
export interface InboundMessage {
  readonly subject: string;
  /** Empty or absent: no reply is wanted. */
  readonly reply?: string;
  readonly data: Uint8Array;
  readonly headers?: InboundHeaders;
}

export interface InboundHeaders {
  /** The server's status; 0 when the message is not the server's. */
  readonly code: number;
  keys(): string[];
  values(key: string): string[];
}

/** What came of a request: a message, or why there is none. */
export type Reply =
  | { readonly ok: true; readonly data: Uint8Array; readonly headers: InboundHeaders | undefined }
  | { readonly ok: false; readonly failure: Failure };

export interface Failure {
  readonly code: NatsgenError["code"];
  readonly message: string;
  readonly cause?: unknown;
}

export interface TransportSubscription {
  /**
   * Stops delivery: resolves when the server has confirmed it, so that every
   * message it had sent before has been handed over. Bounded by `timeoutMs`.
   */
  drain(timeoutMs: number): Promise<void>;
  /** Stops at once; messages on their way are dropped. */
  close(): void;
}

/** Where the runtime reports what no caller waits for. A pino logger is one. */
export interface Logger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
