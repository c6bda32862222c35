import type { NatsConnection, Subscription } from "nats";
import { NatsgenError } from "../errors/error.js";
import { checkQueueGroup } from "../subjects/check.js";
import { randomId } from "../subjects/id.js";
import { deferred } from "../timers/deferred.js";
import { createTimerWheel } from "../timers/wheel.js";
import { within } from "../timers/within.js";
import type {
  ConnectionState,
  Failure,
  Logger,
  Transport,
  TransportSubscription,
} from "../transport.js";
import { createMultiplexer } from "./multiplexer.js";
import { watchStatus } from "./status.js";
import { tryPublish } from "./wire.js";

export interface NatsTransport extends Transport {
  /** Workers first, then calls in flight, then the bytes; bounded in all by `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface NatsTransportOptions {
  readonly log: Logger;
  readonly inboxPrefix: string;
  readonly offlineBuffer: number;
}

/** What closing may take when the server does not read: then the process goes on without it. */
const CLOSE_MS = 1_000;
const NOT_CONNECTED: Failure = { code: "UNAVAILABLE", message: "not connected to NATS" };
const CLOSED: Failure = { code: "UNAVAILABLE", message: "the connection to NATS is closed" };
const DRAINING: Failure = { code: "UNAVAILABLE", message: "the connection is draining" };
const LOST: Failure = {
  code: "UNAVAILABLE",
  message: "the connection to NATS was lost before a reply came",
};

/** The transport over one connection of the `nats` client. */
export function createNatsTransport(
  connection: NatsConnection,
  options: NatsTransportOptions,
): NatsTransport {
  const { log } = options;
  const timers = createTimerWheel();
  const drainHooks = new Set<(timeoutMs: number) => Promise<void>>();
  const inbox = `${options.inboxPrefix}.${randomId()}.`;
  let state: ConnectionState = "connected";
  let draining = false;
  const ended = deferred();
  // A set and not `ended.promise`, which would keep a reaction for each flush ever made.
  const waiting = new Set<() => void>();
  let maxPayload = connection.info?.max_payload ?? 0;
  let inboxRefused: Failure | undefined;

  const multiplexer = createMultiplexer({
    inbox,
    timers,
    offlineBuffer: options.offlineBuffer,
    send: (subject, payload, headers, replyTo) =>
      inboxRefused ?? tryPublish(connection, maxPayload, subject, payload, headers, replyTo),
  });

  function subscribe(
    ...[subject, queueGroup, onMessage, onError]: Parameters<Transport["subscribe"]>
  ): TransportSubscription {
    if (state === "closed" || draining) {
      throw toError(state === "closed" ? CLOSED : DRAINING);
    }
    const subscription = connection.subscribe(subject, {
      ...(queueGroup === undefined ? {} : { queue: checkQueueGroup(queueGroup) }),
      callback(error, message) {
        // Whatever escapes here would end the client's read loop and with it the connection.
        try {
          if (error === null) {
            onMessage(message);
          } else {
            onError?.(NatsgenError.from(error, "UNAVAILABLE"));
          }
        } catch (cause) {
          log.error({ subject, error: cause }, "a subscription's callback failed");
        }
      },
    });
    return {
      drain: (timeoutMs) => drainSubscription(subscription, timeoutMs, endedBefore),
      close: () => subscription.unsubscribe(),
    };
  }

  function isClosed(): boolean {
    return state === "closed";
  }

  /** The client leaves some promises pending when it closes; they end with the connection. */
  function endedBefore(promise: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        waiting.delete(end);
        resolve(undefined);
      };
      waiting.add(end);
      promise.then(end, (error: unknown) => {
        waiting.delete(end);
        reject(error);
      });
    });
  }

  function finish(): void {
    ended.resolve();
    for (const end of waiting) {
      end();
    }
  }

  async function flush(timeoutMs: number): Promise<void> {
    if (isClosed()) {
      throw toError(CLOSED);
    }
    // The client's own flush stays pending for ever on a server that is stopped.
    let done: boolean;
    try {
      done = await within(endedBefore(connection.flush()), timeoutMs);
    } catch (cause) {
      throw NatsgenError.from(cause, "UNAVAILABLE");
    }
    if (isClosed()) {
      throw toError(CLOSED);
    }
    if (!done) {
      throw new NatsgenError(
        "DEADLINE_EXCEEDED",
        `the NATS server did not confirm within ${timeoutMs} ms`,
      );
    }
  }

  async function drain(timeoutMs: number): Promise<void> {
    if (state === "closed") {
      return;
    }
    const end = performance.now() + timeoutMs;
    const left = (): number => Math.max(1, end - performance.now());
    draining = true;
    await Promise.all([...drainHooks].map((hook) => hook(left())));
    // Only now: what the workers' handlers still had to call, they have called.
    if (state === "connected") {
      state = "draining";
    }
    await within(multiplexer.idle(), left());
    try {
      await flush(left());
    } catch (error) {
      log.warn({ error }, "draining: the server did not confirm the last messages");
    }
    await close();
  }

  async function close(): Promise<void> {
    state = "closed";
    multiplexer.fail(CLOSED);
    multiplexer.failHeld(CLOSED);
    await within(connection.close(), CLOSE_MS);
    finish();
  }

  function subscribeInbox(): void {
    inboxRefused = undefined;
    subscribe(
      `${inbox}*`,
      undefined,
      (message) => multiplexer.onReply(message),
      (error) => {
        inboxRefused = {
          code: error.code,
          message: `replies cannot be received: ${error.rawMessage}. Allow subscribing to ${inbox}*, or set inboxPrefix`,
        };
        log.warn({ error }, "the server refuses the reply inbox: calls will fail");
        multiplexer.fail(inboxRefused);
      },
    );
  }
  subscribeInbox();

  watchStatus(connection, log, {
    disconnected() {
      if (state === "connected") {
        state = "disconnected";
      }
      multiplexer.fail(LOST);
    },
    reconnected() {
      if (state === "disconnected") {
        state = "connected";
      }
      // The client gives up a subscription that was refused; the new server may allow it.
      if (inboxRefused !== undefined && !draining) {
        subscribeInbox();
      }
      maxPayload = connection.info?.max_payload ?? maxPayload;
      multiplexer.sendHeld();
    },
    publishRefused(subject) {
      const failure: Failure = {
        code: "PERMISSION_DENIED",
        message: `this connection may not publish to ${subject}`,
      };
      multiplexer.fail(failure, (entry) => entry.subject === subject);
    },
    closed() {
      state = "closed";
      multiplexer.fail(CLOSED);
      multiplexer.failHeld(CLOSED);
      finish();
    },
  });

  return {
    get state() {
      return state;
    },
    get maxPayload() {
      return maxPayload;
    },
    timers,
    log,
    closed: ended.promise,
    request(subject, payload, headers, timeoutMs, signal) {
      if (state === "connected") {
        return multiplexer.request(subject, payload, headers, timeoutMs, signal, false);
      }
      if (state === "disconnected") {
        return multiplexer.request(subject, payload, headers, timeoutMs, signal, true);
      }
      const failure = state === "closed" ? CLOSED : DRAINING;
      return Promise.resolve({ ok: false, failure });
    },
    publish(subject, payload, headers, replyTo) {
      // The client accepts a publish while disconnected and then drops it.
      if (state === "disconnected" || state === "closed") {
        throw toError(state === "closed" ? CLOSED : NOT_CONNECTED);
      }
      const failure = tryPublish(connection, maxPayload, subject, payload, headers, replyTo);
      if (failure !== undefined) {
        throw toError(failure);
      }
    },
    subscribe,
    flush,
    onDrain(hook) {
      drainHooks.add(hook);
      return () => drainHooks.delete(hook);
    },
    drain,
    close,
  };
}

async function drainSubscription(
  subscription: Subscription,
  timeoutMs: number,
  endedBefore: (promise: Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  if (subscription.isClosed()) {
    return;
  }
  // UNSUB and a flush: what the server sent before it read UNSUB is delivered first.
  // It rejects when the connection ends meanwhile, and then there is nothing left to stop.
  const drained = subscription.drain().catch((cause: unknown) => {
    if (!subscription.isClosed()) {
      throw NatsgenError.from(cause, "UNAVAILABLE");
    }
  });
  const done = await within(endedBefore(drained), timeoutMs);
  if (!done) {
    subscription.unsubscribe();
  }
}

function toError(failure: Failure): NatsgenError {
  return new NatsgenError(failure.code, failure.message, { cause: failure.cause });
}
