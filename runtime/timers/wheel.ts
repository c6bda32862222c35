/** One thing that is due at a time; `unlink` forgets it. */
export interface Timer {
  /** Milliseconds of `performance.now()`. */
  due: number;
  previous: Timer | undefined;
  next: Timer | undefined;
  expire(): void;
}

export interface TimerWheel {
  /** Lets `timer.expire()` run `afterMs` from now, up to one tick late. */
  add(timer: Timer, afterMs: number): void;
  /** Forgets a timer; one that is not there is fine. */
  remove(timer: Timer): void;
}

/** Length of a tick and number of slots: one turn of the wheel is about eight seconds. */
const TICK_MS = 16;
const SLOTS = 512;

/** `setTimeout` fires after 1 ms when asked for more than this; so no deadline is longer (24.8 days). */
export const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * A hashed timer wheel: one `setTimeout` for all deadlines of a connection.
 *
 * A `setTimeout` and `clearTimeout` for each call cost more than the rest of the
 * call's bookkeeping. Here adding and removing are a few pointer writes, which a
 * deadline that almost never fires is worth. A timer that is further away than
 * one turn is looked at once each turn.
 */
export function createTimerWheel(now: () => number = () => performance.now()): TimerWheel {
  const slots: Timer[] = [];
  for (let i = 0; i < SLOTS; i++) {
    slots.push(createHead());
  }
  let size = 0;
  let position = 0;
  let ticking = false;

  function slotOf(time: number): number {
    return Math.floor(time / TICK_MS);
  }

  function tick(): void {
    const time = now();
    // Behind by more than a turn (a blocked event loop): every slot once is enough.
    const last = Math.min(slotOf(time), position + SLOTS);
    try {
      for (; position < last; position++) {
        sweep(slots[position % SLOTS], time);
      }
      position = slotOf(time);
    } finally {
      // Also after an expire() that throws: all other deadlines depend on the next tick.
      ticking = size > 0;
      if (ticking) {
        setTimeout(tick, TICK_MS);
      }
    }
  }

  function sweep(head: Timer | undefined, time: number): void {
    let timer = head?.next;
    // A head points at itself, so the list is empty when the walk is back at it.
    while (timer !== undefined && timer !== head) {
      const following: Timer | undefined = timer.next;
      if (timer.due <= time) {
        remove(timer);
        timer.expire();
        // expire() may have removed its neighbour: then start over, the list is short.
        timer = following?.next === undefined ? head?.next : following;
      } else {
        timer = following;
      }
    }
  }

  function remove(timer: Timer): void {
    const { previous, next } = timer;
    if (previous === undefined || next === undefined) {
      return;
    }
    previous.next = next;
    next.previous = previous;
    timer.previous = undefined;
    timer.next = undefined;
    size--;
  }

  return {
    add(timer, afterMs) {
      const time = now();
      timer.due = time + afterMs;
      if (!ticking) {
        ticking = true;
        position = slotOf(time);
        setTimeout(tick, TICK_MS);
      }
      // One slot later than it is due, so that a slot is swept when all of it is due.
      const head = slots[slotOf(timer.due) % SLOTS];
      if (head === undefined) {
        return;
      }
      const first = head.next;
      timer.previous = head;
      timer.next = first;
      if (first !== undefined) {
        first.previous = timer;
      }
      head.next = timer;
      size++;
    },
    remove,
  };
}

function createHead(): Timer {
  const head: Timer = { due: 0, previous: undefined, next: undefined, expire: ignore };
  head.previous = head;
  head.next = head;
  return head;
}

function ignore(): void {
  // A head is never due.
}
