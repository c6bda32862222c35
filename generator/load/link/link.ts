/** Links parsed files: every name resolved, every option interpreted, every rule of the language checked. */

import type { FieldNode, FileNode, MessageNode } from "../syntax/nodes.js";
import type { Report } from "../syntax/source.js";
import { checkEnum } from "./check-enums.js";
import { checkField, completeField } from "./check-fields.js";
import { checkExtension, checkMessage } from "./check-messages.js";
import { type Resolved, resolveFeatures } from "./features.js";
import { interpretOptions } from "./options.js";
import { createLinker, type Imports } from "./symbols.js";
import { resolveTypes } from "./types.js";

/**
 * Completes the nodes in place. The steps run over all files one after the
 * other, because options may use extensions of any file that is imported, and
 * features are options.
 */
export function link(files: readonly FileNode[], imports: Imports, report: Report): void {
  const linker = createLinker(files, imports, report);
  for (const file of files) {
    resolveTypes(linker, file);
  }
  for (const file of files) {
    forEachField(file, (field) => completeField(linker, field));
    interpretOptions(linker, file);
  }
  const resolved: Resolved = { enums: new Map(), messages: new Map(), fields: new Map() };
  for (const file of files) {
    resolveFeatures(linker, file, resolved);
  }
  for (const file of files) {
    const visit = (message: MessageNode): void => {
      checkMessage(linker, file, message, resolved.messages.get(message));
      for (const node of message.enums) {
        checkEnum(linker, node, resolved.enums.get(node));
      }
      message.messages.forEach(visit);
    };
    file.messages.forEach(visit);
    for (const node of file.enums) {
      checkEnum(linker, node, resolved.enums.get(node));
    }
  }
  for (const file of files) {
    forEachField(file, (field) => {
      checkField(linker, file, field);
      if (field.extendee !== undefined) {
        checkExtension(linker, file, field);
      }
    });
  }
}

/** Every field and extension, nested ones and those of map entries included. */
function forEachField(file: FileNode, visit: (field: FieldNode) => void): void {
  const visitMessage = (message: MessageNode): void => {
    message.fields.forEach(visit);
    message.extensions.forEach(visit);
    message.messages.forEach(visitMessage);
  };
  file.messages.forEach(visitMessage);
  file.extensions.forEach(visit);
}
