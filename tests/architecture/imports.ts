import { builtinModules } from "node:module";
import path from "node:path";

/**
 * What a TypeScript module imports: static and dynamic imports, re-exports,
 * `import type` and `import("…")` in types. Comments are taken out first, so that
 * an import in an example of a doc comment is none.
 */
export function specifiersOf(source: string): readonly string[] {
  const code = withoutComments(source);
  const found: string[] = [];
  const statement =
    /(?:^|[;}\n])\s*(?:import|export)\b(?:[^"'`;=()]*?\bfrom)?\s*["']([^"'\n]+)["']/g;
  const call = /\b(?:import|require)\s*\(\s*["']([^"'\n]+)["']/g;
  for (const pattern of [statement, call]) {
    for (const match of code.matchAll(pattern)) if (match[1] !== undefined) found.push(match[1]);
  }
  return found;
}

/** String literals are matched too, and kept: what looks like a comment in one is none. */
function withoutComments(source: string): string {
  const token =
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replaceAll(token, (_all, literal: string | undefined) => literal ?? " ");
}

/** The file, from the root of the tree, or `npm:<specifier>`, that an import leads to. */
export function targetOf(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) {
    const isBuiltin = !specifier.startsWith("node:") && builtinModules.includes(specifier);
    return `npm:${isBuiltin ? "node:" : ""}${specifier}`;
  }
  const joined = path.posix.join(path.posix.dirname(file), specifier);
  return joined.replace(/\.js$/, ".ts");
}
