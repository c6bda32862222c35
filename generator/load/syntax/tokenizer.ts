/**
 * The lexical grammar of .proto files (protobuf.com/docs/language-spec, and
 * protoc's own tokenizer where the two differ).
 *
 * All tokens of a file are made at once: the parser looks ahead freely, and an
 * error in a token never stops the run.
 */

import type { Position } from "../descriptor.js";
import type { Report, Source } from "./source.js";
import { readString } from "./strings.js";

export type TokenKind = "identifier" | "int" | "float" | "string" | "symbol" | "end";

/**
 * A class for its getter: most tokens are never asked for their position, and
 * an object less for each token saves a third of the time of a cold run.
 */
export class Token {
  constructor(
    readonly kind: TokenKind,
    /** As written; for strings with the quotes. Empty for "end". */
    readonly text: string,
    private readonly file: string,
    private readonly line: number,
    private readonly column: number,
    private readonly endColumn: number,
    /** Comments between the previous token and this one. */
    readonly comments: readonly Comment[] | undefined,
    /** Value of a string literal: text, unless escapes make bytes that are not UTF-8; undefined if it is not closed. */
    readonly value: string | Uint8Array | undefined,
  ) {}

  /** No token spans lines. */
  get position(): Position {
    const { file, line, column, endColumn } = this;
    return { file, line, column, endLine: line, endColumn };
  }
}

export interface Comment {
  readonly block: boolean;
  /** Without the markers. */
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
}

enum Char {
  Tab = 9,
  LineFeed = 10,
  VerticalTab = 11,
  FormFeed = 12,
  Return = 13,
  Space = 32,
  Quote = 34,
  Hash = 35,
  Apostrophe = 39,
  Star = 42,
  Dot = 46,
  Slash = 47,
  Zero = 48,
  Nine = 57,
  Underscore = 95,
}

const SYMBOLS = new Set([..."{}[]()<>;:,.=+-/"]);
const DECIMAL = /^[0-9]+$/;
const OCTAL = /^0[0-7]*$/;
const HEX = /^0[xX][0-9a-fA-F]+$/;
const FLOAT = /^(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

export function tokenize(source: Source, report: Report): readonly Token[] {
  const { text, file } = source;
  const tokens: Token[] = [];
  let comments: Comment[] | undefined;
  let index = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let lineStart = index;

  const positionFrom = (start: number): Position => ({
    file,
    line,
    column: start - lineStart + 1,
    endLine: line,
    endColumn: index - lineStart + 1,
  });
  const push = (kind: TokenKind, start: number, value?: string | Uint8Array): void => {
    const column = start - lineStart + 1;
    const endColumn = index - lineStart + 1;
    tokens.push(
      new Token(kind, text.slice(start, index), file, line, column, endColumn, comments, value),
    );
    comments = undefined;
  };
  const error = (rule: string, message: string, position: Position, suggestion?: string): void => {
    report({
      severity: "error",
      rule,
      message,
      position,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  };

  const blockComment = (start: number): void => {
    const startLine = line;
    const opening: Position = { ...positionFrom(start), endColumn: start - lineStart + 3 };
    let end = text.indexOf("*/", start + 2);
    if (end < 0) {
      error("unterminated-comment", "this comment is never closed", opening, 'close it with "*/"');
      end = text.length;
    }
    for (index = start + 2; index < end; index++) {
      const code = text.charCodeAt(index);
      if (
        code === Char.LineFeed ||
        (code === Char.Return && text.charCodeAt(index + 1) !== Char.LineFeed)
      ) {
        line++;
        lineStart = index + 1;
      }
    }
    const body = text.slice(start + 2, end);
    index = Math.min(end + 2, text.length);
    comments = comments ?? [];
    comments.push({ block: true, text: body, line: startLine, endLine: line });
  };

  while (index < text.length) {
    const start = index;
    const code = text.charCodeAt(index);
    if (code === Char.LineFeed || code === Char.Return) {
      index += code === Char.Return && text.charCodeAt(index + 1) === Char.LineFeed ? 2 : 1;
      line++;
      lineStart = index;
    } else if (isBlank(code)) {
      index++;
    } else if (isLetter(code)) {
      index = skipWord(text, index);
      push("identifier", start);
    } else if (isDigit(code) || (code === Char.Dot && isDigit(text.charCodeAt(index + 1)))) {
      index = skipNumber(text, index);
      const number = text.slice(start, index);
      const fault = numberFault(number);
      if (fault !== undefined) {
        error("invalid-number", `"${number}" is not a number: ${fault}`, positionFrom(start));
      }
      push(FLOAT.test(number) && !DECIMAL.test(number) ? "float" : "int", start);
    } else if (code === Char.Quote || code === Char.Apostrophe) {
      const literal = readString(text, index);
      index = literal.end;
      for (const fault of literal.faults) {
        const column = fault.start - lineStart + 1;
        const endColumn = fault.end - lineStart + 1;
        error(
          fault.rule,
          fault.message,
          { file, line, column, endLine: line, endColumn },
          fault.suggestion,
        );
      }
      push("string", start, literal.closed ? literal.value : undefined);
    } else if (code === Char.Slash && text.charCodeAt(index + 1) === Char.Slash) {
      index = endOfLine(text, index);
      comments = comments ?? [];
      comments.push({ block: false, text: text.slice(start + 2, index), line, endLine: line });
    } else if (code === Char.Slash && text.charCodeAt(index + 1) === Char.Star) {
      blockComment(start);
    } else {
      const character = String.fromCodePoint(text.codePointAt(index) ?? code);
      index += character.length;
      if (SYMBOLS.has(character)) {
        push("symbol", start);
      } else {
        error(
          "unexpected-character",
          describeStray(character),
          positionFrom(start),
          strayHint(code),
        );
      }
    }
  }
  push("end", index);
  return tokens;
}

function describeStray(character: string): string {
  if (!/\p{C}|\p{Z}/u.test(character)) {
    return `unexpected character "${character}"`;
  }
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `unexpected character U+${number}`;
}

function strayHint(code: number): string | undefined {
  if (code === Char.Hash) {
    return 'comments start with "//"';
  }
  if (code === 0x201c || code === 0x201d || code === 0x2018 || code === 0x2019) {
    return "use straight quotes";
  }
  return code === 0xa0 || code === 0x200b ? "replace it with a space" : undefined;
}

function isBlank(code: number): boolean {
  return (
    code === Char.Space || code === Char.Tab || code === Char.VerticalTab || code === Char.FormFeed
  );
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === Char.Underscore;
}

function isDigit(code: number): boolean {
  return code >= Char.Zero && code <= Char.Nine;
}

function skipWord(text: string, from: number): number {
  let index = from;
  while (isLetter(text.charCodeAt(index)) || isDigit(text.charCodeAt(index))) {
    index++;
  }
  return index;
}

/** Takes everything that could be meant as one number, so that `12ab` is one error and not two tokens. */
function skipNumber(text: string, from: number): number {
  let index = from;
  for (;;) {
    const code = text.charCodeAt(index);
    const exponent = (code | 32) === 101 && !/^0[xX]/.test(text.slice(from, from + 2));
    const sign = text[index + 1] === "+" || text[index + 1] === "-";
    if (exponent && sign && isDigit(text.charCodeAt(index + 2))) {
      index += 2;
    } else if (isDigit(code) || isLetter(code) || code === Char.Dot) {
      index++;
    } else {
      return index;
    }
  }
}

function numberFault(number: string): string | undefined {
  if (HEX.test(number) || OCTAL.test(number) || FLOAT.test(number)) {
    return DECIMAL.test(number) &&
      number.length > 1 &&
      number.startsWith("0") &&
      !OCTAL.test(number)
      ? "a leading 0 makes it octal, which has the digits 0 to 7"
      : undefined;
  }
  if (/^0[xX]/.test(number)) {
    return "hexadecimal digits are 0 to 9 and a to f";
  }
  if (/^[0-9.]+[eE][+-]?$/.test(number)) {
    return "the exponent has no digits";
  }
  if (/^[0-9.]+[fF]$/.test(number)) {
    return 'a float has no "f" at its end';
  }
  return /^[0-9.]+$/.test(number)
    ? "it has two decimal points"
    : "a letter follows the digits; a space may be missing";
}

function endOfLine(text: string, from: number): number {
  const lineFeed = text.indexOf("\n", from);
  const end = lineFeed < 0 ? text.length : lineFeed;
  const carriageReturn = text.slice(from, end).indexOf("\r");
  return carriageReturn < 0 ? end : from + carriageReturn;
}

/** The value of an integer token, decimal, octal or hexadecimal; undefined if malformed. */
export function integerValue(text: string): bigint | undefined {
  if (HEX.test(text)) {
    return BigInt(text);
  }
  if (OCTAL.test(text)) {
    return BigInt(`0o${text}`);
  }
  return DECIMAL.test(text) && !text.startsWith("0") ? BigInt(text) : undefined;
}
