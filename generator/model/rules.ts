import type { Findings } from "./diagnostics.js";
import type { OptionNode } from "./options.js";
import type { MethodRules, Position } from "./types.js";

/** Longest timer of JavaScript; a longer one fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1;
/** NATS counts ages in nanoseconds, as a signed 64-bit integer: 292 years. */
export const MAX_AGE_MS = 9_223_372_036_854;

type KeyPolicy = NonNullable<MethodRules["idempotencyKey"]>;

/** Rules as one option has them: even the mode of idempotency keys may be left to the defaults. */
export interface OwnRules extends Omit<MethodRules, "idempotencyKey"> {
  readonly idempotencyKey?: Partial<KeyPolicy>;
}

type Rules = { -readonly [K in keyof OwnRules]: OwnRules[K] };

/** The rules of one `natsgen.v1.MethodRules`; what is absent in the schema is absent here. */
export function readMethodRules(node: OptionNode | undefined, findings: Findings): OwnRules {
  if (node === undefined) return {};
  const check = createChecks(findings);
  const rules: Rules = {};
  const timeoutMs = check.duration(node, "timeout", MAX_TIMER_MS);
  if (timeoutMs !== undefined) rules.timeoutMs = timeoutMs;
  const retry = node.child("retry");
  if (retry !== undefined) rules.retry = readRetry(retry, check, findings);
  const idempotency = node.child("idempotency");
  if (idempotency !== undefined) rules.idempotencyKey = readIdempotency(idempotency, check);
  const breaker = node.child("breaker");
  if (breaker !== undefined) rules.breaker = readBreaker(breaker, check);
  const stream = node.child("stream");
  if (stream !== undefined) {
    rules.stream = defined({
      windowMessages: check.positive(stream, "window_messages"),
      windowBytes: check.positive(stream, "window_bytes"),
      heartbeatMs: check.duration(stream, "heartbeat", MAX_TIMER_MS),
    });
  }
  const cache = node.child("cache");
  const ttlMs = cache === undefined ? undefined : check.duration(cache, "ttl", MAX_AGE_MS);
  if (ttlMs !== undefined) rules.cache = { ttlMs };
  if (cache !== undefined && !cache.has("ttl")) {
    findings.error("invalid-rule", cache.at(), "a cache policy needs a ttl");
  }
  const maxConcurrency = check.positive(node, "max_concurrency");
  if (maxConcurrency !== undefined) rules.maxConcurrency = maxConcurrency;
  return rules;
}

/** The service's defaults with a method's own rules over them, field by field. */
export function mergeRules(defaults: OwnRules, own: OwnRules): MethodRules {
  const { idempotencyKey: defaultKey, ...defaultRest } = defaults;
  const { idempotencyKey: ownKey, ...ownRest } = own;
  return {
    ...defaultRest,
    ...ownRest,
    ...merged("retry", defaults.retry, own.retry),
    ...merged("breaker", defaults.breaker, own.breaker),
    ...merged("stream", defaults.stream, own.stream),
    ...(defaultKey === undefined && ownKey === undefined
      ? {}
      : { idempotencyKey: { mode: "ignored" as const, ...defaultKey, ...ownKey } }),
  };
}

function merged<K extends string, T extends object>(
  key: K,
  defaults: T | undefined,
  own: T | undefined,
): Partial<Record<K, T>> | undefined {
  if (defaults === undefined || own === undefined) return undefined;
  const both: Partial<Record<K, T>> = {};
  both[key] = { ...defaults, ...own };
  return both;
}

function readRetry(
  node: OptionNode,
  check: Checks,
  findings: Findings,
): NonNullable<MethodRules["retry"]> {
  const retry = defined({
    maxAttempts: check.positive(node, "max_attempts", 10),
    initialBackoffMs: check.duration(node, "initial_backoff", MAX_TIMER_MS),
    maxBackoffMs: check.duration(node, "max_backoff", MAX_TIMER_MS),
    backoffMultiplier: check.within(node, "backoff_multiplier", {
      holds: (value) => value >= 1 && value <= 100,
      meaning: "from 1 to 100",
    }),
  });
  const { initialBackoffMs, maxBackoffMs } = retry;
  if (
    initialBackoffMs !== undefined &&
    maxBackoffMs !== undefined &&
    initialBackoffMs > maxBackoffMs
  ) {
    findings.error(
      "invalid-rule",
      node.at("max_backoff"),
      `max_backoff (${maxBackoffMs} ms) is shorter than initial_backoff (${initialBackoffMs} ms)`,
    );
  }
  return retry;
}

const KEY_MODES: Readonly<Record<string, KeyPolicy["mode"]>> = {
  IDEMPOTENCY_KEY_IGNORED: "ignored",
  IDEMPOTENCY_KEY_OPTIONAL: "optional",
  IDEMPOTENCY_KEY_REQUIRED: "required",
};

function readIdempotency(node: OptionNode, check: Checks): Partial<KeyPolicy> {
  return defined({
    mode: KEY_MODES[check.name(node, "key")],
    ttlMs: check.duration(node, "ttl", MAX_AGE_MS),
  });
}

const BREAKER_SCOPES: Readonly<Record<string, "method" | "service" | "off">> = {
  BREAKER_SCOPE_METHOD: "method",
  BREAKER_SCOPE_SERVICE: "service",
  BREAKER_SCOPE_OFF: "off",
};

function readBreaker(node: OptionNode, check: Checks): NonNullable<MethodRules["breaker"]> {
  return defined({
    scope: BREAKER_SCOPES[check.name(node, "scope")],
    failureRatio: check.within(node, "failure_ratio", {
      holds: (value) => value > 0 && value <= 1,
      meaning: "above 0 and at most 1",
    }),
    minimumCalls: check.positive(node, "minimum_calls"),
    windowMs: check.duration(node, "window", MAX_TIMER_MS),
    openForMs: check.duration(node, "open_for", MAX_TIMER_MS),
  });
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined: absent means natsgen's default. */
export function defined<T extends object>(values: T): Defined<T> {
  const result: Defined<T> = {};
  for (const key of keysOf(values)) {
    const value = values[key];
    if (isDefined(value)) result[key] = value;
  }
  return result;
}

function keysOf<T extends object>(values: T): (keyof T)[] {
  const keys: (keyof T)[] = [];
  for (const key in values) keys.push(key);
  return keys;
}

function isDefined<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}

interface Range {
  readonly holds: (value: number) => boolean;
  readonly meaning: string;
}

export interface Checks {
  /** A google.protobuf.Duration in whole milliseconds, from 1 to `limit`. */
  duration(node: OptionNode, name: string, limit: number): number | undefined;
  /** A count from 1 to `limit`. */
  positive(node: OptionNode, name: string, limit?: number): number | undefined;
  within(node: OptionNode, name: string, range: Range): number | undefined;
  /** Name of an enum's value, empty where there is none. */
  name(node: OptionNode, name: string): string;
}

/** Readers that report what is out of its range, and then give nothing. */
export function createChecks(findings: Findings): Checks {
  const refuse = (position: Position, message: string): undefined => {
    findings.error("invalid-rule", position, message);
  };

  function within(node: OptionNode, name: string, range: Range): number | undefined {
    const value = node.number(name);
    if (value === undefined || range.holds(value)) return value;
    return refuse(node.at(name), `${name} must be ${range.meaning}, not ${value}`);
  }

  return {
    within,
    positive: (node, name, limit = 2 ** 32 - 1) =>
      within(node, name, {
        holds: (value) => value >= 1 && value <= limit,
        meaning: limit < 2 ** 32 - 1 ? `from 1 to ${limit}` : "at least 1",
      }),
    duration(node, name, limit) {
      const child = node.child(name);
      if (child === undefined) return undefined;
      const milliseconds =
        Number(child.bigint("seconds") ?? 0n) * 1000 + (child.number("nanos") ?? 0) / 1_000_000;
      if (milliseconds <= 0) return refuse(node.at(name), `${name} must be above zero`);
      if (!Number.isInteger(milliseconds)) {
        return refuse(node.at(name), `${name} must be whole milliseconds, not ${milliseconds} ms`);
      }
      if (milliseconds <= limit) return milliseconds;
      return refuse(node.at(name), `${name} must be at most ${limit} ms, not ${milliseconds} ms`);
    },
    name: (node, name) => node.string(name) ?? "",
  };
}
