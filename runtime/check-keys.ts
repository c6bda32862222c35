import { NatsgenError } from "./errors/error.js";
import { nearest } from "./nearest.js";

/** Refuses keys that are not known, naming the nearest that is: a typo must not become a default. */
export function checkKeys(what: string, options: object, known: readonly string[]): void {
  const problems = Object.keys(options)
    .filter((key) => !known.includes(key))
    .map((key) => describeUnknown(key, known));
  if (problems.length > 0) {
    throw new NatsgenError("INVALID_ARGUMENT", `${what}: ${problems.join("; ")}`);
  }
}

export function describeUnknown(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? `unknown "${key}"` : `unknown "${key}"; did you mean "${near}"?`;
}
