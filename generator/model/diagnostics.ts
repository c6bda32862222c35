import type { Diagnostic, Position } from "./types.js";

/** Where the parts of the model put what they find. */
export interface Findings {
  error(rule: string, position: Position, message: string, more?: FindingDetails): void;
  warning(rule: string, position: Position, message: string, more?: FindingDetails): void;
  readonly all: readonly Diagnostic[];
}

export interface FindingDetails {
  readonly suggestion?: string | undefined;
  readonly related?: NonNullable<Diagnostic["related"]>;
}

export function createFindings(): Findings {
  const all: Diagnostic[] = [];
  const add =
    (severity: Diagnostic["severity"]) =>
    (rule: string, position: Position, message: string, more: FindingDetails = {}): void => {
      all.push({
        severity,
        rule,
        message,
        position,
        ...(more.suggestion === undefined ? {} : { suggestion: more.suggestion }),
        ...(more.related === undefined ? {} : { related: more.related }),
      });
    };
  return { error: add("error"), warning: add("warning"), all };
}
