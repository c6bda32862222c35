import { AbortGroups } from "../timers/abort-groups.js";
import type { Timer, TimerWheel } from "../timers/wheel.js";
import type { Failure, HeaderList, Reply } from "../transport.js";

/** A request that waits for its reply. One class, so that every entry has one hidden shape. */
export class PendingRequest implements Timer {
  due = 0;
  previous: Timer | undefined = undefined;
  next: Timer | undefined = undefined;

  constructor(
    readonly table: PendingTable,
    readonly token: number,
    readonly subject: string,
    readonly timeoutMs: number,
    readonly resolve: (reply: Reply) => void,
    readonly signal: AbortSignal | undefined,
  ) {}

  expire(): void {
    this.table.fail(this, {
      code: "DEADLINE_EXCEEDED",
      message: `no reply from ${this.subject} within ${Math.round(this.timeoutMs)} ms`,
    });
  }
}

/** A request that waits for the connection, kept with what is to be sent. */
export interface HeldRequest {
  readonly pending: PendingRequest;
  readonly payload: Uint8Array;
  readonly headers: HeaderList | undefined;
}

/**
 * The requests in flight, by token. Whatever ends a request takes it out of the
 * table, off the timer wheel and off its signal, so nothing is left of it.
 */
export class PendingTable {
  readonly #entries = new Map<number, PendingRequest>();
  readonly #timers: TimerWheel;
  readonly #signals = new AbortGroups<PendingRequest>((entry, failure) =>
    this.fail(entry, failure),
  );
  #counter = 0;
  #onEmpty: (() => void) | undefined;

  constructor(timers: TimerWheel) {
    this.#timers = timers;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(
    subject: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    resolve: (reply: Reply) => void,
  ): PendingRequest {
    const entry = new PendingRequest(this, this.#counter++, subject, timeoutMs, resolve, signal);
    this.#entries.set(entry.token, entry);
    this.#timers.add(entry, timeoutMs);
    if (signal !== undefined) {
      this.#signals.add(signal, entry);
    }
    return entry;
  }

  /** Takes a request out; `undefined` when it has ended already (a late or second reply). */
  take(token: number): PendingRequest | undefined {
    const entry = this.#entries.get(token);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(token);
    this.#timers.remove(entry);
    if (entry.signal !== undefined) {
      this.#signals.remove(entry.signal, entry);
    }
    if (this.#entries.size === 0 && this.#onEmpty !== undefined) {
      this.#onEmpty();
    }
    return entry;
  }

  has(entry: PendingRequest): boolean {
    return this.#entries.get(entry.token) === entry;
  }

  fail(entry: PendingRequest, failure: Failure): void {
    this.take(entry.token)?.resolve({ ok: false, failure });
  }

  failWhere(matches: (entry: PendingRequest) => boolean, failure: Failure): void {
    for (const entry of [...this.#entries.values()]) {
      if (matches(entry)) {
        this.fail(entry, failure);
      }
    }
  }

  /** Resolves when no request is in flight; each is bounded by its deadline. */
  idle(): Promise<void> {
    if (this.#entries.size === 0) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#onEmpty = () => {
        this.#onEmpty = undefined;
        resolve();
      };
    });
  }
}
