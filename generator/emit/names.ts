import { lowerFirst } from "../model/casing.js";
import { createScope } from "../model/names.js";
import type { Package } from "../model/types.js";

/** Names under which the root index exports packages: `game.orders.v1` is `gameOrdersV1`. */
export function namespaceNames(packages: readonly Package[]): ReadonlyMap<string, string> {
  const claim = createScope(RESERVED_NAMESPACES);
  return new Map(packages.map((pkg) => [pkg.name, claim(namespaceName(pkg.name))] as const));
}

/** What the root index exports beside packages, and words that could be exported but not imported. */
const RESERVED_NAMESPACES = [
  ...["eventSubjects", "serviceSubjects"],
  ..."arguments await break case catch class const continue debugger default delete do else".split(
    " ",
  ),
  ..."enum eval export extends false finally for function if implements import in".split(" "),
  ..."instanceof interface let new null package private protected public return static".split(" "),
  ..."super switch this throw true try typeof undefined var void while with yield".split(" "),
];

function namespaceName(packageName: string): string {
  if (packageName === "") return "unpackaged";
  const [first = "", ...rest] = packageName.split(/[._]+/).filter((part) => part !== "");
  const name =
    lowerFirst(first) + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}
