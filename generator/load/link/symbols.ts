/** The table of all names, and protobuf's scoping rules over it. */

import type { Position } from "../descriptor.js";
import { joinName } from "../names.js";
import type { EnumNode, FieldNode, FileNode, MessageNode } from "../syntax/nodes.js";
import type { Report } from "../syntax/source.js";

/** Names that are neither types nor extensions, and what they are called in messages. */
type PlainKind = "field" | "oneof" | "enum value" | "service" | "method";

export type NamedSymbol =
  | {
      readonly kind: "message";
      readonly fullName: string;
      readonly file: FileNode;
      readonly node: MessageNode;
    }
  | {
      readonly kind: "enum";
      readonly fullName: string;
      readonly file: FileNode;
      readonly node: EnumNode;
    }
  | {
      readonly kind: "extension";
      readonly fullName: string;
      readonly file: FileNode;
      readonly node: FieldNode;
    }
  | {
      readonly kind: PlainKind;
      readonly fullName: string;
      readonly file: FileNode;
      readonly node: Named;
    }
  | {
      readonly kind: "package";
      readonly fullName: string;
      readonly file: FileNode;
      readonly node: undefined;
    };

interface Named {
  readonly name: string;
  fullName: string;
  readonly namePosition: Position;
}

export interface Linker {
  /** Imports before importers. */
  readonly files: readonly FileNode[];
  readonly report: Report;
  readonly symbols: ReadonlyMap<string, NamedSymbol>;
  /** What each file may refer to: itself, its imports, and what those import publicly. */
  readonly visible: ReadonlyMap<FileNode, Visibility>;
  /** Files whose names are not all known: they, or what they see, did not parse or were not found. */
  readonly incomplete: ReadonlySet<FileNode>;
  /** The import path of a bundled file that is not loaded and declares the name. */
  readonly bundled: (fullName: string) => string | undefined;
  /** Extensions by the extended message's full name and number. */
  readonly extensions: Map<string, Map<number, FieldNode>>;
}

export interface Visibility {
  readonly files: ReadonlySet<FileNode>;
  /** Packages of those files, and the packages around them. */
  readonly packages: ReadonlySet<string>;
}

export interface Imports {
  /** Resolved imports of a file; an import that was not found is missing. */
  readonly of: ReadonlyMap<FileNode, readonly FileNode[]>;
  readonly broken: ReadonlySet<FileNode>;
  /** The import path of the bundled file that declares a name. */
  readonly bundled: (fullName: string) => string | undefined;
}

export function createLinker(files: readonly FileNode[], imports: Imports, report: Report): Linker {
  const visible = new Map<FileNode, Visibility>();
  const incomplete = new Set<FileNode>();
  const publicOf = new Map<FileNode, ReadonlySet<FileNode>>();
  for (const file of files) {
    const direct = imports.of.get(file) ?? [];
    const seen = new Set<FileNode>([file]);
    const passedOn = new Set<FileNode>();
    const publicPaths = new Set(
      file.imports.filter((entry) => entry.public).map((entry) => entry.path),
    );
    for (const dependency of direct) {
      for (const reached of [dependency, ...(publicOf.get(dependency) ?? [])]) {
        seen.add(reached);
        if (publicPaths.has(dependency.path)) {
          passedOn.add(reached);
        }
      }
    }
    publicOf.set(file, passedOn);
    visible.set(file, { files: seen, packages: packagesOf(seen) });
    if ([...seen].some((other) => imports.broken.has(other))) {
      incomplete.add(file);
    }
  }
  const symbols = new Map<string, NamedSymbol>();
  for (const file of files) {
    declareFile(file, symbols, report);
  }
  return {
    files,
    report,
    symbols,
    visible,
    incomplete,
    bundled: imports.bundled,
    extensions: new Map(),
  };
}

function packagesOf(files: ReadonlySet<FileNode>): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const file of files) {
    for (
      let name = file.package;
      name !== "" && !packages.has(name);
      name = name.slice(0, Math.max(0, name.lastIndexOf(".")))
    ) {
      packages.add(name);
    }
  }
  return packages;
}

function declareFile(file: FileNode, symbols: Map<string, NamedSymbol>, report: Report): void {
  for (
    let name = file.package;
    name !== "";
    name = name.slice(0, Math.max(0, name.lastIndexOf(".")))
  ) {
    const known = symbols.get(name);
    if (known === undefined) {
      symbols.set(name, { kind: "package", fullName: name, file, node: undefined });
    } else if (known.kind !== "package") {
      reportDuplicate(report, `package "${name}"`, file.packagePosition ?? file.position, known);
    }
  }
  const declare = (symbol: NamedSymbol): void => {
    const known = symbols.get(symbol.fullName);
    if (known === undefined) {
      symbols.set(symbol.fullName, symbol);
    } else if (symbol.node !== undefined) {
      reportDuplicate(
        report,
        `${symbol.kind} "${symbol.node.name}"`,
        symbol.node.namePosition,
        known,
        symbol.kind,
      );
    }
  };
  const plain = (kind: PlainKind, scope: string, node: Named): void => {
    node.fullName = joinName(scope, node.name);
    declare({ kind, fullName: node.fullName, file, node });
  };
  const declareExtension = (scope: string, node: FieldNode): void => {
    node.fullName = joinName(scope, node.name);
    node.file = file.path;
    declare({ kind: "extension", fullName: node.fullName, file, node });
  };
  const declareEnum = (scope: string, parent: string | undefined, node: EnumNode): void => {
    node.fullName = joinName(scope, node.name);
    node.file = file.path;
    node.parent = parent;
    declare({ kind: "enum", fullName: node.fullName, file, node });
    for (const value of node.values) {
      // Enum values are siblings of their enum, as in C++.
      plain("enum value", scope, value);
    }
  };
  const declareMessage = (scope: string, parent: string | undefined, node: MessageNode): void => {
    node.fullName = joinName(scope, node.name);
    node.file = file.path;
    node.parent = parent;
    declare({ kind: "message", fullName: node.fullName, file, node });
    for (const member of node.fields) {
      member.file = file.path;
      plain("field", node.fullName, member);
    }
    for (const oneof of node.oneofs) {
      plain("oneof", node.fullName, oneof);
    }
    for (const child of node.messages) {
      declareMessage(node.fullName, node.fullName, child);
    }
    for (const child of node.enums) {
      declareEnum(node.fullName, node.fullName, child);
    }
    for (const child of node.extensions) {
      declareExtension(node.fullName, child);
    }
  };
  for (const message of file.messages) {
    declareMessage(file.package, undefined, message);
  }
  for (const node of file.enums) {
    declareEnum(file.package, undefined, node);
  }
  for (const node of file.extensions) {
    declareExtension(file.package, node);
  }
  for (const service of file.services) {
    plain("service", file.package, service);
    service.file = file.path;
    for (const method of service.methods) {
      plain("method", service.fullName, method);
    }
  }
}

function reportDuplicate(
  report: Report,
  what: string,
  position: Position,
  known: NamedSymbol,
  kind?: NamedSymbol["kind"],
): void {
  const where = known.node?.namePosition ?? known.file.packagePosition;
  const scope = known.fullName.slice(0, Math.max(0, known.fullName.lastIndexOf(".")));
  const siblings = kind === "enum value" && known.kind === "enum value";
  report({
    severity: "error",
    rule: "duplicate-name",
    message: `${what} is declared twice: "${known.fullName}" is already ${article(known.kind)} in "${known.file.path}"`,
    position,
    ...(siblings
      ? {
          suggestion: `enum values share the scope of their enum: "${scope === "" ? "the file" : scope}" can have only one of that name`,
        }
      : {}),
    ...(where === undefined
      ? {}
      : { related: [{ position: where, message: "the first declaration" }] }),
  });
}

function article(kind: NamedSymbol["kind"]): string {
  return `${/^[aeio]/.test(kind) ? "an" : "a"} ${kind}`;
}

export type Lookup =
  | { readonly found: NamedSymbol }
  /** Declared in a file that is not imported. */
  | { readonly notImported: NamedSymbol }
  /** The first component names something nearer that lacks the rest. */
  | { readonly shadowedAs: string }
  | { readonly unknown: true };

/**
 * Finds `name` as seen from inside `scope` (the full name of the declaration
 * that refers to it). As protoc: the innermost scope that knows the first
 * component wins, and the rest is looked up there and nowhere else.
 */
export function lookUp(
  linker: Linker,
  file: FileNode,
  name: string,
  scope: string,
  typesOnly: boolean,
): Lookup {
  let notImported: NamedSymbol | undefined;
  const find = (fullName: string): NamedSymbol | undefined => {
    const symbol = linker.symbols.get(fullName);
    if (symbol === undefined) {
      return undefined;
    }
    const visibility = linker.visible.get(file);
    const seen =
      symbol.kind === "package"
        ? visibility?.packages.has(fullName)
        : visibility?.files.has(symbol.file);
    if (seen === true) {
      return symbol;
    }
    if (symbol.kind !== "package") {
      notImported ??= symbol;
    }
    return undefined;
  };
  const missing = (): Lookup => (notImported === undefined ? { unknown: true } : { notImported });

  if (name.startsWith(".")) {
    const symbol = find(name.slice(1));
    return symbol === undefined ? missing() : { found: symbol };
  }
  const dot = name.indexOf(".");
  const head = dot < 0 ? name : name.slice(0, dot);
  let around = scope;
  let shadowedAs: string | undefined;
  while (around !== "") {
    around = around.slice(0, Math.max(0, around.lastIndexOf(".")));
    const symbol = find(joinName(around, head));
    if (symbol === undefined) {
      continue;
    }
    if (dot < 0) {
      if (!typesOnly || symbol.kind === "message" || symbol.kind === "enum") {
        return { found: symbol };
      }
    } else if (
      symbol.kind === "message" ||
      symbol.kind === "package" ||
      symbol.kind === "enum" ||
      symbol.kind === "service"
    ) {
      const whole = joinName(around, name);
      const found = find(whole);
      if (found !== undefined) {
        return { found };
      }
      shadowedAs = whole;
      break;
    }
  }
  if (shadowedAs !== undefined && notImported === undefined) {
    return { shadowedAs };
  }
  return missing();
}
