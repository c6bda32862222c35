/**
 * The model's input. Linked descriptors: what .proto files (or a FileDescriptorSet) say once every
 * name is resolved, every option interpreted and every default filled in.
 *
 * The shapes follow google/protobuf/descriptor.proto. They differ where a
 * reader of the descriptor would have to work otherwise: types are full names
 * without the leading dot, editions features are resolved, options are plain
 * data, and every declaration knows where it stands.
 */

import type { Comments, Position } from "./types.js";

/** Comments with the blocks above that are set off by a blank line. */
export interface DeclarationComments extends Comments {
  /** Comment blocks above `leading`, each set off by a blank line. */
  readonly detached: readonly string[];
}

/** What every named declaration has. */
export interface Declaration {
  readonly name: string;
  /** Full name, no leading dot: `game.orders.v1.Order.Line`. */
  readonly fullName: string;
  readonly comments: DeclarationComments;
  /** The whole declaration, first keyword to closing brace or semicolon. */
  readonly position: Position;
  /** The name alone: where diagnostics point. */
  readonly namePosition: Position;
  readonly options: Options;
}

/**
 * Interpreted options.
 *
 * `values` is keyed by the simple name of a standard option (`deprecated`,
 * `jstype`) and by the full name of a custom one (`google.api.http`); a custom
 * option whose full name has no dot is keyed in parentheses (`(mine)`), so that
 * it cannot be taken for a standard one. Only what the schema sets is present.
 *
 * `features` and `uninterpreted_option` are not among the values: features are
 * resolved into the descriptors, and `json_name` and `default` are no options.
 */
export interface Options {
  readonly values: ReadonlyMap<string, OptionValue>;
  /**
   * Where a value stands, keyed by path: the key in `values`, then field names
   * and list indexes, each behind a slash:
   * `google.api.http`, `google.api.http/get`,
   * `google.api.http/additional_bindings/0/get`.
   */
  readonly positions: ReadonlyMap<string, Position>;
}

/**
 * The value of an option.
 * - 32-bit integers, float, double: number; 64-bit integers: bigint
 * - enums: the value's name (a number only if a descriptor set holds one without a name)
 * - messages: a map by field name (extensions inside by `[full.name]`); only what is set
 * - repeated: a list; map fields: a map by the key's decimal or plain text
 */
export type OptionValue =
  | number
  | bigint
  | string
  | boolean
  | Uint8Array
  | OptionMessage
  | OptionList;
export interface OptionMessage extends ReadonlyMap<string, OptionValue> {}
export interface OptionList extends ReadonlyArray<OptionValue> {}

export interface FileDescriptor {
  /** Import path: `game/orders/v1/orders.proto`. */
  readonly path: string;
  /** Path as shown to people; equals `position.file`. */
  readonly shownPath: string;
  /** `game.orders.v1`; empty for a file without a package. */
  readonly package: string;
  readonly packagePosition: Position | undefined;
  readonly syntax: "proto2" | "proto3" | "editions";
  /** `2023`, `2024`; only with syntax "editions". */
  readonly edition: string | undefined;
  readonly imports: readonly ImportDescriptor[];
  /** Top-level messages in source order. */
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  readonly services: readonly ServiceDescriptor[];
  /** Extensions declared at the top level. */
  readonly extensions: readonly FieldDescriptor[];
  readonly options: Options;
  /** Comments of `package`, or of `syntax`/`edition` where the package has none. */
  readonly comments: DeclarationComments;
  /** The whole file. */
  readonly position: Position;
  /** True where code is generated for the file: inputs, and what they import below an include root; not bundled files. */
  readonly generate: boolean;
}

export interface ImportDescriptor {
  /** Import path as written. */
  readonly path: string;
  readonly public: boolean;
  readonly weak: boolean;
  readonly position: Position;
}

export interface MessageDescriptor extends Declaration {
  /** Import path of the declaring file. */
  readonly file: string;
  /** Full name of the enclosing message. */
  readonly parent: string | undefined;
  /** In source order, oneof members included. */
  readonly fields: readonly FieldDescriptor[];
  /** Real oneofs in source order, then the synthetic ones of proto3 `optional`. */
  readonly oneofs: readonly OneofDescriptor[];
  /** Nested messages in source order, map entries included. */
  readonly messages: readonly MessageDescriptor[];
  readonly enums: readonly EnumDescriptor[];
  /** Extensions declared inside this message (not: extensions of it). */
  readonly extensions: readonly FieldDescriptor[];
  readonly extensionRanges: readonly ExtensionRange[];
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly string[];
  /** The entry type that a `map<…>` field declares implicitly. */
  readonly isMapEntry: boolean;
}

/** Numbers from `start` to before `end`. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
  readonly position: Position;
}

export interface ExtensionRange extends NumberRange {
  readonly options: Options;
}

export interface OneofDescriptor extends Declaration {
  /** Made by proto3 `optional`, not written by anyone. */
  readonly synthetic: boolean;
}

export type FieldLabel = "optional" | "required" | "repeated";

/** The 18 types of FieldDescriptorProto.Type. */
export type FieldType =
  | "double"
  | "float"
  | "int64"
  | "uint64"
  | "int32"
  | "fixed64"
  | "fixed32"
  | "bool"
  | "string"
  | "group"
  | "message"
  | "bytes"
  | "uint32"
  | "enum"
  | "sfixed32"
  | "sfixed64"
  | "sint32"
  | "sint64";

export interface FieldDescriptor extends Declaration {
  /** Import path of the declaring file. */
  readonly file: string;
  /** For a proto2 group: the lower-cased name. Extensions: the simple name. */
  readonly name: string;
  readonly number: number;
  /** As in descriptor.proto: `optional` also stands for "no label". */
  readonly label: FieldLabel;
  /** `group` for proto2 groups only; an editions field with DELIMITED encoding is a `message` with `delimited`. */
  readonly type: FieldType;
  /** Full name of the message or enum, no leading dot; undefined for scalars. */
  readonly typeName: string | undefined;
  readonly jsonName: string;
  /** True where the schema wrote `json_name`. */
  readonly explicitJsonName: boolean;
  /** Name of the real oneof that holds the field; undefined for proto3 `optional`. */
  readonly oneof: string | undefined;
  /** proto3 `optional`. */
  readonly proto3Optional: boolean;
  /**
   * `[default = …]` as a literal of the field's type: 64-bit integers as
   * bigint, enums by value name, bytes as Uint8Array, inf and nan as numbers.
   */
  readonly defaultValue: number | bigint | string | boolean | Uint8Array | undefined;
  /** Full name of the extended message; undefined for an ordinary field. */
  readonly extendee: string | undefined;
  /** Key and value of a `map<…>` field. */
  readonly map: { readonly key: FieldDescriptor; readonly value: FieldDescriptor } | undefined;
  /**
   * Resolved field presence: "explicit" for optional, message and oneof fields
   * and all extensions; "legacy_required" for `required`; "implicit" for the
   * rest, repeated and map fields included.
   */
  readonly presence: "implicit" | "explicit" | "legacy_required";
  /** Repeated scalar in packed encoding. */
  readonly packed: boolean;
  /** Message in group encoding. */
  readonly delimited: boolean;
  /** String whose UTF-8 is verified. False for everything else. */
  readonly utf8: boolean;
  readonly typePosition: Position;
  readonly numberPosition: Position;
}

export interface EnumDescriptor extends Declaration {
  /** Import path of the declaring file. */
  readonly file: string;
  /** Full name of the enclosing message. */
  readonly parent: string | undefined;
  readonly values: readonly EnumValueDescriptor[];
  /** Closed: an unknown number is an unknown field (proto2). */
  readonly closed: boolean;
  /** Here `end` is exclusive too, unlike EnumDescriptorProto. */
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly string[];
}

export interface EnumValueDescriptor extends Declaration {
  readonly number: number;
}

export interface ServiceDescriptor extends Declaration {
  /** Import path of the declaring file. */
  readonly file: string;
  readonly methods: readonly MethodDescriptor[];
}

export interface MethodDescriptor extends Declaration {
  /** Full name of the request message. */
  readonly input: string;
  readonly inputPosition: Position;
  /** Full name of the response message. */
  readonly output: string;
  readonly outputPosition: Position;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}
