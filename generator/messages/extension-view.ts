import type { Extension } from "../model/types.js";
import { codec, type FileContext, messageSymbol, present } from "./context.js";
import { docText } from "./docs.js";
import { rowEntries } from "./field-rows.js";
import { hasHome } from "./references.js";
import { list } from "./text.js";
import { declaredDefault, valueType } from "./value-types.js";

/** What templates/extension.hbs shows. */
export interface ExtensionView {
  readonly doc: string;
  readonly name: string;
  readonly extension: string;
  readonly message: string;
  readonly type: string;
  readonly typeName: string;
  readonly extendee: string;
  readonly number: number;
  readonly row: string;
  readonly defaultValue: string;
}

/** `undefined` for options of descriptors: there is no message in TypeScript that they could extend. */
export function extensionView(
  context: FileContext,
  extension: Extension,
): ExtensionView | undefined {
  const { field } = extension;
  if (!hasHome(context.schema, extension.extendee)) return undefined;
  const value = present(context.schema, field);
  const row = rowEntries(context, field, undefined);
  const delimited = value.kind === "message" && value.delimited;
  if (delimited) row.push("delimited: true");
  const type = valueType(context, field, false);
  const listed = field.shape.kind === "repeated";
  const fallback = declaredDefault(field);
  return {
    doc: docText(field.comments, field.deprecated),
    name: extension.localName,
    extension: codec(context, "extension"),
    message: messageSymbol(context, extension.extendee, { type: true }),
    type: listed ? `${type}[]` : fallback === undefined ? `${type} | undefined` : type,
    typeName: extension.typeName,
    extendee: extension.extendee,
    number: field.number,
    row: list("{ ", row, " }"),
    defaultValue: listed ? "[]" : (fallback ?? "undefined"),
  };
}
