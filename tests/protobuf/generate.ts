import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "@swc/core";
import { load } from "../../generator/load/load.js";
import { checkMessages, emitMessages } from "../../generator/messages/index.js";
import { buildSchema } from "../../generator/model/index.js";
import type { Schema } from "../../generator/model/types.js";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const SCHEMAS = join(ROOT, "tests/protobuf/schemas");

/** What one set of schemas generates. */
export interface Generated {
  readonly schema: Schema;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

/**
 * Loads schemas and generates their messages, in memory. Throws on the first
 * error. `generate` picks the files in place of the loader, which leaves out
 * those that natsgen bundles.
 */
export async function generateMessages(
  inputs: readonly string[],
  include: readonly string[] = [],
  generate?: (path: string) => boolean,
): Promise<Generated> {
  const loaded = await load(inputs, { cwd: ROOT, include });
  const chosen =
    generate === undefined
      ? loaded.files
      : loaded.files.map((file) => ({ ...file, generate: generate(file.path) }));
  const { schema, diagnostics } = buildSchema(chosen);
  const findings = [...loaded.diagnostics, ...diagnostics, ...checkMessages(schema)];
  const error = findings.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`${error.position?.file}: ${error.message}`);
  const files = schema.packages.flatMap((pkg) => emitMessages(schema, pkg));
  return { schema, files };
}

/**
 * Writes generated files below a fresh folder of the project's cache, as
 * TypeScript (for tsc, and for jest to import) or as JavaScript (for node).
 */
export async function writeGenerated(
  name: string,
  files: Generated["files"],
  language: "ts" | "js",
): Promise<string> {
  const folder = join(ROOT, ".cache/tests", name);
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  for (const { path, content } of files) {
    const target = join(folder, language === "ts" ? path : path.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, language === "ts" ? content : await toJavaScript(content));
  }
  return folder;
}

/** Strips the types. */
export async function toJavaScript(source: string): Promise<string> {
  const { code } = await transform(source, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "es6" },
  });
  return code;
}
