import { abortError } from "../errors/error.js";
import type { Failure } from "../transport.js";

interface Group<Entry> {
  readonly entries: Set<Entry>;
  readonly onAbort: () => void;
}

/**
 * What waits with an AbortSignal: one listener for each signal, however many calls
 * share it. With a listener for each call, Node takes the eleventh for a leak and
 * prints MaxListenersExceededWarning.
 */
export class AbortGroups<Entry> {
  readonly #groups = new Map<AbortSignal, Group<Entry>>();
  readonly #end: (entry: Entry, failure: Failure) => void;

  constructor(end: (entry: Entry, failure: Failure) => void) {
    this.#end = end;
  }

  add(signal: AbortSignal, entry: Entry): void {
    let group = this.#groups.get(signal);
    if (group === undefined) {
      group = this.#create(signal);
      this.#groups.set(signal, group);
    }
    group.entries.add(entry);
  }

  remove(signal: AbortSignal, entry: Entry): void {
    const group = this.#groups.get(signal);
    if (group?.entries.delete(entry) === true && group.entries.size === 0) {
      this.#groups.delete(signal);
      signal.removeEventListener("abort", group.onAbort);
    }
  }

  #create(signal: AbortSignal): Group<Entry> {
    const entries = new Set<Entry>();
    const onAbort = (): void => {
      const failure = abortFailure(signal);
      for (const entry of [...entries]) {
        this.#end(entry, failure);
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    return { entries, onAbort };
  }
}

/** The failure of a call whose signal has aborted. */
export function abortFailure(signal: AbortSignal): Failure {
  const error = abortError(signal);
  return { code: error.code, message: error.rawMessage, cause: signal.reason };
}
