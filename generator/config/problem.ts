import type { Diagnostic, Position } from "../model/types.js";

/** The place of `length` characters at `offset`. */
export function positionAt(text: string, offset: number, length: number, file: string): Position {
  const before = text.slice(0, offset).split("\n");
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { file, line, column, endLine: line, endColumn: column + length };
}

export function problem(message: string, position: Position | undefined): Diagnostic {
  return { severity: "error", rule: "configuration", message, position };
}
