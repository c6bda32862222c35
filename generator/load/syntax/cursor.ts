/** A place in a list of tokens, and what every parse function needs there. */

import type { DeclarationComments, Position } from "../descriptor.js";
import { commentsOf } from "./comments.js";
import { after, type Report, span } from "./source.js";
import { concatenate } from "./strings.js";
import { integerValue, type Token } from "./tokenizer.js";

export interface Cursor {
  readonly tokens: readonly Token[];
  readonly report: Report;
  index: number;
  /** Set by the syntax or edition statement. */
  syntax: "proto2" | "proto3" | "editions";
  /** Nesting of messages and aggregates. */
  depth: number;
}

/** protoc stops at 32 messages inside each other and 100 aggregates; beyond that no schema is meant. */
export const MAX_DEPTH = 100;

/** Unwinds to the enclosing statement list, which skips to the next statement. The diagnostic is already reported. */
class SyntaxFault extends Error {}

export function peek(cursor: Cursor, ahead = 0): Token {
  const last = cursor.tokens.length - 1;
  const token = cursor.tokens[Math.min(cursor.index + ahead, last)];
  if (token === undefined) {
    throw new Error("the tokenizer always ends with an end token");
  }
  return token;
}

export function at(cursor: Cursor, text: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.text === text && (token.kind === "symbol" || token.kind === "identifier");
}

export function advance(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== "end") {
    cursor.index++;
  }
  return token;
}

export function accept(cursor: Cursor, text: string): Token | undefined {
  return at(cursor, text) ? advance(cursor) : undefined;
}

/** The token before the cursor; the first token at the start of a file. */
export function previous(cursor: Cursor): Token {
  return peek(cursor, cursor.index > 0 ? -1 : 0);
}

export function describe(token: Token): string {
  if (token.kind === "end") {
    return "the end of the file";
  }
  return token.kind === "string" ? "a string" : `"${token.text}"`;
}

export function fault(
  cursor: Cursor,
  rule: string,
  message: string,
  position: Position,
  suggestion?: string,
): SyntaxFault {
  cursor.report({
    severity: "error",
    rule,
    message,
    position,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return new SyntaxFault(message);
}

/** Reports that something else was expected at the cursor. */
export function expected(cursor: Cursor, what: string, suggestion?: string): SyntaxFault {
  const token = peek(cursor);
  return fault(
    cursor,
    "syntax",
    `expected ${what}, found ${describe(token)}`,
    token.position,
    suggestion,
  );
}

export function expect(cursor: Cursor, text: string, context: string): Token {
  const token = accept(cursor, text);
  if (token === undefined) {
    throw expected(cursor, `"${text}" ${context}`);
  }
  return token;
}

/**
 * The `;` of a statement. Where it is missing the error points at the end of
 * the statement, and parsing goes on at the next line as if it were there.
 */
export function expectSemicolon(cursor: Cursor, context: string): void {
  if (accept(cursor, ";") !== undefined) {
    return;
  }
  const last = previous(cursor);
  const token = peek(cursor);
  if (last.kind === "string" && last.value === undefined) {
    // A string that is not closed has swallowed the semicolon.
    return;
  }
  const missing = fault(
    cursor,
    "missing-semicolon",
    `expected ";" ${context}, found ${describe(token)}`,
    after(last.position),
  );
  if (token.position.line === last.position.endLine && token.text !== "}") {
    throw missing;
  }
}

export function identifier(cursor: Cursor, what: string): Token {
  const token = peek(cursor);
  if (token.kind !== "identifier") {
    throw expected(
      cursor,
      what,
      token.kind === "int" ? "names start with a letter or _" : undefined,
    );
  }
  return advance(cursor);
}

/** `a.b.C` or `.a.b.C`, as one text. */
export function typeName(
  cursor: Cursor,
  what: string,
): { readonly text: string; readonly position: Position } {
  const first = peek(cursor);
  let text = accept(cursor, ".") === undefined ? "" : ".";
  text += identifier(cursor, what).text;
  while (at(cursor, ".")) {
    advance(cursor);
    text += `.${identifier(cursor, "a name behind the dot").text}`;
  }
  return { text, position: span(first.position, previous(cursor).position) };
}

/** Adjacent string literals as one value. */
export function stringLiteral(
  cursor: Cursor,
  what: string,
): { readonly value: string | Uint8Array; readonly position: Position } {
  const first = peek(cursor);
  if (first.kind !== "string") {
    throw expected(
      cursor,
      what,
      first.kind === "identifier" ? `write "${first.text}" in quotes` : undefined,
    );
  }
  const values: (string | Uint8Array)[] = [];
  while (peek(cursor).kind === "string") {
    values.push(advance(cursor).value ?? "");
  }
  return { value: concatenate(values), position: span(first.position, previous(cursor).position) };
}

/** A string literal that has to be text: a path, a name. */
export function textLiteral(
  cursor: Cursor,
  what: string,
): { readonly value: string; readonly position: Position } {
  const { value, position } = stringLiteral(cursor, what);
  if (typeof value !== "string") {
    throw fault(
      cursor,
      "invalid-string",
      `expected ${what}, found bytes that are not UTF-8`,
      position,
    );
  }
  return { value, position };
}

/** An integer between `min` and `max` (NaN if it is none, which is reported), with an optional minus sign where `min` is below 0. */
export function integer(
  cursor: Cursor,
  what: string,
  min: number,
  max: number,
): { readonly value: number; readonly position: Position } {
  const first = peek(cursor);
  const negative = min < 0 && accept(cursor, "-") !== undefined;
  const token = peek(cursor);
  if (token.kind !== "int") {
    throw expected(
      cursor,
      what,
      token.text === "-" ? "only a positive number can stand here" : undefined,
    );
  }
  advance(cursor);
  const position = span(first.position, token.position);
  const magnitude = integerValue(token.text);
  if (magnitude === undefined) {
    // The tokenizer has reported it.
    return { value: Number.NaN, position };
  }
  const value = negative ? -magnitude : magnitude;
  if (value < BigInt(min) || value > BigInt(max)) {
    cursor.report({
      severity: "error",
      rule: "number-out-of-range",
      message: `${value} is out of range: ${what} is between ${min} and ${max}`,
      position,
    });
    return { value: Number.NaN, position };
  }
  return { value: Number(value), position };
}

/** Comments of a declaration from the token at `firstIndex` to the one before the cursor. */
export function commentsFrom(cursor: Cursor, firstIndex: number): DeclarationComments {
  const first = cursor.tokens[firstIndex] ?? peek(cursor);
  return commentsOf(cursor.tokens[firstIndex - 1], first, previous(cursor), peek(cursor));
}

/**
 * Parses statements until `}` (or the end of the file where `closing` is
 * undefined). A statement that fails is skipped and the next one is tried, so
 * that one run reports all errors.
 */
export function statements(
  cursor: Cursor,
  opening: Token | undefined,
  statement: () => void,
): void {
  for (;;) {
    const token = peek(cursor);
    if (token.kind === "end") {
      if (opening !== undefined) {
        reportUnclosed(cursor, opening);
      }
      return;
    }
    if (opening !== undefined && accept(cursor, "}") !== undefined) {
      return;
    }
    const start = cursor.index;
    try {
      statement();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) {
        throw error;
      }
      skipStatement(cursor, opening === undefined);
    }
    if (cursor.index === start) {
      advance(cursor);
    }
  }
}

function reportUnclosed(cursor: Cursor, opening: Token): void {
  cursor.report({
    severity: "error",
    rule: "unclosed-block",
    message: 'expected "}", found the end of the file',
    position: peek(cursor).position,
    related: [{ position: opening.position, message: "the block opens here" }],
  });
}

/** Moves behind the `;` or the block that ends the statement, or to the `}` that ends the enclosing one. */
function skipStatement(cursor: Cursor, topLevel: boolean): void {
  for (;;) {
    const token = peek(cursor);
    if (token.kind === "end" || (token.text === "}" && token.kind === "symbol" && !topLevel)) {
      return;
    }
    advance(cursor);
    if (token.kind === "symbol" && (token.text === ";" || token.text === "}")) {
      return;
    }
    if (token.kind === "symbol" && token.text === "{") {
      skipBlock(cursor);
      return;
    }
  }
}

/** Moves behind the `}` of a block whose `{` was taken. */
function skipBlock(cursor: Cursor): void {
  let depth = 1;
  while (depth > 0) {
    const token = advance(cursor);
    if (token.kind === "end") {
      return;
    }
    if (token.kind === "symbol") {
      depth += token.text === "{" ? 1 : token.text === "}" ? -1 : 0;
    }
  }
}

/** Runs `body` one level deeper; refuses what nests too deep for any reader. */
export function nested<T>(cursor: Cursor, body: () => T): T {
  if (cursor.depth >= MAX_DEPTH) {
    throw fault(
      cursor,
      "too-deep",
      `nested more than ${MAX_DEPTH} levels deep`,
      peek(cursor).position,
    );
  }
  cursor.depth++;
  try {
    return body();
  } finally {
    cursor.depth--;
  }
}
