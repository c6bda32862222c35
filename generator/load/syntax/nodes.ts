/**
 * What the parser (or the descriptor-set reader) makes and the linker completes.
 *
 * A node has the shape of its descriptor, so linking fills in one object
 * instead of building a second tree: half the memory and half the time for a
 * large set of schemas. Beside the descriptor's properties a node keeps what
 * is written in the schema, under `written`.
 */

import type {
  DeclarationComments,
  EnumDescriptor,
  EnumValueDescriptor,
  ExtensionRange,
  FieldDescriptor,
  FieldLabel,
  FileDescriptor,
  ImportDescriptor,
  MessageDescriptor,
  MethodDescriptor,
  OneofDescriptor,
  Options,
  Position,
  ServiceDescriptor,
} from "../descriptor.js";
import { NO_COMMENTS } from "./comments.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Open<T, K extends keyof T> = Mutable<Omit<T, K>>;

/** One option as written: `(a.b).c = value`. */
export interface WrittenOption {
  readonly name: readonly OptionNamePart[];
  readonly value: WrittenValue;
  readonly position: Position;
}

export interface OptionNamePart {
  /** Without the parentheses of an extension. */
  readonly text: string;
  readonly extension: boolean;
  readonly position: Position;
}

export type WrittenValue =
  | {
      readonly kind: "identifier";
      readonly text: string;
      readonly negative: boolean;
      readonly position: Position;
    }
  | { readonly kind: "int"; readonly value: bigint; readonly position: Position }
  | { readonly kind: "float"; readonly value: number; readonly position: Position }
  | { readonly kind: "string"; readonly value: string | Uint8Array; readonly position: Position }
  | {
      readonly kind: "message";
      readonly fields: readonly WrittenField[];
      readonly position: Position;
    }
  | { readonly kind: "list"; readonly items: readonly WrittenValue[]; readonly position: Position };

/** A field of an aggregate: `name: value`, `[ext.name] { … }`, `[type.googleapis.com/a.B] { … }`. */
export interface WrittenField {
  readonly name: string;
  readonly kind: "field" | "extension" | "any";
  readonly namePosition: Position;
  readonly value: WrittenValue;
}

/** Options of one declaration: as written, or as the bytes of a descriptor set. */
export type WrittenOptions = readonly WrittenOption[] | Uint8Array;

export const NO_OPTIONS: Options = { values: new Map(), positions: new Map() };

/** Resolved editions features. */
export interface Features {
  readonly fieldPresence: "EXPLICIT" | "IMPLICIT" | "LEGACY_REQUIRED";
  readonly enumType: "OPEN" | "CLOSED";
  readonly repeatedFieldEncoding: "PACKED" | "EXPANDED";
  readonly utf8Validation: "VERIFY" | "NONE";
  readonly messageEncoding: "LENGTH_PREFIXED" | "DELIMITED";
  readonly jsonFormat: "ALLOW" | "LEGACY_BEST_EFFORT";
}

interface Linked {
  /** What the declaration's options say under `features`; set once options are interpreted. */
  ownFeatures: ReadonlyMap<string, unknown> | undefined;
}

export interface FileNode
  extends Open<FileDescriptor, "messages" | "enums" | "services" | "extensions" | "imports"> {
  imports: ImportDescriptor[];
  messages: MessageNode[];
  enums: EnumNode[];
  services: ServiceNode[];
  extensions: FieldNode[];
  written: Linked & {
    readonly options: WrittenOption[] | Uint8Array;
    /** Bundled or from natsgen's own schemas: never generated. */
    readonly lineCount: number;
  };
}

export interface MessageNode
  extends Open<
    MessageDescriptor,
    | "fields"
    | "oneofs"
    | "messages"
    | "enums"
    | "extensions"
    | "extensionRanges"
    | "reservedRanges"
    | "reservedNames"
  > {
  fields: FieldNode[];
  oneofs: OneofNode[];
  messages: MessageNode[];
  enums: EnumNode[];
  extensions: FieldNode[];
  extensionRanges: ExtensionRangeNode[];
  reservedRanges: { start: number; end: number; position: Position }[];
  reservedNames: string[];
  written: Linked & {
    options: WrittenOption[] | Uint8Array;
    readonly reservedNamePositions: Position[];
    /** Made by `map<…>` or `group`. */
    readonly implicit: boolean;
  };
}

export interface ExtensionRangeNode extends Mutable<ExtensionRange> {
  written: Linked & { readonly options: WrittenOptions };
}

export interface OneofNode extends Mutable<OneofDescriptor> {
  written: Linked & { options: WrittenOption[] | Uint8Array };
}

export interface FieldNode extends Open<FieldDescriptor, "map"> {
  map: { key: FieldNode; value: FieldNode } | undefined;
  written: Linked & {
    readonly options: WrittenOptions;
    /** Type as written (`.a.B`, `Order`, `int32`); for `map` the entry's name. */
    readonly type: string;
    readonly label: FieldLabel | undefined;
    readonly labelPosition: Position | undefined;
    readonly group: boolean;
    readonly extendee: string | undefined;
    readonly extendeePosition: Position | undefined;
    readonly jsonName: string | undefined;
    /** From a descriptor set: default_value as text. */
    readonly defaultText: string | undefined;
  };
}

export interface EnumNode
  extends Open<EnumDescriptor, "values" | "reservedRanges" | "reservedNames"> {
  values: EnumValueNode[];
  reservedRanges: { start: number; end: number; position: Position }[];
  reservedNames: string[];
  written: Linked & {
    options: WrittenOption[] | Uint8Array;
    readonly reservedNamePositions: Position[];
  };
}

export interface EnumValueNode extends Mutable<EnumValueDescriptor> {
  written: Linked & { readonly options: WrittenOptions };
}

export interface ServiceNode extends Open<ServiceDescriptor, "methods"> {
  methods: MethodNode[];
  written: Linked & { options: WrittenOption[] | Uint8Array };
}

export interface MethodNode extends Mutable<MethodDescriptor> {
  written: Linked & {
    options: WrittenOption[] | Uint8Array;
    readonly input: string;
    readonly output: string;
  };
}

/** Every kind of node that has options. */
export type OptionsNode =
  | FileNode
  | MessageNode
  | ExtensionRangeNode
  | OneofNode
  | FieldNode
  | EnumNode
  | EnumValueNode
  | ServiceNode
  | MethodNode;

export interface Heading {
  readonly name: string;
  readonly namePosition: Position;
  readonly position: Position;
  readonly comments: DeclarationComments;
}

export function newMessage(heading: Heading, implicit: boolean): MessageNode {
  return {
    ...declared(heading),
    file: "",
    parent: undefined,
    fields: [],
    oneofs: [],
    messages: [],
    enums: [],
    extensions: [],
    extensionRanges: [],
    reservedRanges: [],
    reservedNames: [],
    isMapEntry: false,
    written: { options: [], ownFeatures: undefined, reservedNamePositions: [], implicit },
  };
}

export interface FieldParts {
  readonly number: number;
  readonly type: string;
  readonly typePosition: Position;
  readonly numberPosition: Position;
  readonly label?: FieldLabel | undefined;
  readonly labelPosition?: Position | undefined;
  readonly group?: boolean;
  readonly extendee?: string | undefined;
  readonly extendeePosition?: Position | undefined;
  readonly oneof?: string | undefined;
  readonly proto3Optional?: boolean;
  readonly options?: WrittenOptions;
  readonly jsonName?: string | undefined;
  readonly defaultText?: string | undefined;
}

export function newField(heading: Heading, parts: FieldParts): FieldNode {
  return {
    name: heading.name,
    fullName: "",
    comments: heading.comments,
    position: heading.position,
    namePosition: heading.namePosition,
    options: NO_OPTIONS,
    file: "",
    number: parts.number,
    label: parts.label ?? "optional",
    type: "message",
    typeName: undefined,
    jsonName: "",
    explicitJsonName: false,
    oneof: parts.oneof,
    proto3Optional: parts.proto3Optional ?? false,
    defaultValue: undefined,
    extendee: undefined,
    map: undefined,
    presence: "implicit",
    packed: false,
    delimited: false,
    utf8: false,
    typePosition: parts.typePosition,
    numberPosition: parts.numberPosition,
    written: {
      options: parts.options ?? [],
      ownFeatures: undefined,
      type: parts.type,
      label: parts.label,
      labelPosition: parts.labelPosition,
      group: parts.group ?? false,
      extendee: parts.extendee,
      extendeePosition: parts.extendeePosition,
      jsonName: parts.jsonName,
      defaultText: parts.defaultText,
    },
  };
}

export function newOneof(heading: Heading, synthetic: boolean): OneofNode {
  return { ...declared(heading), synthetic, written: { options: [], ownFeatures: undefined } };
}

export function newEnum(heading: Heading): EnumNode {
  return {
    ...declared(heading),
    file: "",
    parent: undefined,
    values: [],
    closed: false,
    reservedRanges: [],
    reservedNames: [],
    written: { options: [], ownFeatures: undefined, reservedNamePositions: [] },
  };
}

export function newEnumValue(
  heading: Heading,
  number: number,
  options: WrittenOptions,
): EnumValueNode {
  return { ...declared(heading), number, written: { options, ownFeatures: undefined } };
}

export function newService(heading: Heading): ServiceNode {
  return {
    ...declared(heading),
    file: "",
    methods: [],
    written: { options: [], ownFeatures: undefined },
  };
}

export interface MethodParts {
  readonly input: string;
  readonly inputPosition: Position;
  readonly output: string;
  readonly outputPosition: Position;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}

export function newMethod(heading: Heading, parts: MethodParts): MethodNode {
  return {
    ...declared(heading),
    input: "",
    inputPosition: parts.inputPosition,
    output: "",
    outputPosition: parts.outputPosition,
    clientStreaming: parts.clientStreaming,
    serverStreaming: parts.serverStreaming,
    written: { options: [], ownFeatures: undefined, input: parts.input, output: parts.output },
  };
}

export function newFile(path: string, position: Position): FileNode {
  return {
    path,
    shownPath: position.file,
    package: "",
    packagePosition: undefined,
    syntax: "proto2",
    edition: undefined,
    imports: [],
    messages: [],
    enums: [],
    services: [],
    extensions: [],
    options: NO_OPTIONS,
    comments: NO_COMMENTS,
    position,
    generate: false,
    written: { options: [], ownFeatures: undefined, lineCount: position.endLine },
  };
}

function declared(heading: Heading): Heading & { fullName: string; options: Options } {
  return { ...heading, fullName: "", options: NO_OPTIONS };
}
