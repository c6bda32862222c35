import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A fresh folder for one test. */
export interface Folder {
  readonly path: string;
  readonly write: (file: string, text: string) => void;
  readonly read: (file: string) => string;
  /** Every file with its text, hidden ones included. */
  readonly files: () => Readonly<Record<string, string>>;
  readonly remove: () => void;
}

export function createFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "natsgen-test-"));
  const read = (file: string) => readFileSync(join(path, file), "utf8");
  return {
    path,
    read,
    write: (file, text) => {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    files: () => {
      const entries = readdirSync(path, { recursive: true, withFileTypes: true });
      const names = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
      return Object.fromEntries(names.sort().map((name) => [name, read(name)]));
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
