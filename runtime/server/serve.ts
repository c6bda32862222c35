import { checkContract } from "../check-contract.js";
import type { MethodDescriptor, ServiceDescriptor } from "../contract.js";
import { createDiscovery } from "../discovery/responder.js";
import { NatsgenError } from "../errors/error.js";
import { checkDrainTimeout, type Nats } from "../handle.js";
import { checkPublishSubject } from "../subjects/check.js";
import { randomId } from "../subjects/id.js";
import { deferred } from "../timers/deferred.js";
import type { TransportSubscription } from "../transport.js";
import { Admission } from "./admission.js";
import { abandonWorker, drainWorker } from "./drain.js";
import { createEndpoint, type Endpoint, type Job } from "./endpoint.js";
import { composeServer, type ServerInvoke } from "./interceptor.js";
import { checkHandlers, checkServeOptions, type ServeOptions } from "./options.js";
import { type MethodStats, publicStats } from "./stats.js";

/** A service that runs on this connection. */
export interface Worker {
  /** Unique; the id that `$SRV` replies carry. */
  readonly id: string;
  readonly service: ServiceDescriptor;
  /** Calls that run now, and calls that wait. */
  readonly load: { readonly running: number; readonly waiting: number };
  /** Counts by method key. */
  stats(): Readonly<Record<string, MethodStats>>;
  /**
   * Stops and loses nothing: no new calls, and every call that had come gets its
   * reply. After `timeoutMs` (10,000) the signals of what still runs are aborted,
   * and what still waits is answered UNAVAILABLE.
   */
  drain(timeoutMs?: number): Promise<void>;
  /** Resolves when the worker has stopped, by `drain` or because the connection ended. */
  readonly stopped: Promise<void>;
}

const DRAIN_MS = 10_000;
const START_MS = 5_000;

/**
 * Serves a service. Resolves when the server has confirmed every subscription, so
 * a call made after that finds the worker.
 *
 * @throws NatsgenError FAILED_PRECONDITION (the descriptor's contract),
 * INVALID_ARGUMENT (handlers or options), PERMISSION_DENIED (the server refuses a
 * subscription), DEADLINE_EXCEEDED (the server does not answer).
 */
export async function serve(
  nats: Nats,
  service: ServiceDescriptor,
  handlers: object,
  options: ServeOptions = {},
): Promise<Worker> {
  checkContract(service);
  checkHandlers(service, handlers);
  const settings = checkServeOptions(service, options);
  const { transport } = nats;
  const id = randomId();
  const admission = new Admission<Job>({
    maxConcurrency: settings.maxConcurrency,
    maxQueue: settings.maxQueue,
    start: (job) => job.endpoint.start(job),
  });
  const endpoints = new Map<string, Endpoint>();
  for (const [key, method] of Object.entries(service.methods)) {
    const handler: ServerInvoke =
      method.kind === "unary" ? bindHandler(handlers, key) : () => refuseStreaming(method);
    endpoints.set(
      key,
      createEndpoint({
        transport,
        service,
        method,
        subject: checkPublishSubject(nats.prefix + method.subject),
        invoke: method.kind === "unary" ? composeServer(settings.interceptors, handler) : handler,
        admission,
        maxConcurrency: settings.maxConcurrency,
      }),
    );
  }

  const subscriptions: TransportSubscription[] = [];
  const refused: NatsgenError[] = [];
  try {
    for (const endpoint of endpoints.values()) {
      subscriptions.push(
        transport.subscribe(endpoint.subject, settings.queueGroup, endpoint.onMessage, (error) => {
          refused.push(error);
          transport.log.error({ subject: endpoint.subject, error }, "a subscription ended");
        }),
      );
    }
    if (settings.discovery) {
      const discovery = createDiscovery({
        transport,
        id,
        service,
        prefix: nats.prefix,
        queueGroup: settings.queueGroup,
        metadata: settings.metadata,
        endpoints,
      });
      subscriptions.push(...discovery);
    }
    await transport.flush(START_MS);
    if (refused[0] !== undefined) {
      throw refused[0];
    }
  } catch (error) {
    for (const subscription of subscriptions) {
      subscription.close();
    }
    throw NatsgenError.from(error, "UNAVAILABLE");
  }

  const stopped = deferred();
  let draining: Promise<void> | undefined;
  const running = {
    transport,
    service,
    subscriptions,
    endpoints: [...endpoints.values()],
    admission,
  };
  const drain = async (timeoutMs = DRAIN_MS): Promise<void> => {
    const checkedMs = checkDrainTimeout(timeoutMs);
    draining ??= drainWorker(running, checkedMs).finally(() => {
      forget();
      stopped.resolve();
    });
    await draining;
  };
  const forget = transport.onDrain(drain);
  transport.closed.then(() => {
    abandonWorker(running);
    forget();
    stopped.resolve();
  });

  return {
    id,
    service,
    get load() {
      return { running: admission.running, waiting: admission.waiting };
    },
    stats() {
      return Object.fromEntries(
        [...endpoints].map(([key, { method, subject, stats }]) => [
          key,
          publicStats(method.name, subject, stats),
        ]),
      );
    },
    drain,
    stopped: stopped.promise,
  };
}

/** Bound once, so that a handler may use `this` and a call looks nothing up. */
function bindHandler(handlers: object, key: string): ServerInvoke {
  const handler: unknown = Reflect.get(handlers, key);
  if (typeof handler !== "function") {
    throw new NatsgenError("INVALID_ARGUMENT", `no handler for "${key}"`);
  }
  return handler.bind(handlers) as ServerInvoke;
}

function refuseStreaming(method: MethodDescriptor): never {
  throw new NatsgenError(
    "UNIMPLEMENTED",
    `${method.name} is a streaming method, which this worker's version of @natsgen/runtime does not speak yet`,
  );
}
