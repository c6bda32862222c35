import { createHash } from "node:crypto";
import { CONTRACT_VERSION } from "../../runtime/contract.js";
import { isSafePath } from "./paths.js";
import type { OutputFile } from "./types.js";

export const MANIFEST = "natsgen.manifest.json";

/**
 * The list of what natsgen wrote, kept in the output: paths and SHA-256 of each
 * file, sorted, and the contract version that the code needs of the runtime. No
 * dates and no versions of natsgen, so that it changes only when the code does.
 */
export function manifestFile(files: readonly OutputFile[]): OutputFile {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sums = sorted.map(({ path, content }) => [path, sha256(content)] as const);
  const manifest = { contract: CONTRACT_VERSION, files: Object.fromEntries(sums) };
  return { path: MANIFEST, content: `${JSON.stringify(manifest, null, 2)}\n` };
}

/**
 * The paths that a manifest lists; `undefined` where the text is no manifest. A
 * path that leads out of the output makes the whole text one that natsgen
 * cannot have written.
 */
export function readManifest(text: string): ReadonlySet<string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== "object" || value === null || !("files" in value)) return undefined;
  const { files } = value;
  if (typeof files !== "object" || files === null || Array.isArray(files)) return undefined;
  const paths = Object.keys(files);
  return paths.every(isSafePath) ? new Set(paths) : undefined;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
