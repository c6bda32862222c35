import type { MethodDescriptor, ServiceDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import { retryInfo } from "../errors/status.js";
import { DEFAULT_TIMEOUT_MS } from "../handle.js";
import { Header, metadataToHeaders, readHeader, WIRE_VERSION } from "../metadata/wire.js";
import { MAX_TIMEOUT_MS } from "../timers/wheel.js";
import type { InboundHeaders, InboundMessage, Transport } from "../transport.js";
import type { Admission, Lane } from "./admission.js";
import { type ContextScope, ServerContext } from "./context.js";
import type { ServerInvoke } from "./interceptor.js";
import { sendError, toReplyError } from "./reply.js";
import { createStats, type EndpointStats } from "./stats.js";

/** A message that waits for its turn. */
export interface Job {
  readonly endpoint: Endpoint;
  readonly message: InboundMessage;
  readonly arrivedAt: number;
}

export interface Endpoint {
  readonly method: MethodDescriptor;
  /** With the prefix. */
  readonly subject: string;
  readonly stats: EndpointStats;
  readonly scope: ContextScope;
  readonly onMessage: (message: InboundMessage) => void;
  /** Runs a job that waited; its place is taken already. */
  readonly start: (job: Job) => void;
  /** Answers a job without running it. */
  readonly refuse: (message: InboundMessage, error: NatsgenError) => void;
}

export interface EndpointOptions {
  readonly transport: Transport;
  readonly service: ServiceDescriptor;
  readonly method: MethodDescriptor;
  readonly subject: string;
  readonly invoke: ServerInvoke;
  readonly admission: Admission<Job>;
  readonly maxConcurrency: number;
}

/** What a refused caller is told to wait before it tries again. */
const RETRY_AFTER_MS = 100;

/**
 * One unary method of a worker: from the message to its reply. Written so that a
 * call without headers and with a synchronous handler runs straight through, with
 * no promise, no timer and no closure of its own.
 */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const { transport, service, method, subject, invoke, admission } = options;
  const { input, output } = method;
  const { log } = transport;
  const assumedMs = method.rules?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const stats = createStats();
  const lane: Lane<Job> = admission.addLane(method.rules?.maxConcurrency ?? options.maxConcurrency);
  const scope: ContextScope = {
    service,
    method,
    timers: transport.timers,
    watched: new Set(),
    abandoned: undefined,
  };

  function onMessage(message: InboundMessage): void {
    const arrivedAt = performance.now();
    if (admission.tryStart(lane)) {
      run(message, arrivedAt, arrivedAt);
      return;
    }
    if (!admission.tryQueue(lane, { endpoint, message, arrivedAt })) {
      refuse(
        message,
        new NatsgenError("RESOURCE_EXHAUSTED", `this worker of ${service.typeName} is full`, {
          details: [retryInfo(RETRY_AFTER_MS)],
        }),
      );
    }
  }

  function run(message: InboundMessage, arrivedAt: number, startedAt: number): void {
    let headers: InboundHeaders | undefined;
    let budgetMs = assumedMs;
    let unreadable: NatsgenError | undefined;
    try {
      // The client parses headers when they are first looked at, and throws on broken ones.
      headers = message.headers;
      budgetMs = headers === undefined ? assumedMs : readBudget(headers);
    } catch (cause) {
      unreadable = new NatsgenError("INVALID_ARGUMENT", "the request's headers cannot be read", {
        cause,
      });
    }
    const context = new ServerContext(scope, headers, arrivedAt + budgetMs);
    let result: object | Promise<object>;
    let later: Promise<object> | undefined;
    try {
      if (unreadable !== undefined) {
        throw unreadable;
      }
      if (headers !== undefined) {
        checkWire(headers);
      }
      if (startedAt - arrivedAt >= budgetMs) {
        throw new NatsgenError(
          "DEADLINE_EXCEEDED",
          "the deadline passed before the call could run",
        );
      }
      result = invoke(decode(message.data), context);
      later = toPromise(result);
    } catch (thrown) {
      fail(message, context, startedAt, thrown);
      return;
    }
    if (later !== undefined) {
      later.then(
        (response) => succeed(message, context, startedAt, response),
        (thrown: unknown) => fail(message, context, startedAt, thrown),
      );
    } else {
      succeed(message, context, startedAt, result);
    }
  }

  function decode(data: Uint8Array): object {
    try {
      return input.decode(data);
    } catch (cause) {
      throw new NatsgenError(
        "INVALID_ARGUMENT",
        `the request is not a ${input.typeName}: ${data.length} bytes that do not decode`,
        { cause },
      );
    }
  }

  function send(replyTo: string, bytes: Uint8Array, context: ServerContext): void {
    try {
      transport.publish(replyTo, bytes, metadataToHeaders(context.writtenMetadata));
    } catch (cause) {
      if (NatsgenError.from(cause).code !== "RESOURCE_EXHAUSTED") {
        throw cause;
      }
      // Said anew: the caller must not take it for its request, nor read its inbox's name.
      throw new NatsgenError(
        "RESOURCE_EXHAUSTED",
        `the response of ${method.name}, ${bytes.length} bytes and its metadata, is above the server's limit of ${transport.maxPayload} (max_payload)`,
        { cause },
      );
    }
  }

  function encode(response: unknown): Uint8Array {
    // A number or a text has no fields, so it would go out as an empty message.
    if (typeof response !== "object" || response === null) {
      throw new TypeError(
        `the handler of ${method.name} returned ${response === null ? "null" : typeof response}; it must return a ${output.typeName}`,
      );
    }
    return output.encode(response);
  }

  function readBudget(headers: InboundHeaders): number {
    const text = readHeader(headers, Header.timeout);
    if (text === undefined) {
      return assumedMs;
    }
    const budget = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    // A budget that cannot be read is the caller's mistake, but no reason to drop the call.
    return Number.isNaN(budget) ? assumedMs : Math.min(budget, MAX_TIMEOUT_MS);
  }

  function succeed(
    message: InboundMessage,
    context: ServerContext,
    startedAt: number,
    response: object,
  ): void {
    const replyTo = message.reply;
    try {
      const bytes = encode(response);
      if (replyTo) {
        send(replyTo, bytes, context);
      }
    } catch (thrown) {
      fail(message, context, startedAt, thrown);
      return;
    }
    finish(context, startedAt);
  }

  function fail(
    message: InboundMessage,
    context: ServerContext,
    startedAt: number,
    thrown: unknown,
  ): void {
    const { error, unexpected } = toReplyError(thrown);
    if (unexpected) {
      log.error(
        { service: service.typeName, method: method.name, error: thrown },
        "a handler failed",
      );
    }
    count(error);
    answer(message, error, context);
    finish(context, startedAt);
  }

  function refuse(message: InboundMessage, error: NatsgenError): void {
    stats.requests++;
    count(error);
    answer(message, error, undefined);
  }

  function answer(
    message: InboundMessage,
    error: NatsgenError,
    context: ServerContext | undefined,
  ): void {
    const replyTo = message.reply;
    if (!replyTo) {
      log.warn(
        { service: service.typeName, method: method.name, code: error.code },
        "a message without a reply subject failed",
      );
      return;
    }
    try {
      sendError(transport, replyTo, error, context?.writtenMetadata);
    } catch (cause) {
      log.warn(
        { service: service.typeName, method: method.name, code: error.code, error: cause },
        "an error reply could not be sent",
      );
    }
  }

  function count(error: NatsgenError): void {
    stats.errors++;
    stats.lastError = error.message;
  }

  function finish(context: ServerContext, startedAt: number): void {
    stats.requests++;
    stats.processingMs += performance.now() - startedAt;
    context.end();
    admission.leave(lane);
  }

  const endpoint: Endpoint = {
    method,
    subject,
    stats,
    scope,
    onMessage,
    start: (job) => run(job.message, job.arrivedAt, performance.now()),
    refuse,
  };
  return endpoint;
}

/** A caller that speaks another wire is told so, before its bytes are misread. */
function checkWire(headers: InboundHeaders): void {
  const wire = readHeader(headers, Header.wire);
  if (wire !== undefined && wire !== WIRE_VERSION) {
    throw new NatsgenError(
      "UNIMPLEMENTED",
      `this worker speaks version ${WIRE_VERSION} of the wire, not ${JSON.stringify(wire)}`,
    );
  }
}

/**
 * Any thenable: a handler may return another library's promise. One that is not
 * the language's own is wrapped, as it may settle twice or throw from `then`.
 */
function toPromise(value: object | Promise<object>): Promise<object> | undefined {
  if (value instanceof Promise) {
    return value;
  }
  const isThenable =
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function";
  return isThenable ? Promise.resolve(value) : undefined;
}
