import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** A fenced block of a page. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** Of the first line, where that is a comment with a path: `// src/worker.ts`. */
  readonly file: string | undefined;
}

export function codeBlocks(page: string): readonly CodeBlock[] {
  const text = readFileSync(path.join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    code,
    file: /^\/\/ ([\w./-]+\.\w+)\n/.exec(code)?.[1],
  }));
}

/** Writes the blocks that name a file, as a reader would type them. */
export function writeFiles(blocks: readonly CodeBlock[], folder: string): readonly string[] {
  return blocks.flatMap(({ file, code, language }) => {
    if (file === undefined) return [];
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    // JSON has no comments: the first line is for the reader.
    writeFileSync(target, language === "json" ? code.slice(code.indexOf("\n") + 1) : code);
    return [file];
  });
}
