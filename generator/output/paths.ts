import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where a run keeps its files until all are complete: a folder in the output, by process. */
export const STAGING = /^\.natsgen-(\d+)$/;

/** Whether `path` stays in the folder that it is relative to. */
export function isSafePath(path: string): boolean {
  const parts = path.split("/");
  return (
    !path.includes("\\") &&
    !/^[A-Za-z]:/.test(path) &&
    parts.every((part) => part !== "" && part !== "." && part !== "..")
  );
}

/**
 * Every file and symbolic link below `root`, as sorted paths. Hidden ones are
 * left out: editors, file managers and version control leave them everywhere,
 * and no code is imported from them.
 */
export function listFiles(root: string): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.name.startsWith(".")) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else found.push(path);
    }
  };
  visit("");
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Why `path` cannot be written below `root`, if it cannot: a symbolic link on
 * the way would lead the file out of the output, a file in the place of a
 * folder would have to go.
 */
export function obstacle(root: string, path: string): string | undefined {
  const parts = path.split("/");
  for (let length = 1; length <= parts.length; length++) {
    const stat = lstatSync(join(root, ...parts.slice(0, length)), { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    const shown = parts.slice(0, length).join("/");
    if (stat.isSymbolicLink()) return `"${shown}" is a symbolic link`;
    if (length < parts.length && !stat.isDirectory()) return `"${shown}" is no folder`;
    if (length === parts.length && !stat.isFile()) return `"${shown}" is no file`;
  }
  return undefined;
}

function entriesOf(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}
