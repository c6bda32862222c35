import type { Options, OptionValue } from "./descriptor.js";
import type { Position } from "./types.js";

/** A message inside of the options of a declaration, and where its parts stand. */
export interface OptionNode {
  has(name: string): boolean;
  string(name: string): string | undefined;
  boolean(name: string): boolean | undefined;
  /** A 32-bit integer, a float or a double. */
  number(name: string): number | undefined;
  bigint(name: string): bigint | undefined;
  child(name: string): OptionNode | undefined;
  list(name: string): readonly OptionNode[];
  /** String keys and values of a map field. */
  stringMap(name: string): readonly (readonly [string, string])[];
  /** Where a field stands; without a name, or where that is not known, the node itself. */
  at(name?: string): Position;
}

/** The option `key` where it is a message; `position` stands in for one that has none. */
export function optionNode(
  options: Options,
  key: string,
  position: Position,
): OptionNode | undefined {
  return nodeOf(options, options.values.get(key), key, position);
}

/** The elements of a repeated message option. */
export function optionNodes(
  options: Options,
  key: string,
  position: Position,
): readonly OptionNode[] {
  return listOf(options, options.values.get(key), key, position);
}

function nodeOf(
  options: Options,
  value: OptionValue | undefined,
  path: string,
  fallback: Position,
): OptionNode | undefined {
  if (!isMessage(value)) return undefined;
  const own = options.positions.get(path) ?? fallback;
  const field = (name: string) => value.get(name);
  const at = (name?: string) =>
    name === undefined ? own : (options.positions.get(`${path}/${name}`) ?? own);
  return {
    has: (name) => value.has(name),
    string: (name) => typed(field(name), "string"),
    boolean: (name) => typed(field(name), "boolean"),
    number: (name) => typed(field(name), "number"),
    bigint: (name) => typed(field(name), "bigint"),
    child: (name) => nodeOf(options, field(name), `${path}/${name}`, own),
    list: (name) => listOf(options, field(name), `${path}/${name}`, own),
    stringMap: (name) => {
      const map = field(name);
      if (!isMessage(map)) return [];
      return [...map].flatMap(([key, item]) =>
        typeof item === "string" ? [[key, item] as const] : [],
      );
    },
    at,
  };
}

function listOf(
  options: Options,
  value: OptionValue | undefined,
  path: string,
  fallback: Position,
): readonly OptionNode[] {
  if (!Array.isArray(value)) return [];
  const own = options.positions.get(path) ?? fallback;
  return value.flatMap((item: OptionValue, index) => {
    const node = nodeOf(options, item, `${path}/${index}`, own);
    return node === undefined ? [] : [node];
  });
}

function isMessage(value: OptionValue | undefined): value is ReadonlyMap<string, OptionValue> {
  return value instanceof Map;
}

interface Types {
  string: string;
  boolean: boolean;
  number: number;
  bigint: bigint;
}

function typed<K extends keyof Types>(
  value: OptionValue | undefined,
  type: K,
): Types[K] | undefined {
  return isTyped(value, type) ? value : undefined;
}

function isTyped<K extends keyof Types>(value: unknown, type: K): value is Types[K] {
  return typeof value === type;
}
