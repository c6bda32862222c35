import type { Field, Message, ScalarType } from "../model/types.js";
import {
  codec,
  enumTableSymbol,
  type FileContext,
  type Member,
  membersOf,
  messageCodec,
  present,
} from "./context.js";
import { indent, when } from "./text.js";
import { isLong } from "./value-types.js";

/** Statements that write each field of `message`, in the order of their numbers. */
export function writeStatements(context: FileContext, message: Message): string[] {
  return membersOf(message)
    .sort((a, b) => firstNumber(a) - firstNumber(b))
    .map((member) =>
      member.kind === "oneof"
        ? writeOneof(context, member)
        : writeField(context, message, member.field),
    );
}

function firstNumber(member: Member): number {
  if (member.kind === "field") return member.field.number;
  return Math.min(...member.fields.map((field) => field.number));
}

export function wireType(scalar: ScalarType): number {
  if (scalar === "string" || scalar === "bytes") return 2;
  if (scalar === "double" || scalar === "fixed64" || scalar === "sfixed64") return 1;
  return scalar === "float" || scalar === "fixed32" || scalar === "sfixed32" ? 5 : 0;
}

export function tagOf(number: number, type: number): number {
  return ((number << 3) | type) >>> 0;
}

/** `Sfixed32` of `sfixed32`: the runtime's functions are named after the scalar. */
export function functionSuffix(scalar: ScalarType): string {
  return scalar.charAt(0).toUpperCase() + scalar.slice(1);
}

function writeField(context: FileContext, message: Message, field: Field): string {
  const access = `message.${field.localName}`;
  if (field.shape.kind === "repeated") return writeRepeated(context, field, access);
  if (field.shape.kind === "map") return writeMap(context, field, access);
  if (field.presence === "required") {
    const required = codec(context, "required");
    const names = `${JSON.stringify(message.typeName)}, ${JSON.stringify(field.name)}`;
    return writeValue(context, field, `${required}(${access}, ${names})`);
  }
  const value = present(context.schema, field);
  if (field.presence === "explicit") {
    return when(`${access} !== undefined`, writeValue(context, field, access));
  }
  if (value.kind === "enum") {
    const table = enumTableSymbol(context, value.declared.typeName);
    const write = codec(context, "writeImplicitEnum");
    return `${write}(writer, ${tagOf(field.number, 0)}, ${table}, ${access});`;
  }
  return when(isSet(context, field, access), writeValue(context, field, access));
}

/** The condition under which a field without presence is written. */
function isSet(context: FileContext, field: Field, access: string): string {
  const { value } = field.shape;
  if (value.kind !== "scalar") return `${access} !== undefined`;
  if (value.scalar === "bytes") return `${access}?.length`;
  if (value.scalar === "float" || value.scalar === "double") {
    return `${codec(context, "isNonZero")}(${access})`;
  }
  if (isLong(value.scalar) && value.long === "string") return `${access} && ${access} !== "0"`;
  return access;
}

/** Writes one value with its tag. */
function writeValue(
  context: FileContext,
  field: Field,
  expression: string,
  number = field.number,
): string {
  const value = present(context.schema, field);
  if (value.kind === "scalar") {
    const { scalar, long } = value.value;
    const write = codec(context, `write${functionSuffix(scalar)}`);
    const converted =
      isLong(scalar) && long !== "bigint"
        ? `${codec(context, "toBigint")}(${expression})`
        : expression;
    return `${write}(writer, ${tagOf(number, wireType(scalar))}, ${converted});`;
  }
  if (value.kind === "enum") {
    const table = enumTableSymbol(context, value.declared.typeName);
    return `${codec(context, "writeEnum")}(writer, ${tagOf(number, 0)}, ${table}, ${expression});`;
  }
  const write = messageCodec(context, value.typeName, "write");
  if (value.kind === "message" && value.delimited) {
    return [
      `writer.uint32(${tagOf(number, 3)});`,
      `${write}(${expression}, writer);`,
      `writer.uint32(${tagOf(number, 4)});`,
    ].join("\n");
  }
  return [
    `writer.uint32(${tagOf(number, 2)}).fork();`,
    `${write}(${expression}, writer);`,
    "writer.ldelim();",
  ].join("\n");
}

function writeRepeated(context: FileContext, field: Field, access: string): string {
  const value = present(context.schema, field);
  if (field.shape.kind === "repeated" && field.shape.packed) {
    const tag = tagOf(field.number, 2);
    if (value.kind === "enum") {
      const table = enumTableSymbol(context, value.declared.typeName);
      const write = codec(context, "writePackedEnum");
      return when(access, `${write}(writer, ${tag}, ${table}, ${access});`);
    }
    if (value.kind === "scalar") {
      const { scalar, long } = value.value;
      const write = codec(context, `writePacked${functionSuffix(scalar)}`);
      const values =
        isLong(scalar) && long !== "bigint"
          ? `${access}.map(${codec(context, "toBigint")})`
          : access;
      return when(access, `${write}(writer, ${tag}, ${values});`);
    }
  }
  const body = writeValue(context, field, "item");
  return `for (const item of ${access} ?? []) {\n${indent(body, 2)}\n}`;
}

function writeMap(context: FileContext, field: Field, access: string): string {
  if (field.shape.kind !== "map") throw new Error(`${field.name} is not a map`);
  const body = [
    `writer.uint32(${tagOf(field.number, 2)}).fork();`,
    writeKey(context, field.shape.key),
    writeValue(context, field, "value", 2),
    "writer.ldelim();",
  ].join("\n");
  const entries = codec(context, "entries");
  return `for (const [key, value] of ${entries}(${access})) {\n${indent(body, 2)}\n}`;
}

function writeKey(context: FileContext, key: ScalarType): string {
  const write = codec(context, `write${functionSuffix(key)}`);
  const tag = tagOf(1, wireType(key));
  if (key === "string") return `${write}(writer, ${tag}, key);`;
  const parse = isLong(key) ? "toBigint" : key === "bool" ? "boolKey" : "intKey";
  return `${write}(writer, ${tag}, ${codec(context, parse)}(key));`;
}

function writeOneof(context: FileContext, oneof: Extract<Member, { kind: "oneof" }>): string {
  const access = `message.${oneof.localName}`;
  const cases = oneof.fields.map((field) => {
    const body = `${writeValue(context, field, `${access}.value`)}\nbreak;`;
    return `  case ${JSON.stringify(field.localName)}:\n${indent(body, 4)}`;
  });
  return `switch (${access}?.case) {\n${cases.join("\n")}\n}`;
}
