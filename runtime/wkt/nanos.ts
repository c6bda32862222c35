/** A fraction of a second with 0, 3, 6 or 9 digits, the dot included; empty for 0. */
export function formatNanos(nanos: number): string {
  if (nanos === 0) return "";
  const digits = String(nanos).padStart(9, "0");
  if (digits.endsWith("000000")) return `.${digits.slice(0, 3)}`;
  return digits.endsWith("000") ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

/** Up to nine digits behind a dot, as nanoseconds. */
export function parseNanos(fraction: string): number {
  return Number(fraction.padEnd(9, "0"));
}
