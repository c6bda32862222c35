import type { MethodDescriptor, ServiceDescriptor } from "../contract.js";
import type { Metadata } from "../metadata/metadata.js";

/** One call on its way out. */
export interface ClientCall {
  readonly kind: "unary";
  readonly service: ServiceDescriptor;
  readonly method: MethodDescriptor;
  /** The request, as the caller gave it: an `Init` of `method.input`. */
  readonly message: object;
  /** What is sent beside it; may be added to. */
  readonly metadata: Metadata;
  readonly idempotencyKey: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds left until the call's deadline; one budget for all attempts. */
  remainingMs(): number;
}

/** What came back. */
export interface ClientReply {
  /** An instance of `method.output`. */
  readonly message: object;
  readonly metadata: Metadata;
}

/** Sends a call: the next interceptor, or the wire. Rejects with a NatsgenError. */
export type ClientInvoke = (call: ClientCall) => Promise<ClientReply>;

/**
 * Wraps every call of a client. The first of the list is the outermost. `next`
 * may be called again (a retry) or not at all (a cache).
 *
 * @example
 * const timing: ClientInterceptor = (next) => async (call) => {
 *   const start = performance.now();
 *   try {
 *     return await next(call);
 *   } finally {
 *     report(call.method.name, performance.now() - start);
 *   }
 * };
 */
export type ClientInterceptor = (next: ClientInvoke) => ClientInvoke;

export function composeClient(
  interceptors: readonly ClientInterceptor[],
  last: ClientInvoke,
): ClientInvoke {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), last);
}
