import { NatsgenError } from "../errors/error.js";

/** What a Metadata can be made of. */
export type MetadataInit =
  | Metadata
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[]>>;

/** RFC 9110 `token`: what NATS accepts as a header name without the colon. */
const KEY = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const CR = 13;
const LF = 10;
const NUL = 0;

/**
 * Pairs that travel beside a message, as NATS headers. Keys are lower case and
 * may hold several values, in order.
 *
 * Keys are RFC 9110 tokens. `nats-*` and `natsgen-*` belong to the server and to
 * natsgen: setting one is INVALID_ARGUMENT, and one that arrives is dropped.
 * Values hold no CR, LF or NUL, and lose white space at both ends on the wire.
 */
export class Metadata implements Iterable<readonly [string, string]> {
  #values: Map<string, string[]> | undefined;

  constructor(init?: MetadataInit) {
    if (init === undefined) {
      return;
    }
    if (Symbol.iterator in init) {
      for (const [key, value] of init) {
        this.append(key, value);
      }
      return;
    }
    for (const [key, value] of Object.entries(init)) {
      for (const one of typeof value === "object" && value !== null ? value : [value]) {
        this.append(key, one);
      }
    }
  }

  /** Number of keys. */
  get size(): number {
    return this.#values?.size ?? 0;
  }

  /** The first value of a key. */
  get(key: string): string | undefined {
    return this.#values?.get(key.toLowerCase())?.[0];
  }

  /** All values of a key, in order. */
  getAll(key: string): readonly string[] {
    return this.#values?.get(key.toLowerCase()) ?? [];
  }

  has(key: string): boolean {
    return this.#values?.has(key.toLowerCase()) ?? false;
  }

  /** Puts one value in place of all that the key had. */
  set(key: string, value: string): this {
    this.delete(key);
    return this.append(key, value);
  }

  /** Adds a value behind those that the key has. */
  append(key: string, value: string): this {
    const name = checkKey(key);
    checkValue(name, value);
    this.#values ??= new Map();
    const values = this.#values.get(name);
    if (values === undefined) {
      this.#values.set(name, [value]);
    } else {
      values.push(value);
    }
    return this;
  }

  delete(key: string): boolean {
    return this.#values?.delete(key.toLowerCase()) ?? false;
  }

  /** Each key once. */
  keys(): string[] {
    return [...(this.#values?.keys() ?? [])];
  }

  /** Each value with its key; a key with two values comes twice. */
  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (const [key, values] of this.#values ?? []) {
      for (const value of values) {
        yield [key, value];
      }
    }
  }
}

/** True for the names that the server and natsgen keep for themselves. Takes lower case. */
export function isReservedKey(key: string): boolean {
  return key.startsWith("nats-") || key.startsWith("natsgen-");
}

/** True for a name that can be a header. */
export function isMetadataKey(key: string): boolean {
  return KEY.test(key);
}

function checkKey(key: string): string {
  if (!KEY.test(key)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `metadata key ${JSON.stringify(key)} is not a token of letters, digits and !#$%&'*+-.^_\`|~`,
    );
  }
  const name = key.toLowerCase();
  if (isReservedKey(name)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `metadata key "${name}" is reserved: names that begin with "nats-" or "natsgen-" cannot be set`,
    );
  }
  return name;
}

function checkValue(key: string, value: unknown): void {
  if (typeof value !== "string") {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `the metadata value of "${key}" is ${value === null ? "null" : typeof value}; it must be a string`,
    );
  }
  if (hasLineBreak(value)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `the metadata value of "${key}" holds CR, LF or NUL, which a header cannot carry`,
    );
  }
}

/** True for text that would end a header line: CR, LF or NUL. */
export function hasLineBreak(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if (c === CR || c === LF || c === NUL) {
      return true;
    }
  }
  return false;
}
