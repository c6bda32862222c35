import { didYouMean } from "../model/suggest.js";
import type { Diagnostic, Position } from "../model/types.js";
import type { Config } from "./config.js";
import { positionAt, problem } from "./problem.js";

/** Checks what a configuration holds. `text` is its source, in which places are looked up. */
export async function parseConfig(
  value: unknown,
  file: string,
  text: string,
): Promise<{ readonly config: Config; readonly diagnostics: readonly Diagnostic[] }> {
  // Only runs with a configuration pay for loading zod.
  const { z } = await import("zod");
  const paths = z.array(z.string().min(1, "a path cannot be empty")).readonly();
  const schema = z.strictObject({
    $schema: z.string().optional(),
    inputs: paths.optional(),
    out: z.string().min(1, "a path cannot be empty").optional(),
    include: paths.optional(),
  });
  const parsed = schema.safeParse(value);
  if (parsed.success) return { config: parsed.data, diagnostics: [] };
  const known = Object.keys(schema.shape).filter((key) => key !== "$schema");
  const diagnostics = parsed.error.issues.flatMap((issue): Diagnostic[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        ...problem(`unknown key "${key}"`, keyPosition(text, key, file)),
        suggestion: didYouMean(key, known) ?? `known keys: ${known.join(", ")}`,
      }));
    }
    const [key] = issue.path;
    const where = issue.path.length === 0 ? "the configuration" : `"${issue.path.join(".")}"`;
    const position = typeof key === "string" ? keyPosition(text, key, file) : undefined;
    return [problem(`${where}: ${issue.message}`, position)];
  });
  return { config: {}, diagnostics };
}

/** Where a key is written: `"key":` in JSON, `key:` in a module. */
function keyPosition(text: string, key: string, file: string): Position | undefined {
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const match = new RegExp(`(["']?)(?<![\\w$])${name}\\1\\s*:`).exec(text);
  if (match === null) return undefined;
  const quotes = (match[1] ?? "").length * 2;
  return positionAt(text, match.index, key.length + quotes, file);
}
