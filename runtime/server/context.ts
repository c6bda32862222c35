import type { MethodDescriptor, ServiceDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import { Metadata } from "../metadata/metadata.js";
import { Header, headersToMetadata, readHeader } from "../metadata/wire.js";
import type { Timer, TimerWheel } from "../timers/wheel.js";
import type { InboundHeaders } from "../transport.js";

/** What a handler knows of its call beside the request. */
export interface HandlerContext {
  readonly service: ServiceDescriptor;
  readonly method: MethodDescriptor;
  /** Milliseconds left until the caller stops waiting; negative when it has. */
  readonly remainingMs: () => number;
  /** Aborts when the deadline passes or the worker gives up on the call; its reason is a NatsgenError. */
  readonly signal: AbortSignal;
  /** What came beside the request. */
  readonly metadata: Metadata;
  /** What goes beside the response; also beside an error. */
  readonly responseMetadata: Metadata;
  readonly idempotencyKey: string | undefined;
}

/** What the contexts of one endpoint share. */
export interface ContextScope {
  readonly service: ServiceDescriptor;
  readonly method: MethodDescriptor;
  readonly timers: TimerWheel;
  /** Contexts whose signal somebody holds, so that the worker can abort them. */
  readonly watched: Set<ServerContext>;
  /** Set once the worker has given up on what still runs. */
  abandoned: NatsgenError | undefined;
}

/**
 * A class with getters and no closures: most handlers look at none of this, so a
 * call pays for four fields, and for the rest when it is asked for.
 */
export class ServerContext implements HandlerContext, Timer {
  due = 0;
  previous: Timer | undefined = undefined;
  next: Timer | undefined = undefined;
  #controller: AbortController | undefined = undefined;
  #metadata: Metadata | undefined = undefined;
  #responseMetadata: Metadata | undefined = undefined;
  /** Asked for its signal after that, a context must not start a timer: nobody would stop it. */
  #ended = false;

  constructor(
    readonly scope: ContextScope,
    readonly headers: InboundHeaders | undefined,
    /** `performance.now()` at which the budget is used up. */
    readonly endsAt: number,
  ) {}

  get service(): ServiceDescriptor {
    return this.scope.service;
  }

  get method(): MethodDescriptor {
    return this.scope.method;
  }

  /** A function of its own, so that a handler may take the context apart: `{ remainingMs }`. */
  get remainingMs(): () => number {
    return () => this.endsAt - performance.now();
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      const left = this.endsAt - performance.now();
      if (this.#ended) {
        return this.#controller.signal;
      }
      if (this.scope.abandoned !== undefined) {
        this.#controller.abort(this.scope.abandoned);
      } else if (left <= 0) {
        this.expire();
      } else {
        this.scope.timers.add(this, left);
        this.scope.watched.add(this);
      }
    }
    return this.#controller.signal;
  }

  get metadata(): Metadata {
    this.#metadata ??= headersToMetadata(this.headers);
    return this.#metadata;
  }

  get responseMetadata(): Metadata {
    this.#responseMetadata ??= new Metadata();
    return this.#responseMetadata;
  }

  get idempotencyKey(): string | undefined {
    return this.headers === undefined
      ? undefined
      : readHeader(this.headers, Header.idempotencyKey) || undefined;
  }

  /** The response metadata, if the handler touched it. */
  get writtenMetadata(): Metadata | undefined {
    return this.#responseMetadata;
  }

  expire(): void {
    this.abort(
      new NatsgenError("DEADLINE_EXCEEDED", `the deadline of ${this.method.name} has passed`),
    );
  }

  abort(reason: NatsgenError): void {
    this.#unwatch();
    this.#controller?.abort(reason);
  }

  /** The call is over: its signal will not fire any more. */
  end(): void {
    this.#ended = true;
    this.#unwatch();
  }

  #unwatch(): void {
    if (this.#controller !== undefined) {
      this.scope.timers.remove(this);
      this.scope.watched.delete(this);
    }
  }
}
