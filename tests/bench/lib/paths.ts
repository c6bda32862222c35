import { existsSync } from "node:fs";
import path from "node:path";

/** The project's root, from the sources as well as from where they are compiled to. */
export const root = findRoot(import.meta.dirname);

/** All that a run of the benchmarks writes, but for docs/benchmarks.md. Ignored by git. */
export const workFolder = path.join(root, ".natsgen", "bench");
export const schemaFolder = path.join(root, "tests", "bench", "schemas");
export const docsFile = path.join(root, "docs", "benchmarks.md");

/** Compiled code of the bench schemas, a folder for each generator. */
export const generatedFolder = path.join(workFolder, "generated", "js");

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return folder;
}

/** An executable script that a dependency brings. */
export function scriptOf(relative: string): string {
  return path.join(root, "node_modules", relative);
}
