import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** natsgen's version, from the package.json above this file: the same from the sources and from dist/. */
export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = versionIn(folder);
    if (found !== undefined) return found;
    if (folder === dirname(folder)) throw new Error("natsgen's package.json is missing");
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    if (!("name" in value) || value.name !== "natsgen" || !("version" in value)) return undefined;
    return String(value.version);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
