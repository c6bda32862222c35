/** Follows imports: finds each file, reports what is missing, and orders files so that imports come first. */

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ImportDescriptor } from "../descriptor.js";
import { editDistance } from "../names.js";
import type { FileNode } from "../syntax/nodes.js";
import type { Report } from "../syntax/source.js";
import { below, protoFilesBelow, type Root } from "./roots.js";

/** A file found for an import path. */
export interface Found {
  readonly path: string;
  readonly absolute: string;
}

/** No file system takes a longer one; asking for it would be an error of the system's. */
const MAX_PATH = 1024;

export function findImport(path: string, roots: readonly Root[]): Found | undefined {
  for (const root of roots) {
    const absolute = join(root.directory, path);
    if (isFile(absolute)) {
      return { path, absolute };
    }
  }
  return undefined;
}

function isFile(absolute: string): boolean {
  try {
    return statSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // A folder that may not be entered, a component that is too long: not found, as far as imports go.
    return false;
  }
}

/** What is wrong with an import path as such; protoc refuses the same. */
export function importPathFault(path: string): string | undefined {
  if (path === "") {
    return "the path is empty";
  }
  if (path.length > MAX_PATH) {
    return `it has more than ${MAX_PATH} characters`;
  }
  if (/\p{Cc}/u.test(path)) {
    return "it holds a control character";
  }
  if (path.includes("\\")) {
    return "import paths have slashes, not backslashes";
  }
  const strange = path.split("/").some((part) => part === "" || part === "." || part === "..");
  return strange
    ? 'import paths start at an include root and have no "." or ".." and no empty parts'
    : undefined;
}

export function reportMissingImport(
  entry: ImportDescriptor,
  roots: readonly Root[],
  show: (absolute: string) => string,
  report: Report,
): void {
  const tried = roots.map((root) =>
    root.kind === "bundled" ? "the bundled files" : show(join(root.directory, entry.path)),
  );
  const suggestion = suggestImport(entry.path, roots, show);
  report({
    severity: "error",
    rule: "unresolved-import",
    message: `cannot find "${entry.path}"; tried ${tried.join(", ")}`,
    position: entry.position,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

/** The existing file that was probably meant: the same name elsewhere, a root that is missing, or a slip in the path. */
function suggestImport(
  path: string,
  roots: readonly Root[],
  show: (absolute: string) => string,
): string | undefined {
  const parts = path.split("/");
  for (const root of roots) {
    // `game/a.proto` where the input is `proto/game`: the root is one level too deep.
    for (let drop = 1; drop < parts.length; drop++) {
      const head = parts.slice(0, drop).join("/");
      const rest = parts.slice(drop).join("/");
      if (
        root.directory.replaceAll("\\", "/").replace(/\/$/, "").endsWith(`/${head}`) &&
        existsSync(join(root.directory, rest))
      ) {
        const up = join(root.directory, ...parts.slice(0, drop).map(() => ".."));
        return `add -I ${show(up) || "."}`;
      }
    }
  }
  let best: string | undefined;
  let limit = Math.max(2, Math.floor(path.length / 4));
  const name = parts.at(-1) ?? path;
  for (const root of roots) {
    for (const absolute of existsSync(root.directory) ? protoFilesBelow(root.directory) : []) {
      const candidate = below(root.directory, absolute) ?? absolute;
      const sameName = candidate.slice(candidate.lastIndexOf("/") + 1) === name;
      const distance = sameName ? 1 : editDistance(path, candidate, limit);
      if (distance < limit || (distance === limit && best === undefined)) {
        best = candidate;
        limit = distance;
      }
    }
  }
  return best === undefined ? undefined : `did you mean "${best}"?`;
}

/**
 * Imports before importers; among equals by import path. A cycle is reported
 * once, where it closes, and cut there.
 */
export function orderFiles(
  files: readonly FileNode[],
  importsOf: Map<FileNode, readonly FileNode[]>,
  broken: Set<FileNode>,
  report: Report,
): readonly FileNode[] {
  const byPath = (a: FileNode, b: FileNode): number =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
  const done = new Set<FileNode>();
  const ordered: FileNode[] = [];
  const enter = (start: FileNode): void => {
    // A stack of its own: a chain of imports may be longer than the call stack.
    const stack: { file: FileNode; rest: FileNode[] }[] = [];
    const open = new Set<FileNode>();
    const push = (file: FileNode): void => {
      open.add(file);
      stack.push({ file, rest: [...(importsOf.get(file) ?? [])].sort(byPath).reverse() });
    };
    push(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        stack.pop();
        open.delete(top.file);
        done.add(top.file);
        ordered.push(top.file);
      } else if (open.has(next)) {
        const from = stack.findIndex((entry) => entry.file === next);
        const cycle = [...stack.slice(from).map((entry) => entry.file.path), next.path];
        const position =
          top.file.imports.find((entry) => entry.path === next.path)?.position ?? top.file.position;
        report({
          severity: "error",
          rule: "import-cycle",
          message:
            cycle.length === 2
              ? `"${next.path}" imports itself`
              : `imports form a cycle: ${cycle.join(" -> ")}`,
          position,
        });
        importsOf.set(
          top.file,
          (importsOf.get(top.file) ?? []).filter((other) => other !== next),
        );
        broken.add(top.file);
      } else if (!done.has(next)) {
        push(next);
      }
    }
  };
  for (const file of [...files].sort(byPath)) {
    if (!done.has(file)) {
      enter(file);
    }
  }
  return ordered;
}
