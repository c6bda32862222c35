import { checkContract } from "../check-contract.js";
import { checkKeys } from "../check-keys.js";
import type { MethodDescriptor, ServiceDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import { checkTimeout, DEFAULT_TIMEOUT_MS, type Nats } from "../handle.js";
import { Metadata } from "../metadata/metadata.js";
import { headersToMetadata } from "../metadata/wire.js";
import { checkPublishSubject } from "../subjects/check.js";
import { AbortGroups } from "../timers/abort-groups.js";
import type { Reply } from "../transport.js";
import { boundedInvoke, type Guarded } from "./bounded-invoke.js";
import { decodeReply } from "./decode-reply.js";
import { type ClientCall, type ClientInvoke, composeClient } from "./interceptor.js";
import type { CallOptions, ClientOptions } from "./options.js";
import { buildHeaders, mergeMetadata, mergeSignals } from "./outbound.js";
import { unimplementedMethod } from "./unimplemented.js";

type UnaryCall = (request: object, options?: CallOptions) => Promise<object>;

/**
 * The client of a service: one function for each method, built once. Generated
 * code calls it as `createOrderServiceClient(nats, options)`.
 *
 * @throws NatsgenError FAILED_PRECONDITION when the descriptor was generated for
 * another contract; INVALID_ARGUMENT on an unknown option.
 */
export function createClient<T extends object>(
  nats: Nats,
  service: ServiceDescriptor,
  options: ClientOptions = {},
): T {
  checkContract(service);
  checkKeys("client options", options, ["timeoutMs", "metadata", "interceptors", "propagate"]);
  const methods = Object.entries(service.methods).map(([key, method]) => [
    key,
    method.kind === "unary"
      ? createUnary(nats, service, method, options)
      : unimplementedMethod(method),
  ]);
  // fromEntries makes every key an own property, a method called `__proto__` too.
  return Object.fromEntries(methods) as T;
}

function createUnary(
  nats: Nats,
  service: ServiceDescriptor,
  method: MethodDescriptor,
  clientOptions: ClientOptions,
): UnaryCall {
  const { transport } = nats;
  const { input } = method;
  const subject = checkPublishSubject(nats.prefix + method.subject);
  // What a worker assumes of a request without a budget: see docs/PROTOCOL.md.
  const assumedMs = method.rules?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const defaultMs = checkTimeout(
    method.rules?.timeoutMs ?? clientOptions.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  );
  const always = clientOptions.metadata && new Metadata(clientOptions.metadata);
  const propagate = clientOptions.propagate ?? [];
  const interceptors = clientOptions.interceptors ?? [];

  function encode(request: object): Uint8Array {
    try {
      return input.encode(request);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new NatsgenError(
        "INVALID_ARGUMENT",
        `the request of ${method.name} is not a ${input.typeName}: ${reason}`,
        { cause },
      );
    }
  }

  function timeoutOf(options: CallOptions): number {
    const own = options.timeoutMs === undefined ? defaultMs : checkTimeout(options.timeoutMs);
    if (options.context === undefined) {
      return own;
    }
    const inherited = options.context.remainingMs();
    if (inherited <= 0) {
      throw new NatsgenError(
        "DEADLINE_EXCEEDED",
        `nothing is left of the deadline of ${options.context.method.name} to call ${method.name}`,
      );
    }
    return Math.min(own, inherited);
  }

  function send(
    payload: Uint8Array,
    timeoutMs: number,
    metadata: Metadata | undefined,
    idempotencyKey: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    // Within one percent of what the worker assumes anyway, the header is not worth its cost.
    const same = timeoutMs <= assumedMs && timeoutMs >= assumedMs * 0.99;
    const budget = same ? undefined : timeoutMs;
    const headers = buildHeaders(budget, idempotencyKey, metadata);
    return transport.request(subject, payload, headers, timeoutMs, signal);
  }

  const lastInvoke: ClientInvoke = async (call) => {
    const left = call.remainingMs();
    if (left <= 0) {
      throw new NatsgenError("DEADLINE_EXCEEDED", `${method.name}: the deadline has passed`);
    }
    const reply = await send(
      encode(call.message),
      left,
      call.metadata,
      call.idempotencyKey,
      call.signal,
    );
    const message = decodeReply(method, reply);
    return { message, metadata: headersToMetadata(reply.ok ? reply.headers : undefined) };
  };

  if (interceptors.length > 0) {
    const invoke = composeClient(interceptors, lastInvoke);
    const signals = new AbortGroups<Guarded>((end, failure) => end(failure));
    return async (request, options = {}) => {
      const timeoutMs = timeoutOf(options);
      const end = performance.now() + timeoutMs;
      const call: ClientCall = {
        kind: "unary",
        service,
        method,
        message: request,
        metadata: mergeMetadata(always, options, propagate) ?? new Metadata(),
        idempotencyKey: options.idempotencyKey,
        signal: mergeSignals(options),
        remainingMs: () => end - performance.now(),
      };
      const reply = await boundedInvoke(transport.timers, signals, invoke, call, timeoutMs);
      options.onResponseMetadata?.(reply.metadata);
      return reply.message;
    };
  }

  return async (request, options) => {
    const payload = encode(request);
    // The common call has nothing to say but its message: no headers, no options looked at.
    const reply =
      options === undefined
        ? await send(payload, defaultMs, always, undefined, undefined)
        : await send(
            payload,
            timeoutOf(options),
            mergeMetadata(always, options, propagate),
            options.idempotencyKey,
            mergeSignals(options),
          );
    const message = decodeReply(method, reply);
    if (options?.onResponseMetadata !== undefined && reply.ok) {
      options.onResponseMetadata(headersToMetadata(reply.headers));
    }
    return message;
  };
}
