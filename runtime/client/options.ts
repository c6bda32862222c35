import type { Metadata, MetadataInit } from "../metadata/metadata.js";
import type { HandlerContext } from "../server/context.js";
import type { ClientInterceptor } from "./interceptor.js";

/** How one call is made. */
export interface CallOptions {
  /**
   * Deadline of the call, in milliseconds from now. Default: the schema's
   * `timeout`, then the client's, then 5,000. With `context`, never more than what
   * is left of the handler's own.
   */
  readonly timeoutMs?: number | undefined;
  /** Cancels the call: it fails with CANCELLED (or the code of a NatsgenError given as reason). */
  readonly signal?: AbortSignal | undefined;
  /** Sent beside the request. */
  readonly metadata?: MetadataInit | undefined;
  /**
   * The context of the handler that makes the call. The call inherits its deadline,
   * its cancellation, and of its metadata `traceparent`, `tracestate`, `baggage`
   * and what `ClientOptions.propagate` names.
   */
  readonly context?: HandlerContext | undefined;
  /**
   * Names the effect that is wanted, so that repeating the call does not repeat it.
   * Not inherited from `context`: two nested calls would share one key.
   */
  readonly idempotencyKey?: string | undefined;
  /** Hears the metadata of the reply, before the promise settles. */
  readonly onResponseMetadata?: ((metadata: Metadata) => void) | undefined;
}

/** How all calls of a client are made. */
export interface ClientOptions {
  /** Default deadline of methods whose schema sets none. Default 5,000. */
  readonly timeoutMs?: number | undefined;
  /** Sent with every call; a call's own metadata wins, key by key. */
  readonly metadata?: MetadataInit | undefined;
  /** Around every call, the first outermost. */
  readonly interceptors?: readonly ClientInterceptor[] | undefined;
  /** More metadata keys that calls take over from `CallOptions.context`. */
  readonly propagate?: readonly string[] | undefined;
}
