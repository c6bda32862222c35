import { NatsgenError } from "../errors/error.js";
import { hasLineBreak, Metadata } from "../metadata/metadata.js";
import { Header } from "../metadata/wire.js";
import type { HeaderList } from "../transport.js";
import type { CallOptions } from "./options.js";

/** W3C Trace Context and Baggage: they describe the whole chain of calls, so they go along. */
const INHERITED = ["traceparent", "tracestate", "baggage"] as const;
const MAX_IDEMPOTENCY_KEY = 256;

/** The header lines of a request; `undefined` when there is nothing to say. */
export function buildHeaders(
  budgetMs: number | undefined,
  idempotencyKey: string | undefined,
  metadata: Metadata | undefined,
): HeaderList | undefined {
  const hasMetadata = metadata !== undefined && metadata.size > 0;
  if (budgetMs === undefined && idempotencyKey === undefined && !hasMetadata) {
    return undefined;
  }
  const lines: (readonly [string, string])[] = [];
  if (budgetMs !== undefined) {
    lines.push([Header.timeout, String(Math.max(1, Math.ceil(budgetMs)))]);
  }
  if (idempotencyKey !== undefined) {
    lines.push([Header.idempotencyKey, checkIdempotencyKey(idempotencyKey)]);
  }
  if (hasMetadata) {
    lines.push(...metadata);
  }
  return lines;
}

/** Client's, then inherited, then the call's own metadata; later ones replace earlier, key by key. */
export function mergeMetadata(
  always: Metadata | undefined,
  options: CallOptions,
  propagate: readonly string[],
): Metadata | undefined {
  if (options.metadata === undefined && options.context === undefined) {
    // A copy, as interceptors may add to it.
    return always && new Metadata(always);
  }
  const merged = new Metadata(always);
  if (options.context !== undefined) {
    const { metadata } = options.context;
    for (const key of [...INHERITED, ...propagate]) {
      replace(merged, key, metadata.getAll(key));
    }
  }
  if (options.metadata !== undefined) {
    const own = new Metadata(options.metadata);
    for (const key of own.keys()) {
      replace(merged, key, own.getAll(key));
    }
  }
  return merged;
}

export function mergeSignals(options: CallOptions): AbortSignal | undefined {
  const inherited = options.context?.signal;
  if (options.signal === undefined || inherited === undefined) {
    return options.signal ?? inherited;
  }
  return AbortSignal.any([options.signal, inherited]);
}

function replace(target: Metadata, key: string, values: readonly string[]): void {
  if (values.length === 0) {
    return;
  }
  target.delete(key);
  for (const value of values) {
    target.append(key, value);
  }
}

function checkIdempotencyKey(key: string): string {
  if (key.trim() !== key || key === "" || key.length > MAX_IDEMPOTENCY_KEY || hasLineBreak(key)) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `an idempotency key is 1 to ${MAX_IDEMPOTENCY_KEY} characters on one line, with no white space around it`,
    );
  }
  return key;
}
