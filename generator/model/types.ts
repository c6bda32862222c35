/**
 * The model: what a set of schemas says, as plain frozen data.
 *
 * Everything that emits, lints or compares reads this and nothing else. Types
 * are referred to by their full name (`game.orders.v1.Order`, no leading dot)
 * and looked up in `Schema.messages` / `Schema.enums`, so the data has no
 * cycles and can be printed, compared and cached.
 */

/** A place in a source file. Lines and columns count from 1; `endColumn` is exclusive. */
export interface Position {
  /** Path as shown to people: relative to the working directory where possible. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Comments of a declaration, with comment markers and common indentation removed. */
export interface Comments {
  /** The comment directly above. Empty if there is none. */
  readonly leading: string;
  /** The comment on the same line, or directly below. Empty if there is none. */
  readonly trailing: string;
}

/** All that was loaded: the files asked for, and what they import. */
export interface Schema {
  /** Every file in the order of its import path (code-unit order). */
  readonly files: readonly ProtoFile[];
  /** Packages that code is generated for, in the order of their names. */
  readonly packages: readonly Package[];
  /** Every message by full name, nested and imported ones included. Map entries are left out. */
  readonly messages: ReadonlyMap<string, Message>;
  /** Every enum by full name, nested and imported ones included. */
  readonly enums: ReadonlyMap<string, Enum>;
}

export interface ProtoFile {
  /** Import path: `game/orders/v1/orders.proto`. */
  readonly path: string;
  readonly package: string;
  readonly syntax: "proto2" | "proto3" | "editions";
  /** True for files that code is generated for; false for imports that live elsewhere (well-known types, google.api, natsgen's own). */
  readonly generate: boolean;
  /** Comment above `syntax` or `package`. */
  readonly comments: Comments;
}

/** What one proto package declares, over all its files. */
export interface Package {
  /** `game.orders.v1`; empty for files without a package. */
  readonly name: string;
  /** Folder below the output: `game/orders/v1`. */
  readonly directory: string;
  /** Import paths of the package's files, sorted. */
  readonly sources: readonly string[];
  /** Messages, top-level and nested, parents before children, in source order. */
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly services: readonly Service[];
  readonly events: readonly Event[];
  readonly streams: readonly Stream[];
  readonly extensions: readonly Extension[];
}

export type ScalarType =
  | "double"
  | "float"
  | "int32"
  | "int64"
  | "uint32"
  | "uint64"
  | "sint32"
  | "sint64"
  | "fixed32"
  | "fixed64"
  | "sfixed32"
  | "sfixed64"
  | "bool"
  | "string"
  | "bytes";

/** How a 64-bit integer appears in TypeScript: `[jstype]`, `bigint` by default. */
export type LongType = "bigint" | "number" | "string";

/** The type of a value: of a field, of a map's value, of a repeated element. */
export type ValueType =
  | {
      readonly kind: "scalar";
      readonly scalar: ScalarType;
      readonly long: LongType;
      readonly utf8: boolean;
    }
  | { readonly kind: "enum"; readonly typeName: string }
  | {
      readonly kind: "message";
      readonly typeName: string /** Group encoding on the wire. */;
      readonly delimited: boolean;
    };

export interface Message {
  /** Name in the schema: `Line`. */
  readonly name: string;
  /** Full name: `game.orders.v1.Order.Line`. */
  readonly typeName: string;
  /** Name in TypeScript: `Order_Line`; a clash gets the documented suffix. */
  readonly localName: string;
  /** Import path of the declaring file. */
  readonly file: string;
  readonly package: string;
  /** Full name of the enclosing message. */
  readonly parent: string | undefined;
  /** Fields in source order, oneof members included. */
  readonly fields: readonly Field[];
  /** Real oneofs; the synthetic ones of `optional` are left out. */
  readonly oneofs: readonly Oneof[];
  /** Ranges that extensions may use: [start, end). */
  readonly extensionRanges: readonly (readonly [number, number])[];
  /** proto2 `message_set_wire_format`. */
  readonly messageSet: boolean;
  readonly deprecated: boolean;
  readonly comments: Comments;
  readonly position: Position;
}

export interface Field {
  /** Name in the schema: `order_id`. For a group, the lower-cased name. */
  readonly name: string;
  /** Property in TypeScript: `orderId`; a clash gets the documented suffix. */
  readonly localName: string;
  /** Name in canonical JSON. */
  readonly jsonName: string;
  readonly number: number;
  readonly shape:
    | { readonly kind: "singular"; readonly value: ValueType }
    | { readonly kind: "repeated"; readonly value: ValueType; readonly packed: boolean }
    | {
        readonly kind: "map";
        readonly key: ScalarType /** TypeScript type of a 64-bit key in the codec; object keys are always strings. */;
        readonly value: ValueType;
      };
  /**
   * implicit: unset equals the zero value. explicit: unset is `undefined`
   * (optional, message fields, oneof members). required: proto2 `required`.
   * Meaningless (always "implicit") for repeated and map fields.
   */
  readonly presence: "implicit" | "explicit" | "required";
  /** Name (not localName) of the oneof that the field belongs to. */
  readonly oneof: string | undefined;
  /** proto2/editions `[default = …]`, as a literal of the field's type; enum defaults by value name. bytes as an array of numbers. */
  readonly defaultValue: string | number | boolean | bigint | readonly number[] | undefined;
  readonly redact: boolean;
  readonly deprecated: boolean;
  readonly comments: Comments;
  readonly position: Position;
}

export interface Oneof {
  readonly name: string;
  readonly localName: string;
  /** Names (not localNames) of the member fields. */
  readonly fields: readonly string[];
  readonly comments: Comments;
}

export interface Enum {
  readonly name: string;
  readonly typeName: string;
  readonly localName: string;
  readonly file: string;
  readonly package: string;
  readonly parent: string | undefined;
  /** False for closed enums (proto2): an unknown number is then an unknown field. */
  readonly open: boolean;
  readonly values: readonly EnumValue[];
  readonly deprecated: boolean;
  readonly comments: Comments;
  readonly position: Position;
}

export interface EnumValue {
  /** Name in the schema and in JSON: `ORDER_STATUS_PAID`. */
  readonly name: string;
  /** Key in TypeScript, the enum's prefix removed: `PAID`. */
  readonly localName: string;
  readonly number: number;
  readonly deprecated: boolean;
  readonly comments: Comments;
}

/** A proto2/editions extension field. */
export interface Extension {
  /** Full name: `pkg.field` or `pkg.Scope.field`. */
  readonly typeName: string;
  readonly localName: string;
  /** Full name of the extended message. */
  readonly extendee: string;
  readonly field: Field;
  readonly file: string;
}

export type MethodKind = "unary" | "serverStreaming" | "clientStreaming" | "bidiStreaming";

export interface Service {
  /** `OrderService`. */
  readonly name: string;
  readonly typeName: string;
  /** Name of the exported descriptor. Derived names (`…Client`, `…Handlers`, `…Subjects`) come from it. */
  readonly localName: string;
  readonly file: string;
  readonly package: string;
  /** Subject that methods hang under. */
  readonly subject: string;
  readonly queueGroup: string;
  readonly version: string;
  /** Sorted by key. */
  readonly metadata: readonly (readonly [string, string])[];
  readonly methods: readonly Method[];
  readonly deprecated: boolean;
  readonly comments: Comments;
  readonly position: Position;
}

export interface Method {
  /** `CreateOrder`. */
  readonly name: string;
  /** `createOrder`; a clash gets the documented suffix. */
  readonly localName: string;
  readonly kind: MethodKind;
  /** Whole subject: `game.orders.v1.OrderService.CreateOrder`. */
  readonly subject: string;
  /** Full names of messages. */
  readonly input: string;
  readonly output: string;
  readonly idempotency: "unknown" | "noSideEffects" | "idempotent";
  /** The service's defaults and the method's own rules, merged. */
  readonly rules: MethodRules;
  /** google.api.http, additional_bindings flattened behind the first. */
  readonly routes: readonly Route[];
  readonly deprecated: boolean;
  readonly comments: Comments;
  readonly position: Position;
}

/** natsgen.v1.MethodRules with durations in milliseconds; absent means natsgen's default. */
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

/** One HTTP binding of a method, parsed. Grammar: google/api/http.proto. */
export interface Route {
  /** GET, PUT, POST, DELETE, PATCH or a custom kind, upper case. */
  readonly httpMethod: string;
  /** The template as written: `/v1/{name=shelves/*}:archive`. */
  readonly path: string;
  readonly segments: readonly RouteSegment[];
  /** After the last segment's colon; without the colon. */
  readonly verb: string | undefined;
  readonly variables: readonly RouteVariable[];
  /** `*`, the localName path of one field, or nothing. */
  readonly body: string | undefined;
  /** Field of the response that is the whole HTTP body. */
  readonly responseBody: string | undefined;
  readonly position: Position;
}

export type RouteSegment =
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "wildcard" } // *
  | { readonly kind: "deepWildcard" }; // **, last only

/** A variable covers the segments [start, end) and binds to a field. */
export interface RouteVariable {
  /** Path of field names in the schema: ["order", "id"]. */
  readonly fieldPath: readonly string[];
  readonly start: number;
  readonly end: number;
}

export interface Event {
  /** Full name of the message. */
  readonly message: string;
  /** Name that derived names come from: the message's localName. */
  readonly localName: string;
  readonly stream: string;
  /** Subject as a list of literal text and parameters: "a.b." {order_id}. */
  readonly subject: readonly EventSubjectPart[];
  /** The subject with `*` for each parameter. */
  readonly wildcard: string;
  /** Field names of the message (schema names). */
  readonly dedupeField: string | undefined;
  readonly orderingField: string | undefined;
  readonly position: Position;
}

export type EventSubjectPart =
  | { readonly kind: "literal"; readonly value: string }
  | {
      readonly kind: "parameter" /** schema name of the field */;
      readonly field: string;
      readonly localName: string;
    };

export interface Stream {
  readonly name: string;
  /** Name of the exported constant: `OrdersStream` for `orders`. */
  readonly localName: string;
  readonly description: string | undefined;
  /** Wildcard subjects of all events stored in it, over all packages, sorted. */
  readonly subjects: readonly string[];
  readonly maxAgeMs: number | undefined;
  readonly maxBytes: bigint | undefined;
  readonly replicas: number;
  readonly storage: "file" | "memory";
  readonly duplicateWindowMs: number;
  readonly position: Position;
}

/** A finding about a schema. Printed as `file:line:col: severity: message`. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable kebab-case name of the check: `unknown-type`. */
  readonly rule: string;
  readonly message: string;
  /** Absent only where there is no source (a missing folder). */
  readonly position: Position | undefined;
  /** What would mend it: `did you mean "Order"?` */
  readonly suggestion?: string;
  /** Further places, such as the first declaration of a duplicate. */
  readonly related?: readonly { readonly position: Position; readonly message: string }[];
}
