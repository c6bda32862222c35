import { checkMessages } from "../messages/check.js";
import type { Diagnostic, Schema } from "../model/types.js";

/** One check of a whole schema. */
export type LintRule = (schema: Schema) => readonly Diagnostic[];

const RULES: readonly LintRule[] = [checkMessages];

/** Every finding of every rule. */
export function lint(schema: Schema): readonly Diagnostic[] {
  return RULES.flatMap((rule) => rule(schema));
}
