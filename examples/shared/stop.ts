/**
 * A signal that aborts when the process is asked to stop: Ctrl-C (SIGINT), or SIGTERM from a
 * supervisor or a container.
 *
 * The handlers stay in place: npm passes Ctrl-C on to a process that the terminal has told
 * already, and the second one must not cut the drain short.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => controller.abort(name));
  }
  return controller.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
