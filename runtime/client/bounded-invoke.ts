import { NatsgenError } from "../errors/error.js";
import { type AbortGroups, abortFailure } from "../timers/abort-groups.js";
import type { Timer, TimerWheel } from "../timers/wheel.js";
import type { Failure } from "../transport.js";
import type { ClientCall, ClientInvoke, ClientReply } from "./interceptor.js";

/**
 * How much later than the call itself an interceptor that does not end is given up:
 * one that does end may still say what comes of the call.
 */
const GRACE_MS = 40;

/** A call in the hands of interceptors; ended from outside by its deadline or its signal. */
export type Guarded = (failure: Failure) => void;

/**
 * Runs a call through its interceptors, and no longer than the call's deadline and
 * signal allow: an interceptor that waits (a retry's pause, a lock) must not hold it.
 */
export async function boundedInvoke(
  timers: TimerWheel,
  signals: AbortGroups<Guarded>,
  invoke: ClientInvoke,
  call: ClientCall,
  timeoutMs: number,
): Promise<ClientReply> {
  const reply: unknown = await new Promise<ClientReply>((resolve, reject) => {
    let failure: Failure = {
      code: "DEADLINE_EXCEEDED",
      message: `${call.method.name}: no result from the interceptors within ${Math.round(timeoutMs)} ms`,
    };
    const timer: Timer = {
      due: 0,
      previous: undefined,
      next: undefined,
      expire() {
        stop();
        reject(new NatsgenError(failure.code, failure.message, { cause: failure.cause }));
      },
    };
    const onAbort: Guarded = (aborted) => {
      failure = aborted;
      timers.remove(timer);
      timers.add(timer, GRACE_MS);
    };
    const stop = (): void => {
      timers.remove(timer);
      if (call.signal !== undefined) {
        signals.remove(call.signal, onAbort);
      }
    };
    timers.add(timer, timeoutMs + GRACE_MS);
    if (call.signal?.aborted === true) {
      onAbort(abortFailure(call.signal));
    } else if (call.signal !== undefined) {
      signals.add(call.signal, onAbort);
    }
    // Both functions handed over as they are: through them V8 follows the chain of
    // `await` to the caller, whose line an error's stack must show.
    start(invoke, call).then(resolve, reject).finally(stop);
  });
  if (!isReply(reply)) {
    throw new NatsgenError(
      "INTERNAL",
      `${call.method.name}: an interceptor returned no reply; it must return what next() resolves to`,
    );
  }
  return reply;
}

/** An interceptor may throw before it has a promise. */
async function start(invoke: ClientInvoke, call: ClientCall): Promise<ClientReply> {
  // `await`, for without it V8 knows the caller only some microtasks later.
  return await invoke(call);
}

function isReply(value: unknown): value is ClientReply {
  return (
    typeof value === "object" &&
    value !== null &&
    "message" in value &&
    typeof value.message === "object"
  );
}
