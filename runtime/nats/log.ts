import type { Logger } from "../transport.js";

/** What is used without a logger: what went wrong goes to the console, the rest nowhere. */
export const consoleLogger: Logger = {
  info: ignore,
  warn(fields, message) {
    console.warn(`natsgen: ${message}`, fields);
  },
  error(fields, message) {
    console.error(`natsgen: ${message}`, fields);
  },
};

export const silentLogger: Logger = { info: ignore, warn: ignore, error: ignore };

/** A logger that throws must not end a worker: what it throws is dropped. */
export function guarded(logger: Logger): Logger {
  const guard =
    (level: "info" | "warn" | "error"): Logger["info"] =>
    (fields, message) => {
      try {
        logger[level](fields, message);
      } catch (cause) {
        consoleLogger.error({ cause }, "the logger itself failed");
      }
    };
  return { info: guard("info"), warn: guard("warn"), error: guard("error") };
}

function ignore(): void {
  // Silence is what was asked for.
}
