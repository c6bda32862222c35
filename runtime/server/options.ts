import { checkKeys, describeUnknown } from "../check-keys.js";
import type { ServiceDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import type { ServerInterceptor } from "./interceptor.js";

/** How a worker runs a service. */
export interface ServeOptions {
  /** In place of the schema's: workers of one group share the calls. */
  readonly queueGroup?: string | undefined;
  /** Calls that run at once, over all methods. Default 1,024. A method's own limit is in the schema. */
  readonly maxConcurrency?: number | undefined;
  /** Calls that wait for a place. One more is refused with RESOURCE_EXHAUSTED. Default 4,096. */
  readonly maxQueue?: number | undefined;
  /** Around every call, the first outermost. */
  readonly interceptors?: readonly ServerInterceptor[] | undefined;
  /** Answer `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS`. Default true. */
  readonly discovery?: boolean | undefined;
  /** Announced over `$SRV.INFO`, over the schema's. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface CheckedServeOptions {
  readonly queueGroup: string;
  readonly maxConcurrency: number;
  readonly maxQueue: number;
  readonly interceptors: readonly ServerInterceptor[];
  readonly discovery: boolean;
  readonly metadata: Readonly<Record<string, string>>;
}

const KEYS = [
  "queueGroup",
  "maxConcurrency",
  "maxQueue",
  "interceptors",
  "discovery",
  "metadata",
] as const satisfies readonly (keyof ServeOptions)[];

export function checkServeOptions(
  service: ServiceDescriptor,
  options: ServeOptions,
): CheckedServeOptions {
  checkKeys("serve options", options, KEYS);
  return {
    queueGroup: options.queueGroup ?? service.queueGroup,
    maxConcurrency: atLeast("maxConcurrency", options.maxConcurrency ?? 1_024, 1),
    maxQueue: atLeast("maxQueue", options.maxQueue ?? 4_096, 0),
    interceptors: options.interceptors ?? [],
    discovery: options.discovery ?? true,
    metadata: { ...service.metadata, ...options.metadata },
  };
}

/** Names every method without a handler and every handler without a method, in one error. */
export function checkHandlers(service: ServiceDescriptor, handlers: object): void {
  const methods = Object.keys(service.methods);
  const missing = methods.filter((key) => typeof Reflect.get(handlers, key) !== "function");
  // Own keys only: a class may have methods of its own beside the handlers.
  const extra = Object.keys(handlers).filter(
    (key) => !methods.includes(key) && typeof Reflect.get(handlers, key) === "function",
  );
  const problems = [
    ...missing.map((key) => `no handler for "${key}"`),
    ...(isPlain(handlers) ? extra.map((key) => describeUnknown(key, methods)) : []),
  ];
  if (problems.length > 0) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `handlers of ${service.typeName}: ${problems.join("; ")}`,
    );
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function atLeast(name: string, value: number, minimum: number): number {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `serve options: ${name} is ${value}; it must be a whole number of at least ${minimum}`,
    );
  }
  return value;
}
