import type { Position } from "./types.js";

/**
 * Where the character at `offset` of a string literal's text stands. Exact for
 * a plain literal on one line; a literal with escapes, or one made of several
 * parts, is longer than its text, and then the whole of it is the place.
 */
export function insideLiteral(literal: Position, text: string, offset: number): Position {
  const isPlain =
    literal.line === literal.endLine && literal.endColumn - literal.column === text.length + 2;
  if (!isPlain || text === "") return literal;
  const column = literal.column + 1 + Math.min(offset, text.length);
  return { ...literal, column, endColumn: column + 1 };
}
