/**
 * Freezes plain data with all that it holds. What is frozen already is taken to
 * be frozen to its leaves, so shared parts are visited once.
 */
export function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
}
