import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { LoadResult } from "../../../generator/load/descriptor.js";
import { load } from "../../../generator/load/load.js";

/** Writes files into a folder of their own, runs `body`, and removes the folder. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "natsgen-load-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads files as if they were all there is. */
export function loadFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  inputs = ["."],
): Promise<LoadResult> {
  return inFolder(files, (folder) => load(inputs, { include: [], cwd: folder }));
}

/** `1:5-9 rule`, or `1:5-2:3 rule` where lines differ. */
export function summary(result: LoadResult): readonly string[] {
  return result.diagnostics.map(({ position, rule }) => {
    if (position === undefined) {
      return rule;
    }
    const end = position.endLine === position.line ? "" : `${position.endLine}:`;
    return `${position.line}:${position.column}-${end}${position.endColumn} ${rule}`;
  });
}

/** Takes the markers `⟦…⟧` out of a source, and gives the places that they stood around. */
export function marked(source: string): {
  readonly text: string;
  readonly places: readonly string[];
} {
  const places: string[] = [];
  let text = "";
  let start = "";
  for (const character of source) {
    const line = text.split("\n").length;
    const column = text.length - text.lastIndexOf("\n");
    if (character === "⟦") {
      start = `${line}:${column}`;
    } else if (character === "⟧") {
      places.push(`${start}-${start.startsWith(`${line}:`) ? "" : `${line}:`}${column}`);
    } else {
      text += character;
    }
  }
  return { text, places };
}
