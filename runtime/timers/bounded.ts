import type { Timer, TimerWheel } from "./wheel.js";

/** A promise that rejects with `onTimeout()` when the other one takes longer than `timeoutMs`. */
export function boundedBy<T>(
  timers: TimerWheel,
  timeoutMs: number,
  promise: Promise<T>,
  onTimeout: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer: Timer = {
      due: 0,
      previous: undefined,
      next: undefined,
      expire: () => reject(onTimeout()),
    };
    timers.add(timer, timeoutMs);
    promise.then(
      (value) => {
        timers.remove(timer);
        resolve(value);
      },
      (error: unknown) => {
        timers.remove(timer);
        reject(error);
      },
    );
  });
}
