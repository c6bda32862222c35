import type { ServiceDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import { within } from "../timers/within.js";
import type { Transport, TransportSubscription } from "../transport.js";
import type { Admission } from "./admission.js";
import type { Endpoint, Job } from "./endpoint.js";

export interface DrainingWorker {
  readonly transport: Transport;
  readonly service: ServiceDescriptor;
  readonly subscriptions: readonly TransportSubscription[];
  readonly endpoints: readonly Endpoint[];
  readonly admission: Admission<Job>;
}

/** Kept back for the last flush, out of the time there is. */
const FLUSH_MS = 1_000;

/**
 * Stops a worker: deliveries first, with the server's confirmation; then the calls
 * that had come; then the bytes of their replies.
 *
 * The client's own drain does not wait for an async handler, whose late
 * `respond()` then returns true and is lost (seen on a real server).
 */
export async function drainWorker(worker: DrainingWorker, timeoutMs: number): Promise<void> {
  const { transport, service, subscriptions, endpoints, admission } = worker;
  const end = performance.now() + timeoutMs;
  const left = (): number => Math.max(1, end - performance.now());

  if (isClosed(transport)) {
    return;
  }
  const stops = await Promise.allSettled(
    subscriptions.map((subscription) => subscription.drain(left())),
  );
  for (const stop of stops) {
    if (stop.status === "rejected") {
      transport.log.warn(
        { service: service.typeName, error: stop.reason },
        "a subscription could not be drained",
      );
    }
  }
  // A connection that is closed meanwhile ends the wait too: no reply can be sent any more.
  const idle = await within(
    Promise.race([admission.idle(), transport.closed]),
    Math.max(1, left() - Math.min(FLUSH_MS, timeoutMs / 5)),
  );
  if (isClosed(transport)) {
    return;
  }
  if (!idle) {
    const reason = new NatsgenError(
      "UNAVAILABLE",
      `this worker of ${service.typeName} stopped before the call had a result`,
    );
    const waiting = admission.takeWaiting();
    for (const job of waiting) {
      job.endpoint.refuse(job.message, reason);
    }
    transport.log.warn(
      { service: service.typeName, running: admission.running, waiting: waiting.length },
      "draining took too long: calls were given up",
    );
    abortContexts(endpoints, reason);
    // Handlers that heed their signal still get their reply out.
    await within(admission.idle(), Math.max(1, left() / 2));
  }
  try {
    await transport.flush(left());
  } catch (error) {
    transport.log.warn({ service: service.typeName, error }, "the last replies were not confirmed");
  }
}

/**
 * The connection has ended under a worker: no reply can be sent any more. What
 * waits is not run, and what runs is told, so that it does not keep the process.
 */
export function abandonWorker(worker: DrainingWorker): void {
  const { service, endpoints, admission } = worker;
  admission.takeWaiting();
  abortContexts(
    endpoints,
    new NatsgenError(
      "UNAVAILABLE",
      `the connection of this worker of ${service.typeName} is closed`,
    ),
  );
}

function abortContexts(endpoints: readonly Endpoint[], reason: NatsgenError): void {
  for (const { scope } of endpoints) {
    scope.abandoned ??= reason;
    for (const context of [...scope.watched]) {
      context.abort(reason);
    }
  }
}

/** A function, as TypeScript takes a state that was read before an `await` for the present one. */
function isClosed(transport: Transport): boolean {
  return transport.state === "closed";
}
