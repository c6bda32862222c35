import type { Metadata, MetadataInit } from "../metadata/metadata.js";

export interface PublishOptions {
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly metadata?: MetadataInit | undefined;
}

/** The stream's confirmation that it holds the event. */
export interface PublishAck {
  readonly stream: string;
  readonly sequence: bigint;
  /** True: the stream had an event with this `Nats-Msg-Id` already. */
  readonly duplicate: boolean;
}

export interface ConsumeOptions {
  /** Name of the durable consumer; instances with one name share the events. */
  readonly durable: string;
  /** Events handled at once. */
  readonly maxConcurrency?: number | undefined;
}

/** What a handler knows of its event beside the event. */
export interface EventContext {
  readonly subject: string;
  readonly metadata: Metadata;
  readonly streamSequence: bigint;
  /** 1 for the first delivery. */
  readonly deliveryCount: number;
  readonly signal: AbortSignal;
}

/** A consumer that runs. */
export interface Consumer {
  drain(timeoutMs?: number): Promise<void>;
  readonly stopped: Promise<void>;
}
