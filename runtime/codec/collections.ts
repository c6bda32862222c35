import type { Reader } from "./wire.js";

/** Appends a packed run of values that `read` reads one by one. */
export function readPacked<T>(reader: Reader, read: (reader: Reader) => T, values: T[]): void {
  const end = reader.size() + reader.pos;
  if (end > reader.len) throw new RangeError("message is cut short");
  while (reader.pos < end) values.push(read(reader));
  if (reader.pos !== end) throw new RangeError("a packed value runs past its end");
}

/** Sets an entry of a map field; the key `__proto__` becomes an own property like any other. */
export function setEntry<V>(
  map: Record<number, V>,
  key: string | number | bigint | boolean,
  value: V,
): void {
  const property = String(key);
  if (property !== "__proto__") {
    (map as Record<string, V>)[property] = value;
    return;
  }
  Object.defineProperty(map, property, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** A copy of a map field, each value converted. */
export function mapValues<V, W>(
  map: Readonly<Record<number, V>>,
  convert: (value: V) => W,
): Record<string, W> {
  const copy: Record<string, W> = {};
  for (const [key, value] of entries(map)) setEntry(copy, key, convert(value));
  return copy;
}

/** The entries of a map field, which may be absent. Its keys are strings or numbers. */
export function entries<V>(map: Readonly<Record<number, V>> | undefined): [string, V][] {
  return map === undefined ? [] : Object.entries(map as Record<string, V>);
}

/** An object key as the boolean key of a `map<bool, …>`. */
export function boolKey(key: string): boolean {
  if (key === "true" || key === "false") return key === "true";
  throw new RangeError(`"${key}" is not a key of a map<bool, …>: "true" or "false"`);
}

/** An object key as a 32-bit integer key. */
export function intKey(key: string): number {
  if (/^-?\d+$/.test(key)) return Number(key);
  throw new RangeError(`"${key}" is not an integer key`);
}
