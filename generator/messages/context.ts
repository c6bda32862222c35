import type { ImportCollector } from "../emit/imports.js";
import type { Enum, Field, Message, Package, Schema, ValueType } from "../model/types.js";
import { enumReference, messageReference } from "./references.js";
import { JSON_TYPES, WRAPPERS } from "./runtime-types.js";

export const CODEC = "@natsgen/runtime/codec";

/** One generated file while its view is being built. */
export interface FileContext {
  readonly schema: Schema;
  readonly pkg: Package;
  readonly imports: ImportCollector;
  /** Whether the file is messages.ts, where the package's classes are declared, or codec.ts. */
  readonly file: "messages" | "codec";
}

/** A value of the runtime's codec module. */
export function codec(context: FileContext, symbol: string): string {
  return context.imports.use(symbol, CODEC);
}

export function codecType(context: FileContext, symbol: string): string {
  return context.imports.use(symbol, CODEC, { type: true });
}

/** The class of a message, or with `init` the interface of what may be handed in. */
export function messageSymbol(
  context: FileContext,
  typeName: string,
  use: { readonly init?: boolean; readonly type?: boolean } = {},
): string {
  const reference = messageReference(context.schema, typeName, context.pkg.directory);
  const init = use.init === true;
  const symbol = init ? reference.initSymbol : reference.symbol;
  if (isDeclaredHere(context, reference.importPath, "./messages.js")) return symbol;
  return context.imports.use(symbol, reference.importPath, { type: init || use.type === true });
}

/** A codec function of a message: `writeOrder`. */
export function messageCodec(
  context: FileContext,
  typeName: string,
  verb: "read" | "write" | "assign" | "fieldsOf",
): string {
  const reference = messageReference(context.schema, typeName, context.pkg.directory);
  return codecSymbol(context, `${verb}${reference.symbol}`, reference.codecPath);
}

function codecSymbol(context: FileContext, name: string, path: string): string {
  if (path !== "./codec.js") return context.imports.use(name, path);
  if (context.file === "codec") return name;
  // A class and its codec go together: four imports for each message would bury the rest.
  return `${context.imports.useAll("codec", path)}.${name}`;
}

export function enumSymbol(
  context: FileContext,
  typeName: string,
  use: { readonly type?: boolean } = {},
): string {
  const reference = enumReference(context.schema, typeName, context.pkg.directory);
  if (isDeclaredHere(context, reference.importPath, "./messages.js")) return reference.symbol;
  return context.imports.use(reference.symbol, reference.importPath, use);
}

/** The table of an enum's names and numbers: `OrderStatusTable`. */
export function enumTableSymbol(context: FileContext, typeName: string): string {
  const reference = enumReference(context.schema, typeName, context.pkg.directory);
  return codecSymbol(context, `${reference.symbol}Table`, reference.codecPath);
}

function isDeclaredHere(context: FileContext, path: string, own: string): boolean {
  return path === own && own === `./${context.file}.js`;
}

export function findEnum(schema: Schema, typeName: string): Enum {
  const found = schema.enums.get(typeName);
  if (found === undefined) throw new Error(`no enum ${typeName} in the model`);
  return found;
}

/** A value as TypeScript sees it: wrappers are their value, Struct and its like are JSON. */
export type Presented =
  | { readonly kind: "scalar"; readonly value: Extract<ValueType, { kind: "scalar" }> }
  | { readonly kind: "enum"; readonly declared: Enum }
  | { readonly kind: "message"; readonly typeName: string; readonly delimited: boolean }
  | {
      readonly kind: "wrapper";
      readonly typeName: string;
      readonly value: Extract<ValueType, { kind: "scalar" }>;
    }
  | {
      readonly kind: "json";
      readonly typeName: string;
      readonly type: string;
      readonly table: string;
    };

export function present(schema: Schema, field: Field): Presented {
  const { value } = field.shape;
  if (value.kind === "scalar") return { kind: "scalar", value };
  if (value.kind === "enum") return { kind: "enum", declared: findEnum(schema, value.typeName) };
  const { typeName, delimited } = value;
  const json = JSON_TYPES.get(typeName);
  if (json !== undefined) return { kind: "json", typeName, ...json };
  const scalar = WRAPPERS.get(typeName);
  if (scalar !== undefined) {
    return {
      kind: "wrapper",
      typeName,
      value: { kind: "scalar", scalar, long: "bigint", utf8: true },
    };
  }
  return { kind: "message", typeName, delimited };
}

/** Fields outside of oneofs, and each oneof at the place of its first member. */
export type Member =
  | { readonly kind: "field"; readonly field: Field }
  | {
      readonly kind: "oneof";
      readonly name: string;
      readonly localName: string;
      readonly fields: readonly Field[];
      readonly doc: Message["comments"];
    };

export function membersOf(message: Message): Member[] {
  const members: Member[] = [];
  const seen = new Set<string>();
  for (const field of message.fields) {
    const oneof = message.oneofs.find((candidate) => candidate.name === field.oneof);
    if (oneof === undefined) {
      members.push({ kind: "field", field });
    } else if (!seen.has(oneof.name)) {
      seen.add(oneof.name);
      const fields = message.fields.filter((candidate) => candidate.oneof === oneof.name);
      const { name, localName, comments } = oneof;
      members.push({ kind: "oneof", name, localName, fields, doc: comments });
    }
  }
  return members;
}
