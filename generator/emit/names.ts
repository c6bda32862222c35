import { lowerFirst, pascalName } from "../model/casing.js";
import { eventNames, messageNames, serviceNames } from "../model/derived-names.js";
import type { Package } from "../model/types.js";

/**
 * The constant for each stream of a package: `GAME_QUEST` and `game-quest` are
 * `GameQuestStream`. A stream has no name of its own in the model, so a name
 * that something else of the package has gets a `_`.
 */
export function streamNames(pkg: Package): ReadonlyMap<string, string> {
  const taken = new Set([
    ...pkg.messages.flatMap(({ localName }) => Object.values(messageNames(localName))),
    ...[...pkg.enums, ...pkg.extensions].map(({ localName }) => localName),
    ...pkg.services.flatMap(({ localName }) => Object.values(serviceNames(localName))),
    ...pkg.events.flatMap(({ localName }) => Object.values(eventNames(localName))),
  ]);
  return new Map(
    pkg.streams.map(({ name }) => [name, claim(`${pascalName(name)}Stream`, taken)] as const),
  );
}

/** Names under which the root index exports packages: `game.orders.v1` is `gameOrdersV1`. */
export function namespaceNames(packages: readonly Package[]): ReadonlyMap<string, string> {
  const taken = new Set(RESERVED_NAMESPACES);
  return new Map(packages.map((pkg) => [pkg.name, claim(namespaceName(pkg.name), taken)] as const));
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

function claim(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name += "_";
  taken.add(name);
  return name;
}
