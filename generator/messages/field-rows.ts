import type { Field, Message } from "../model/types.js";
import { enumTableSymbol, type FileContext, messageSymbol, present } from "./context.js";
import { list } from "./text.js";
import { isLong } from "./value-types.js";

/** One entry of a field table for each field: what JSON and extensions need to know of it. */
export function fieldRows(
  context: FileContext,
  fields: readonly Field[],
  message: Message | undefined,
): string[] {
  return fields.map((field) => list("{ ", rowEntries(context, field, message), " }", 3));
}

export function rowEntries(
  context: FileContext,
  field: Field,
  message: Message | undefined,
): string[] {
  const camel = lowerCamelCase(field.name);
  const oneof = message?.oneofs.find((candidate) => candidate.name === field.oneof);
  const entries = [`name: ${JSON.stringify(field.name)}`];
  if (field.localName !== camel) entries.push(`property: ${JSON.stringify(field.localName)}`);
  // An extension has no name of its own in JSON.
  if (message !== undefined && field.jsonName !== camel)
    entries.push(`json: ${JSON.stringify(field.jsonName)}`);
  if (field.shape.kind === "map") entries.push(`map: ${JSON.stringify(field.shape.key)}`);
  entries.push(`type: ${tableType(context, field)}`);
  if (field.shape.kind === "repeated") entries.push("list: true");
  if (oneof !== undefined) entries.push(`oneof: ${JSON.stringify(oneof.localName)}`);
  else if (field.shape.kind === "singular" && field.presence !== "implicit") {
    entries.push("optional: true");
  }
  const { value } = field.shape;
  if (value.kind === "scalar" && isLong(value.scalar) && value.long !== "bigint") {
    entries.push(`long: ${JSON.stringify(value.long)}`);
  }
  if (field.redact) entries.push("redact: true");
  return entries;
}

function tableType(context: FileContext, field: Field): string {
  const value = present(context.schema, field);
  switch (value.kind) {
    case "scalar":
    case "wrapper":
      return JSON.stringify(value.value.scalar);
    case "json":
      return JSON.stringify(value.table);
    case "enum":
      return enumTableSymbol(context, value.declared.typeName);
    case "message":
      return messageSymbol(context, value.typeName);
  }
}

/** The rule that the runtime follows to work out names that a row leaves out. */
function lowerCamelCase(name: string): string {
  return name.replace(/_+([a-zA-Z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
}
