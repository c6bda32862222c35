import { NatsgenError } from "./errors/error.js";
import { Metadata, type MetadataInit } from "./metadata/metadata.js";
import { headersToMetadata, metadataToHeaders } from "./metadata/wire.js";
import { checkPublishSubject, checkSubscribeSubject } from "./subjects/check.js";
import { MAX_TIMEOUT_MS } from "./timers/wheel.js";
import type { ConnectionState, Transport } from "./transport.js";

/** A connection, as clients, services and events take it. */
export interface Nats {
  /** Put before every subject, with its dot: `staging.`; `""` without one. */
  readonly prefix: string;
  readonly state: ConnectionState;
  /** What the runtime speaks through. Not for applications. */
  readonly transport: Transport;
  /** One raw request. The subject is taken as it is, without the prefix. */
  request(subject: string, payload: Uint8Array, options?: RawRequestOptions): Promise<RawMessage>;
  /**
   * A raw subscription, in place when the promise resolves. Without the prefix.
   * What `onMessage` throws is logged.
   */
  subscribe(
    subject: string,
    onMessage: (message: RawMessage) => void | Promise<void>,
    options?: { readonly queueGroup?: string },
  ): Promise<RawSubscription>;
  /**
   * Ends well: workers finish what they have, calls in flight get their replies,
   * then the connection closes. What is not done after `timeoutMs` (10,000) is
   * given up.
   */
  drain(timeoutMs?: number): Promise<void>;
  /** Ends at once; calls in flight fail with UNAVAILABLE. */
  close(): Promise<void>;
  /** `await using`: the same as `drain()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface RawRequestOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly metadata?: MetadataInit;
}

export interface RawMessage {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly metadata: Metadata;
  readonly replyTo: string | undefined;
}

export interface RawSubscription {
  drain(timeoutMs?: number): Promise<void>;
}

export const DEFAULT_TIMEOUT_MS = 5_000;
const DRAIN_MS = 10_000;

/** The handle over a transport that can be drained and closed. */
export function createNats(
  transport: Transport & {
    drain(timeoutMs: number): Promise<void>;
    close(): Promise<void>;
  },
  prefix: string,
): Nats {
  let ending: Promise<void> | undefined;
  const drain = async (timeoutMs = DRAIN_MS): Promise<void> => {
    checkDrainTimeout(timeoutMs);
    ending ??= transport.drain(timeoutMs);
    await ending;
  };
  return {
    prefix,
    get state() {
      return transport.state;
    },
    transport,
    async request(subject, payload, options = {}) {
      checkPublishSubject(subject);
      const headers = metadataToHeaders(options.metadata && new Metadata(options.metadata));
      const timeoutMs = checkTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
      const reply = await transport.request(subject, payload, headers, timeoutMs, options.signal);
      if (!reply.ok) {
        const { code, message, cause } = reply.failure;
        throw new NatsgenError(code, message, { cause });
      }
      const metadata = headersToMetadata(reply.headers);
      return { subject, payload: reply.data, metadata, replyTo: undefined };
    },
    async subscribe(subject, onMessage, options = {}) {
      checkSubscribeSubject(subject);
      let refused: NatsgenError | undefined;
      const subscription = transport.subscribe(
        subject,
        options.queueGroup,
        async (message) => {
          // Awaited, as callers give async functions: their rejections would end the process.
          try {
            await onMessage({
              subject: message.subject,
              payload: message.data,
              metadata: headersToMetadata(message.headers),
              replyTo: message.reply || undefined,
            });
          } catch (error) {
            transport.log.error({ subject, error }, "a subscription's callback failed");
          }
        },
        (error) => {
          refused = error;
        },
      );
      try {
        await transport.flush(DEFAULT_TIMEOUT_MS);
        if (refused !== undefined) {
          throw refused;
        }
      } catch (error) {
        subscription.close();
        throw error;
      }
      return {
        drain: async (timeoutMs = DRAIN_MS) => subscription.drain(checkDrainTimeout(timeoutMs)),
      };
    },
    drain,
    close: () => transport.close(),
    [Symbol.asyncDispose]: () => drain(),
  };
}

/** Refuses a timeout that is no positive number; one above 2^31-1 ms becomes that. */
export function checkTimeout(timeoutMs: number): number {
  if (!(timeoutMs > 0)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `timeoutMs is ${timeoutMs}; a call needs a deadline above 0 ms`,
    );
  }
  return Math.min(timeoutMs, MAX_TIMEOUT_MS);
}

/** Refuses what is no time to wait. 0 gives up at once; above 2^31-1 ms becomes that. */
export function checkDrainTimeout(timeoutMs: number): number {
  if (!(timeoutMs >= 0)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `drain: timeoutMs is ${timeoutMs}; it must be 0 or more`,
    );
  }
  return Math.min(timeoutMs, MAX_TIMEOUT_MS);
}
