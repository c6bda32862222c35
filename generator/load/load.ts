/** The entry point: paths in, linked descriptors and diagnostics out. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Diagnostic, Load, LoadResult } from "./descriptor.js";
import { bundledNames } from "./files/bundled-names.js";
import { isDescriptorSet, readDescriptorSet } from "./files/descriptor-set.js";
import { findImport, importPathFault, orderFiles, reportMissingImport } from "./files/imports.js";
import {
  below,
  bundledDirectory,
  protoFilesBelow,
  type Root,
  rootOf,
  shownPath,
} from "./files/roots.js";
import { markGenerated } from "./generate.js";
import { link } from "./link/link.js";
import { nearest } from "./names.js";
import type { FileNode } from "./syntax/nodes.js";
import { parse } from "./syntax/parse.js";
import { decodeSource, type Report } from "./syntax/source.js";

/** Always loaded, imported or not: options are interpreted by what it says. */
const DESCRIPTOR = "google/protobuf/descriptor.proto";

interface Session {
  readonly cwd: string;
  readonly bundled: string;
  readonly roots: Root[];
  /** By import path. */
  readonly files: Map<string, FileNode>;
  /** Import path by absolute path. */
  readonly paths: Map<string, string>;
  readonly sources: Map<string, string>;
  readonly broken: Set<FileNode>;
  readonly diagnostics: Diagnostic[];
  readonly report: Report;
}

export const load: Load = async (inputs, options) => {
  const cwd = resolve(options.cwd);
  const diagnostics: Diagnostic[] = [];
  const session: Session = {
    cwd,
    bundled: bundledDirectory(),
    roots: [],
    files: new Map(),
    paths: new Map(),
    sources: new Map(),
    broken: new Set(),
    diagnostics,
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
  const asked = readInputs(session, inputs, options.include);
  const importsOf = followImports(session);
  const ordered = orderFiles(
    [...session.files.values()],
    importsOf,
    session.broken,
    session.report,
  );
  link(
    ordered,
    { of: importsOf, broken: session.broken, bundled: bundledNames(session.bundled) },
    session.report,
  );
  const generated = asked.filter((file) => !existsSync(join(session.bundled, file.path)));
  markGenerated(ordered, new Set(generated));
  return result(session, ordered, asked);
};

function result(
  session: Session,
  ordered: readonly FileNode[],
  asked: readonly FileNode[],
): LoadResult {
  const own = new Set(asked.map((file) => file.shownPath));
  const shown = session.diagnostics.filter(
    // A warning about a file that nobody asked for helps nobody.
    (diagnostic) =>
      diagnostic.severity === "error" ||
      diagnostic.position === undefined ||
      own.has(diagnostic.position.file),
  );
  return {
    files: ordered,
    diagnostics: sortDiagnostics(shown),
    sources: (file) => session.sources.get(file),
  };
}

/** By file, line and column; without a position first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    const [x, y] = [a.position, b.position];
    if (x === undefined || y === undefined) {
      return Number(x !== undefined) - Number(y !== undefined);
    }
    return x.file === y.file ? x.line - y.line || x.column - y.column : x.file < y.file ? -1 : 1;
  });
}

/** Reads what was asked for, and sets the roots up. */
function readInputs(
  session: Session,
  inputs: readonly string[],
  include: readonly string[],
): readonly FileNode[] {
  const includes: Root[] = [];
  for (const path of include) {
    const directory = resolve(session.cwd, path);
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) {
      includes.push({ directory, kind: "include" });
    } else {
      missing(
        session,
        `include folder "${path}" does not exist`,
        nearbyPath(directory, session.cwd),
      );
    }
  }
  const folders: Root[] = [];
  const protos: string[] = [];
  const sets: string[] = [];
  for (const input of inputs) {
    const absolute = resolve(session.cwd, input);
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined) {
      missing(session, `"${input}" does not exist`, nearbyPath(absolute, session.cwd));
    } else if (stat.isDirectory()) {
      const files = protoFilesBelow(absolute);
      if (files.length === 0) {
        missing(session, `"${input}" holds no .proto file`);
      }
      if (!includes.some((root) => below(root.directory, absolute) !== undefined)) {
        folders.push({ directory: absolute, kind: "input" });
      }
      protos.push(...files);
    } else if (isDescriptorSet(input)) {
      sets.push(absolute);
    } else if (input.endsWith(".proto")) {
      protos.push(absolute);
    } else {
      missing(
        session,
        `"${input}" is neither a folder, a .proto file nor a descriptor set (.binpb, .pb, .desc)`,
      );
    }
  }
  const roots = [...includes, ...folders];
  const singles = new Map<string, Root>();
  const asked: FileNode[] = [];
  for (const absolute of new Set(protos)) {
    const bytes = readBytes(session, absolute);
    if (bytes === undefined) {
      continue;
    }
    const root = rootOf(absolute, roots, bytes);
    if (!roots.includes(root)) {
      singles.set(root.directory, root);
    }
    const path = below(root.directory, absolute) ?? absolute;
    const known = session.files.get(path);
    if (known !== undefined) {
      session.report({
        severity: "error",
        rule: "duplicate-path",
        message: `two inputs have the import path "${path}": ${known.shownPath} and ${shownPath(absolute, session.cwd, session.bundled)}`,
        position: undefined,
      });
      continue;
    }
    asked.push(parseFile(session, path, absolute, bytes));
  }
  session.roots.push(...folders, ...singles.values(), ...includes, {
    directory: session.bundled,
    kind: "bundled",
  });
  for (const set of sets) {
    asked.push(...readSet(session, set));
  }
  return asked;
}

function readSet(session: Session, absolute: string): readonly FileNode[] {
  const bytes = readBytes(session, absolute);
  if (bytes === undefined) {
    return [];
  }
  const shown = shownPath(absolute, session.cwd, session.bundled);
  const descriptor = readFileSync(join(session.bundled, DESCRIPTOR));
  const schema = parse(
    DESCRIPTOR,
    decodeSource(DESCRIPTOR, descriptor, session.report),
    session.report,
  );
  link([schema], { of: new Map(), broken: new Set(), bundled: () => undefined }, session.report);
  const files = readDescriptorSet(bytes, schema, shown, session.report);
  const fresh = files.filter((file) => !session.files.has(file.path));
  for (const file of fresh) {
    session.files.set(file.path, file);
  }
  return fresh;
}

function missing(session: Session, message: string, suggestion?: string): void {
  session.report({
    severity: "error",
    rule: "missing-input",
    message,
    position: undefined,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/** `did you mean "proto"?`: what the folder above has instead of what was named. */
function nearbyPath(absolute: string, cwd: string): string | undefined {
  const folder = dirname(absolute);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const found = nearest(basename(absolute), readdirSync(folder));
  if (found === undefined) return undefined;
  return `did you mean "${relative(cwd, join(folder, found)).replaceAll("\\", "/")}"?`;
}

function readBytes(session: Session, absolute: string): Uint8Array | undefined {
  try {
    return readFileSync(absolute);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    missing(
      session,
      `cannot read "${shownPath(absolute, session.cwd, session.bundled)}" (${reason})`,
    );
    return undefined;
  }
}

function parseFile(session: Session, path: string, absolute: string, bytes: Uint8Array): FileNode {
  const shown = shownPath(absolute, session.cwd, session.bundled);
  const source = decodeSource(shown, bytes, session.report);
  const errorsBefore = session.diagnostics.length;
  const file = parse(path, source, session.report);
  if (
    session.diagnostics.slice(errorsBefore).some((diagnostic) => diagnostic.severity === "error")
  ) {
    session.broken.add(file);
  }
  session.sources.set(shown, source.text);
  session.files.set(path, file);
  session.paths.set(absolute, path);
  return file;
}

/** Loads what is imported, transitively. */
function followImports(session: Session): Map<FileNode, readonly FileNode[]> {
  const importsOf = new Map<FileNode, readonly FileNode[]>();
  const queue = [...session.files.values()];
  const descriptor = findAndParse(session, DESCRIPTOR, queue);
  if (descriptor === undefined) {
    throw new Error("the bundled descriptor.proto is missing");
  }
  for (let index = 0; index < queue.length; index++) {
    const file = queue[index];
    if (file === undefined) {
      continue;
    }
    const found: FileNode[] = [];
    for (const entry of file.imports) {
      const fault = importPathFault(entry.path);
      if (fault !== undefined) {
        session.report({
          severity: "error",
          rule: "invalid-import",
          message: `"${entry.path.slice(0, 80)}" is no import path: ${fault}`,
          position: entry.position,
        });
        session.broken.add(file);
        continue;
      }
      const imported = findAndParse(session, entry.path, queue, entry);
      if (imported !== undefined) {
        found.push(imported);
      } else {
        session.broken.add(file);
      }
    }
    importsOf.set(file, found);
  }
  return importsOf;
}

function findAndParse(
  session: Session,
  path: string,
  queue: FileNode[],
  entry?: FileNode["imports"][number],
): FileNode | undefined {
  const known = session.files.get(path);
  if (known !== undefined) {
    if (entry === undefined && !queue.includes(known)) {
      queue.push(known);
    }
    return known;
  }
  const show = (absolute: string): string => shownPath(absolute, session.cwd, session.bundled);
  const found = findImport(path, session.roots);
  if (found === undefined) {
    if (entry !== undefined) {
      reportMissingImport(entry, session.roots, show, session.report);
    }
    return undefined;
  }
  const other = session.paths.get(found.absolute);
  if (other !== undefined && entry !== undefined) {
    session.report({
      severity: "error",
      rule: "import-path",
      message: `"${path}" is the file that has the import path "${other}"`,
      position: entry.position,
      suggestion: `import "${other}", or change the include roots (-I)`,
    });
    return session.files.get(other);
  }
  const bytes = readBytes(session, found.absolute);
  if (bytes === undefined) {
    return undefined;
  }
  const file = parseFile(session, path, found.absolute, bytes);
  queue.push(file);
  return file;
}
