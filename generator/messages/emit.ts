import { type GeneratedFile, packageFile } from "../emit/file.js";
import { createImportCollector } from "../emit/imports.js";
import { renderTemplate } from "../emit/templates.js";
import type { Field, Message, Package, Schema } from "../model/types.js";
import { enumView, messageView } from "./class-view.js";
import { codecView, enumTableView } from "./codec-view.js";
import type { FileContext } from "./context.js";
import { extensionView } from "./extension-view.js";
import { GLOBALS_USED, LOCALS_USED } from "./reserved.js";

/**
 * The messages and enums of one package: `messages.ts`, which people read, and
 * `codec.ts`, which writes and reads the wire format. None for a package
 * without messages and enums.
 */
export function emitMessages(schema: Schema, pkg: Package): readonly GeneratedFile[] {
  const isEmpty =
    pkg.messages.length === 0 && pkg.enums.length === 0 && pkg.extensions.length === 0;
  if (isEmpty) return [];
  const messages = emitMessagesFile(schema, pkg);
  return [messages, ...emitCodecFile(schema, pkg)];
}

function emitMessagesFile(schema: Schema, pkg: Package): GeneratedFile {
  const declared = pkg.messages.flatMap(({ localName }) => [localName, `${localName}Init`]);
  const imports = createImportCollector([
    ...GLOBALS_USED,
    ...LOCALS_USED.filter((name) => name !== "codec"),
    ...declared,
    ...pkg.enums.map(({ localName }) => localName),
    ...pkg.extensions.map(({ localName }) => localName),
  ]);
  const context: FileContext = { schema, pkg, imports, file: "messages" };
  const declarations = [
    ...pkg.enums.map((item) => renderTemplate("enum", enumView(context, item))),
    ...pkg.messages.map((item) => {
      const view = messageView(context, item);
      return renderTemplate(view.properties.length === 0 ? "message-empty" : "message", view);
    }),
    ...pkg.extensions.flatMap((item) => {
      const view = extensionView(context, item);
      return view === undefined ? [] : [renderTemplate("message-extension", view)];
    }),
  ];
  return packageFile(pkg, "messages.ts", imports, declarations);
}

function emitCodecFile(schema: Schema, pkg: Package): GeneratedFile[] {
  if (pkg.messages.length === 0 && pkg.enums.length === 0) return [];
  const verbs = ["write", "read", "assign", "fieldsOf"];
  const taken = new Set([
    ...GLOBALS_USED,
    ...LOCALS_USED,
    ...pkg.messages.flatMap(({ localName }) => verbs.map((verb) => verb + localName)),
    ...pkg.enums.map(({ localName }) => `${localName}Table`),
  ]);
  const entryNames = new Map<Field, string>();
  for (const message of pkg.messages) nameEntries(message, taken, entryNames);
  const imports = createImportCollector(taken);
  const context: FileContext = { schema, pkg, imports, file: "codec" };
  const entryName = (field: Field) => entryNames.get(field) ?? field.localName;
  const declarations = [
    ...pkg.enums.map((item) => renderTemplate("enum-table", enumTableView(context, item))),
    ...pkg.messages.map((item) =>
      renderTemplate("message-codec", codecView(context, item, entryName)),
    ),
  ];
  return [packageFile(pkg, "codec.ts", imports, declarations)];
}

/** `readOrderLabelsEntry` for the map `labels` of Order. */
function nameEntries(message: Message, taken: Set<string>, names: Map<Field, string>): void {
  for (const field of message.fields) {
    if (field.shape.kind !== "map") continue;
    const property = field.localName.charAt(0).toUpperCase() + field.localName.slice(1);
    let name = `read${message.localName}${property}Entry`;
    while (taken.has(name)) name += "_";
    taken.add(name);
    names.set(field, name);
  }
}
