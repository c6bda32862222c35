/** How an import is written: a symbol that is only a type is imported with `type`. */
export interface UseOptions {
  /** The symbol is used only in type positions here. Default false. */
  readonly type?: boolean;
}

/**
 * Collects the imports of one generated file while its view is being built, so
 * that a symbol is imported by being used and never for nothing.
 */
export interface ImportCollector {
  /**
   * Name under which `symbol` of the module `from` is known in this file. The
   * symbol's own name, or an alias where the file already has that name.
   */
  use(symbol: string, from: string, options?: UseOptions): string;
  /** Imports a whole module as `name`, for a file that uses most of its sibling. */
  useAll(name: string, from: string): string;
  /** The import statements, sorted: packages first, then relative paths from far to near. */
  render(): string;
}

interface Entry {
  readonly symbol: string;
  readonly local: string;
  type: boolean;
}

const LINE_WIDTH = 100;

/**
 * A collector for one file. `declared` are the names that the file itself
 * declares, or takes from the global scope; an imported symbol never takes one
 * of them.
 */
export function createImportCollector(declared: Iterable<string> = []): ImportCollector {
  const taken = new Set(declared);
  const modules = new Map<string, Map<string, Entry>>();
  const namespaces = new Map<string, string>();

  function use(symbol: string, from: string, options: UseOptions = {}): string {
    const type = options.type === true;
    const entries = modules.get(from) ?? new Map<string, Entry>();
    modules.set(from, entries);
    const known = entries.get(symbol);
    if (known !== undefined) {
      known.type &&= type;
      return known.local;
    }
    const local = freeName(symbol, from, taken);
    taken.add(local);
    entries.set(symbol, { symbol, local, type });
    return local;
  }

  function useAll(name: string, from: string): string {
    const known = namespaces.get(from);
    if (known !== undefined) return known;
    const local = freeName(name, from, taken);
    taken.add(local);
    namespaces.set(from, local);
    return local;
  }

  function render(): string {
    return [...new Set([...modules.keys(), ...namespaces.keys()])]
      .sort(compareModules)
      .flatMap((from) => {
        const namespace = namespaces.get(from);
        const entries = modules.get(from);
        return [
          ...(namespace === undefined
            ? []
            : [`import * as ${namespace} from ${JSON.stringify(from)};`]),
          ...(entries === undefined ? [] : [renderModule(from, [...entries.values()])]),
        ];
      })
      .join("\n");
  }

  return { use, useAll, render };
}

/** `Order` of `../../orders/v1/messages.js` becomes `OrdersV1Order` where `Order` is taken. */
function freeName(symbol: string, from: string, taken: ReadonlySet<string>): string {
  if (!taken.has(symbol)) return symbol;
  const alias = joinNames(modulePrefix(from), symbol);
  if (!taken.has(alias)) return alias;
  let suffix = 2;
  while (taken.has(`${alias}${suffix}`)) suffix += 1;
  return `${alias}${suffix}`;
}

function modulePrefix(from: string): string[] {
  if (!from.startsWith(".")) return ["Runtime"];
  const folders = from.split("/").filter((part) => part !== "." && part !== "..");
  folders.pop();
  const near = folders.slice(-2).map((part) => capitalise(part.replace(/[^A-Za-z0-9]/g, "")));
  return near.length === 0 ? ["Local"] : near;
}

/** Keeps the case of the symbol's first letter, so that a function still looks like one. */
function joinNames(prefix: readonly string[], symbol: string): string {
  const name = prefix.join("") + capitalise(symbol);
  return /^[a-z]/.test(symbol) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function compareModules(a: string, b: string): number {
  return moduleRank(b) - moduleRank(a) || compare(a, b);
}

/** Packages come before relative imports, and `../../` before `../` before `./`. */
function moduleRank(from: string): number {
  if (!from.startsWith(".")) return Number.POSITIVE_INFINITY;
  return from.split("/").filter((part) => part === "..").length;
}

/** Code-unit order: the same on every machine and in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A text whose code-unit order is Biome's order of names: `A` before `a` before
 * `B`, and numbers by their value.
 */
function sortKey(name: string): string {
  return name.replace(/\d+|[A-Za-z]/g, (part) =>
    /\d/.test(part) ? part.padStart(10, "0") : part.toLowerCase() + (part < "a" ? "0" : "1"),
  );
}

function renderModule(from: string, entries: readonly Entry[]): string {
  const sorted = entries
    .map((entry) => ({ ...entry, key: sortKey(entry.local) }))
    .sort((a, b) => compare(a.key, b.key));
  const onlyTypes = sorted.every((entry) => entry.type);
  const names = sorted.map((entry) => {
    const name = entry.local === entry.symbol ? entry.symbol : `${entry.symbol} as ${entry.local}`;
    return entry.type && !onlyTypes ? `type ${name}` : name;
  });
  const keyword = onlyTypes ? "import type" : "import";
  const line = `${keyword} { ${names.join(", ")} } from ${JSON.stringify(from)};`;
  if (line.length <= LINE_WIDTH) return line;
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};`;
}
