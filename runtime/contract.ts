/**
 * What generated code and the runtime agree on: the shapes of the descriptors
 * that natsgen emits. Types only, but for the version; nothing here does
 * anything.
 *
 * `CONTRACT_VERSION` changes when generated code of one version cannot run on a
 * runtime of another. Both sides check it, so a stale `generated/` fails with
 * one clear sentence and not with a strange one.
 */
export const CONTRACT_VERSION = 1;

/** A JSON value, as `JSON.parse` gives it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

export interface JsonReadOptions {
  /** Skip unknown fields in place of refusing them. Default false. */
  readonly ignoreUnknownFields?: boolean;
  /** Types that a `google.protobuf.Any` may hold. */
  readonly registry?: TypeRegistry;
}

export interface JsonWriteOptions {
  /** Write fields that hold their zero value too. Default false. */
  readonly alwaysEmitImplicit?: boolean;
  /** Write enums as numbers. Default false. */
  readonly enumAsInteger?: boolean;
  /** Write the schema's field names in place of lowerCamelCase. Default false. */
  readonly useProtoFieldName?: boolean;
  readonly registry?: TypeRegistry;
}

/** Finds message types by full name, for `google.protobuf.Any`. */
export interface TypeRegistry {
  get(typeName: string): MessageType | undefined;
}

/**
 * A generated message class: its constructor and its codecs.
 *
 * `Init` is what callers may hand in: every field optional, nested messages as
 * plain objects. `encode` and `toJson` take an `Init` as it is, without making
 * an instance first.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bounds of a type parameter that stands for any message
export interface MessageType<T extends object = any, Init = any> {
  /** Full name in the schema: `game.orders.v1.Order`. */
  readonly typeName: string;
  new (init?: Init): T;
  /** The protobuf wire format. Throws `RangeError`/`TypeError` on a value the field cannot hold. */
  encode(message: Init): Uint8Array;
  /** Throws on malformed bytes. */
  decode(bytes: Uint8Array): T;
  /** proto3 canonical JSON. */
  toJson(message: Init, options?: JsonWriteOptions): JsonValue;
  /** Reads proto3 canonical JSON. Throws with the path of the value that does not fit. */
  fromJson(json: JsonValue, options?: JsonReadOptions): T;
}

/** The four kinds of RPC. */
export type MethodKind = "unary" | "serverStreaming" | "clientStreaming" | "bidiStreaming";

/** `google.protobuf.MethodOptions.IdempotencyLevel`. */
export type Idempotency = "unknown" | "noSideEffects" | "idempotent";

/** `natsgen.v1.MethodRules`, durations in milliseconds. Absent: the runtime's default. */
export interface MethodRules {
  readonly timeoutMs?: number;
  readonly retry?: {
    readonly maxAttempts?: number;
    readonly initialBackoffMs?: number;
    readonly maxBackoffMs?: number;
    readonly backoffMultiplier?: number;
  };
  readonly idempotencyKey?: {
    readonly mode: "ignored" | "optional" | "required";
    readonly ttlMs?: number;
  };
  readonly breaker?: {
    readonly scope?: "method" | "service" | "off";
    readonly failureRatio?: number;
    readonly minimumCalls?: number;
    readonly windowMs?: number;
    readonly openForMs?: number;
  };
  readonly stream?: {
    readonly windowMessages?: number;
    readonly windowBytes?: number;
    readonly heartbeatMs?: number;
  };
  readonly cache?: { readonly ttlMs: number };
  readonly maxConcurrency?: number;
}

/** One method of a service. */
export interface MethodDescriptor<I extends object = object, O extends object = object> {
  /** Name in the schema: `CreateOrder`. */
  readonly name: string;
  readonly kind: MethodKind;
  /** Subject without the runtime's prefix: `game.orders.v1.OrderService.CreateOrder`. */
  readonly subject: string;
  readonly input: MessageType<I>;
  readonly output: MessageType<O>;
  /** Absent: unknown. */
  readonly idempotency?: Idempotency;
  readonly rules?: MethodRules;
}

/** One service. Keys of `methods` are the names of the TypeScript methods. */
export interface ServiceDescriptor {
  readonly contract: typeof CONTRACT_VERSION;
  /** `game.orders.v1.OrderService`. */
  readonly typeName: string;
  /** Queue group that workers share. */
  readonly queueGroup: string;
  /** Semantic version announced over `$SRV`. */
  readonly version: string;
  /** First sentence(s) of the schema's comment, announced over `$SRV`. */
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly methods: Readonly<Record<string, MethodDescriptor>>;
}

/** An event: a message that is published to a JetStream stream. */
export interface EventDescriptor<T extends object = object> {
  readonly contract: typeof CONTRACT_VERSION;
  /** Full name of the message. */
  readonly typeName: string;
  readonly message: MessageType<T>;
  readonly stream: string;
  /** Subject without prefix; parameters in braces by property name: `orders.placed.{orderId}`. */
  readonly subject: string;
  /** The subject with `*` for each parameter. */
  readonly wildcard: string;
  /** Property whose value becomes `Nats-Msg-Id`. */
  readonly dedupeField?: string;
  /** Property whose equal values are handled in order. */
  readonly orderingField?: string;
}

/** A JetStream stream that events are stored in. Durations in milliseconds. */
export interface StreamDefinition {
  readonly contract: typeof CONTRACT_VERSION;
  readonly name: string;
  readonly description?: string;
  /** Subjects without prefix. */
  readonly subjects: readonly string[];
  readonly maxAgeMs?: number;
  readonly maxBytes?: bigint;
  readonly replicas: number;
  readonly storage: "file" | "memory";
  readonly duplicateWindowMs: number;
}

/** A part of a path template: text that must match, `*` (one segment) or `**` (the rest). */
export type RouteSegment = { readonly literal: string } | "*" | "**";

/** One HTTP route of a method: data only, for a gateway. Grammar: `google.api.http`. */
export interface RouteDescriptor {
  /** Upper case: `GET`. */
  readonly httpMethod: string;
  /** The template as written in the schema: `/v1/orders/{order_id}`. */
  readonly path: string;
  readonly segments: readonly RouteSegment[];
  /** Text behind the last segment's colon. */
  readonly verb?: string;
  /** A variable covers segments [start, end) and fills the field at `field` (property names). */
  readonly variables: readonly {
    readonly field: readonly string[];
    readonly start: number;
    readonly end: number;
  }[];
  /** `*`: the whole message; a property name: that field; absent: no body. */
  readonly body?: string;
  /** Property of the response that is the whole HTTP body. */
  readonly responseBody?: string;
  readonly service: ServiceDescriptor;
  readonly method: MethodDescriptor;
}
