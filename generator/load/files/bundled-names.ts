/** Which bundled file declares a name: for `google.protobuf.Timestamp` without its import. */

import { readFileSync } from "node:fs";
import type { MessageNode } from "../syntax/nodes.js";
import { parse } from "../syntax/parse.js";
import { below, protoFilesBelow } from "./roots.js";

/** Import path by full name. The bundled files are read at the first call, so only a run with an unknown name pays. */
export function bundledNames(directory: string): (fullName: string) => string | undefined {
  let homes: ReadonlyMap<string, string> | undefined;
  return (fullName) => {
    homes ??= collect(directory);
    return homes.get(fullName);
  };
}

function collect(directory: string): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  for (const absolute of protoFilesBelow(directory)) {
    const path = below(directory, absolute) ?? absolute;
    // Bundled files are correct; the tests read each of them.
    const file = parse(path, { file: path, text: readFileSync(absolute, "utf8") }, () => undefined);
    const add = (scope: string, names: readonly { readonly name: string }[]): void => {
      for (const { name } of names) {
        homes.set(scope === "" ? name : `${scope}.${name}`, path);
      }
    };
    const visit = (scope: string, messages: readonly MessageNode[]): void => {
      add(scope, messages);
      for (const message of messages) {
        const inner = `${scope}.${message.name}`;
        add(inner, message.enums);
        visit(inner, message.messages);
      }
    };
    visit(file.package, file.messages);
    add(file.package, file.enums);
    add(file.package, file.extensions);
  }
  return homes;
}
