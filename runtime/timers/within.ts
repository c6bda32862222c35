import { MAX_TIMEOUT_MS } from "./wheel.js";

/**
 * Waits for a promise, but no longer than `timeoutMs`: true when it settled well,
 * false when the time was over. A rejection is passed on; one that comes after the
 * time is dropped, as nobody waits for it any more.
 */
export async function within(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, Math.min(timeoutMs, MAX_TIMEOUT_MS), false);
  });
  try {
    return await Promise.race([promise.then(() => true as const), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
