import { abortFailure } from "../timers/abort-groups.js";
import type { TimerWheel } from "../timers/wheel.js";
import type { Failure, HeaderList, InboundHeaders, InboundMessage, Reply } from "../transport.js";
import { type HeldRequest, type PendingRequest, PendingTable } from "./pending.js";

export interface MultiplexerOptions {
  /** The wildcard inbox without `*`, with its last dot. */
  readonly inbox: string;
  readonly timers: TimerWheel;
  /** Requests held while disconnected. */
  readonly offlineBuffer: number;
  send(
    subject: string,
    payload: Uint8Array,
    headers: HeaderList | undefined,
    replyTo: string,
  ): Failure | undefined;
}

/**
 * Many requests over one subscription: `nc.request()` of the client costs 23 to
 * 32 µs of CPU a call (a timer, a race of two promises and an error with its
 * stack for each), this about 5 µs. Replies find their request by a counter in
 * the inbox's last token.
 */
export interface Multiplexer {
  request(
    subject: string,
    payload: Uint8Array,
    headers: HeaderList | undefined,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    isOffline: boolean,
  ): Promise<Reply>;
  onReply(message: InboundMessage): void;
  /** Ends what was sent, or what matches; requests held for the reconnect stay. */
  fail(failure: Failure, matches?: (entry: PendingRequest) => boolean): void;
  /** Sends what was held while disconnected, in its order. */
  sendHeld(): void;
  /** Ends what was held too. */
  failHeld(failure: Failure): void;
  idle(): Promise<void>;
  readonly size: number;
}

const ZERO = 48;
const NINE = 57;

export function createMultiplexer(options: MultiplexerOptions): Multiplexer {
  const { inbox, timers, offlineBuffer } = options;
  const table = new PendingTable(timers);
  const held = new Map<PendingRequest, HeldRequest>();

  function hold(request: HeldRequest): void {
    if (held.size >= offlineBuffer) {
      // The oldest may have ended meanwhile; such entries are swept only when room is needed.
      for (const { pending } of held.values()) {
        if (!table.has(pending)) {
          held.delete(pending);
        }
      }
    }
    if (held.size >= offlineBuffer) {
      table.fail(request.pending, {
        code: offlineBuffer === 0 ? "UNAVAILABLE" : "RESOURCE_EXHAUSTED",
        message:
          offlineBuffer === 0
            ? "not connected to NATS"
            : `not connected to NATS, and the buffer of ${offlineBuffer} requests is full`,
      });
      return;
    }
    held.set(request.pending, request);
  }

  function send({ pending, payload, headers }: HeldRequest): void {
    const failure = options.send(pending.subject, payload, headers, inbox + pending.token);
    if (failure !== undefined) {
      table.fail(pending, failure);
    }
  }

  return {
    request(subject, payload, headers, timeoutMs, signal, isOffline) {
      if (signal?.aborted === true) {
        return Promise.resolve({ ok: false, failure: abortFailure(signal) });
      }
      return new Promise((resolve) => {
        const pending = table.add(subject, timeoutMs, signal, resolve);
        if (isOffline) {
          hold({ pending, payload, headers });
          return;
        }
        const failure = options.send(subject, payload, headers, inbox + pending.token);
        if (failure !== undefined) {
          table.fail(pending, failure);
        }
      });
    },

    onReply(message) {
      const { subject } = message;
      const token = readToken(subject, inbox.length);
      const pending = token === -1 ? undefined : table.take(token);
      if (pending === undefined) {
        return;
      }
      const { data } = message;
      let headers: InboundHeaders | undefined;
      try {
        // The client parses headers when they are first looked at, and throws on broken ones.
        headers = message.headers;
      } catch (cause) {
        pending.resolve({
          ok: false,
          failure: {
            code: "INTERNAL",
            message: `the headers of the reply from ${pending.subject} cannot be read`,
            cause,
          },
        });
        return;
      }
      if (headers !== undefined && headers.code === 503 && data.length === 0) {
        pending.resolve({
          ok: false,
          failure: {
            code: "UNAVAILABLE",
            message: `nobody serves ${pending.subject} (no responders)`,
          },
        });
        return;
      }
      pending.resolve({ ok: true, data, headers });
    },

    fail(failure, matches = () => true) {
      table.failWhere((entry) => !held.has(entry) && matches(entry), failure);
    },

    sendHeld() {
      const requests = [...held.values()];
      held.clear();
      for (const request of requests) {
        if (table.has(request.pending)) {
          send(request);
        }
      }
    },

    failHeld(failure) {
      for (const pending of held.keys()) {
        table.fail(pending, failure);
      }
      held.clear();
    },

    idle: () => table.idle(),
    get size() {
      return table.size;
    },
  };
}

/** The decimal number from `start` to the end; -1 when there is anything else. */
function readToken(subject: string, start: number): number {
  let token = 0;
  if (subject.length <= start) {
    return -1;
  }
  for (let i = start; i < subject.length; i++) {
    const c = subject.charCodeAt(i);
    if (c < ZERO || c > NINE) {
      return -1;
    }
    token = token * 10 + (c - ZERO);
  }
  return token;
}
