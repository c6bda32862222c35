/** One .proto file as text, and the places in it. */

import type { Diagnostic, Position } from "../descriptor.js";

export interface Source {
  /** Path as shown to people. */
  readonly file: string;
  readonly text: string;
}

export type Report = (diagnostic: Diagnostic) => void;

/** A position at the start of a file: for what has no better place. */
export function startOf(file: string): Position {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** From the start of one position to the end of another of the same file. */
export function span(from: Position, to: Position): Position {
  return {
    file: from.file,
    line: from.line,
    column: from.column,
    endLine: to.endLine,
    endColumn: to.endColumn,
  };
}

/** The empty place behind a position: where something is missing. */
export function after(position: Position): Position {
  return {
    file: position.file,
    line: position.endLine,
    column: position.endColumn,
    endLine: position.endLine,
    endColumn: position.endColumn,
  };
}

/**
 * Decodes a file. A byte-order mark is dropped. Invalid UTF-8 is reported at
 * the first bad byte and read as U+FFFD, so that the rest is still checked. A
 * file with zero bytes is no text at all, and read as an empty one: a finding
 * for each of its bytes would tell nobody anything.
 */
export function decodeSource(file: string, bytes: Uint8Array, report: Report): Source {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (bytes.includes(0)) {
    report({
      severity: "error",
      rule: "invalid-utf8",
      message: "the file is not text in UTF-8: it holds zero bytes, as binary files and UTF-16 do",
      position: startOf(file),
      suggestion: "save the file as UTF-8; a descriptor set is named .binpb, .pb or .desc",
    });
    return { file, text: "" };
  }
  if (text.includes("\uFFFD")) {
    const index = firstInvalidUtf8(bytes);
    if (index !== undefined) {
      const before = new TextDecoder("utf-8").decode(bytes.subarray(0, index));
      const lines = before.split(/\r\n|\n|\r/);
      const line = lines.length;
      const column = (lines[line - 1] ?? "").length + 1;
      report({
        severity: "error",
        rule: "invalid-utf8",
        message: `the file is not valid UTF-8 (byte 0x${hex(bytes[index] ?? 0)} at offset ${index})`,
        position: { file, line, column, endLine: line, endColumn: column + 1 },
        suggestion: "save the file as UTF-8",
      });
    }
  }
  return { file, text };
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function firstInvalidUtf8(bytes: Uint8Array): number | undefined {
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length === 0) {
      return index;
    }
    index += length;
  }
  return undefined;
}

/** Bytes of the UTF-8 sequence at `index`; 0 if it is none (RFC 3629). */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] ?? 0;
  if (lead < 0x80) {
    return 1;
  }
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (lead < 0xc2 || length === 0 || index + length > bytes.length) {
    return 0;
  }
  for (let at = 1; at < length; at++) {
    if (((bytes[index + at] ?? 0) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  const second = bytes[index + 1] ?? 0;
  const overlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const surrogate = lead === 0xed && second >= 0xa0;
  const tooBig = lead === 0xf4 && second >= 0x90;
  return overlong || surrogate || tooBig ? 0 : length;
}
