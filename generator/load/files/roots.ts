/** Which files there are, under which import path, and where an import is searched. */

import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A folder that import paths start from. */
export interface Root {
  readonly directory: string;
  readonly kind: "input" | "include" | "bundled";
}

/** The folder of bundled schemas, from the sources as from the built package. */
export function bundledDirectory(): string {
  const candidates = ["../../include/", "../../../../generator/include/"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = candidates.find((directory) => existsSync(directory));
  if (found === undefined) {
    throw new Error(`the bundled schemas are missing: looked in ${candidates.join(" and ")}`);
  }
  return found;
}

const SHOWN_BUNDLED = "<natsgen>";

/** A path as people read it: relative below the working directory, with slashes on every system. */
export function shownPath(absolute: string, cwd: string, bundled: string): string {
  const inBundle = below(bundled, absolute);
  if (inBundle !== undefined) {
    return `${SHOWN_BUNDLED}/${inBundle}`;
  }
  return below(cwd, absolute) ?? absolute.split(sep).join("/");
}

/** The path of `file` inside `directory`, with slashes; undefined if it is not inside. */
export function below(directory: string, file: string): string | undefined {
  const path = relative(directory, file);
  if (path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    return undefined;
  }
  return path.split(sep).join("/");
}

/** All .proto files below a folder, in code-unit order of their paths. Hidden folders and node_modules are left out. */
export function protoFilesBelow(directory: string): readonly string[] {
  const found: string[] = [];
  const entered = new Set<string>();
  const enter = (folder: string): void => {
    const real = realpathSync(folder);
    if (entered.has(real)) {
      // A symbolic link that leads back up.
      return;
    }
    entered.add(real);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const link = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
      if (link?.isDirectory() === true) {
        if (!entry.name.startsWith(".") && entry.name !== "node_modules") {
          enter(path);
        }
      } else if (link?.isFile() === true && entry.name.endsWith(".proto")) {
        found.push(path);
      }
    }
  };
  enter(directory);
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/**
 * The root of a single input file: the first -I or input folder that holds it;
 * else the folder that its package path starts in; else its own folder.
 */
export function rootOf(file: string, roots: readonly Root[], bytes: Uint8Array): Root {
  const known = roots.find((root) => below(root.directory, file) !== undefined);
  if (known !== undefined) {
    return known;
  }
  const folder = dirname(file);
  const packageName = /^\s*package\s+([A-Za-z_][\w.]*)\s*;/m.exec(
    Buffer.from(bytes).toString("latin1"),
  )?.[1];
  if (packageName !== undefined) {
    const tail = packageName.split(".");
    const parts = folder.split(sep);
    if (tail.every((part, index) => parts[parts.length - tail.length + index] === part)) {
      return { directory: resolve(parts.slice(0, -tail.length).join(sep) || sep), kind: "input" };
    }
  }
  return { directory: folder, kind: "input" };
}
