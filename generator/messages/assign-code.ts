import type { Field } from "../model/types.js";
import { codec, type FileContext, type Member, messageSymbol, present } from "./context.js";
import { indent, list, when } from "./text.js";

/** Statements that copy each field of an `init` into a new message. */
export function assignStatements(context: FileContext, members: readonly Member[]): string[] {
  return members.map((member) =>
    member.kind === "oneof" ? assignOneof(context, member) : assignField(context, member.field),
  );
}

function assignField(context: FileContext, field: Field): string {
  const source = `init.${field.localName}`;
  const target = `message.${field.localName}`;
  return when(`${source} !== undefined`, `${target} = ${copy(context, field, source)};`);
}

/** A copy of the field's value: messages become instances, lists and maps are the message's own. */
function copy(context: FileContext, field: Field, source: string): string {
  const value = present(context.schema, field);
  const type = value.kind === "message" ? messageSymbol(context, value.typeName) : undefined;
  if (field.shape.kind === "repeated") {
    return type === undefined ? `[...${source}]` : `${source}.map((item) => new ${type}(item))`;
  }
  if (field.shape.kind === "map") {
    if (type === undefined) return `{ ...${source} }`;
    return `${codec(context, "mapValues")}(${source}, (item) => new ${type}(item))`;
  }
  return type === undefined ? source : `new ${type}(${source})`;
}

function assignOneof(context: FileContext, oneof: Extract<Member, { kind: "oneof" }>): string {
  const source = `init.${oneof.localName}`;
  const target = `message.${oneof.localName}`;
  const messages = oneof.fields.filter(
    (field) => present(context.schema, field).kind === "message",
  );
  const plain = when(`${source} !== undefined`, `${target} = { ...${source} };`);
  if (messages.length === 0) return plain;
  const cases = messages.map((field) => {
    const name = JSON.stringify(field.localName);
    const value = copy(context, field, `${source}.value`);
    const set = list(`${target} = {`, [`case: ${name}`, `value: ${value}`], "};", 6, " ");
    return `  case ${name}:\n${indent(`${set}\nbreak;`, 4)}`;
  });
  return `switch (${source}?.case) {\n${cases.join("\n")}\n  default:\n    ${plain}\n}`;
}
