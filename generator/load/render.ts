/** Diagnostics as people read them: the place, the line, a caret, and what would mend it. */

import type { Diagnostic, Position, SourceLookup } from "./descriptor.js";

export interface RenderOptions {
  /** Text of a file by its shown path; without it, no source lines. */
  readonly sources?: SourceLookup;
  /** ANSI colours. Off by default: only the caller knows whether this is a terminal. */
  readonly colour?: boolean;
}

const TAB_WIDTH = 4;
/** Longer source lines are cut around the caret, so that a minified file does not flood the terminal. */
const MAX_WIDTH = 160;

/** All diagnostics, an empty line behind each that shows source, without a newline at the end. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join("\n");
}

/**
 * ```
 * a.proto:4:3: error: unknown type "Ordr" [unknown-type]
 *   Ordr order = 1;
 *   ^~~~
 *   did you mean "Order"?
 * ```
 */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = painter(options.colour ?? false);
  const { position, severity, message, rule } = diagnostic;
  const severityColour = severity === "error" ? "red" : "yellow";
  const lines = [
    `${paint("bold", place(position))}${paint(severityColour, `${severity}:`)} ${paint("bold", message)} ${paint("dim", `[${rule}]`)}`,
    ...excerpt(position, options, (text) => paint(severityColour, text)),
  ];
  if (diagnostic.suggestion !== undefined) {
    lines.push(`  ${paint("green", diagnostic.suggestion)}`);
  }
  for (const related of diagnostic.related ?? []) {
    lines.push(
      `${paint("bold", place(related.position))}${paint("cyan", "note:")} ${related.message}`,
      ...excerpt(related.position, options, (text) => paint("cyan", text)),
    );
  }
  return lines.join("\n");
}

function place(position: Position | undefined): string {
  return position === undefined ? "" : `${position.file}:${position.line}:${position.column}: `;
}

/** The source line and its caret, both indented by two; nothing where the text is not known. */
function excerpt(
  position: Position | undefined,
  options: RenderOptions,
  paint: (text: string) => string,
): readonly string[] {
  const text = position === undefined ? undefined : options.sources?.(position.file);
  const line =
    text === undefined || position === undefined ? undefined : lineOf(text, position.line);
  if (line === undefined || position === undefined || line.trim() === "") {
    return [];
  }
  const endColumn = position.endLine === position.line ? position.endColumn : line.length + 1;
  const before = expand(line.slice(0, position.column - 1), 0);
  const marked = expand(line.slice(position.column - 1, endColumn - 1), before.length);
  const whole = before + marked + expand(line.slice(endColumn - 1), before.length + marked.length);
  const cut =
    before.length + marked.length > MAX_WIDTH
      ? Math.max(0, before.length - MAX_WIDTH / 2)
      : indentOf(whole, before.length);
  const length = Math.max(1, Math.min(displayWidth(marked), MAX_WIDTH / 2));
  return [
    `  ${whole.slice(cut, cut + MAX_WIDTH)}`,
    `  ${" ".repeat(displayWidth(before.slice(cut)))}${paint(`^${"~".repeat(length - 1)}`)}`,
  ];
}

/** Leading blanks that can go without cutting what is marked. */
function indentOf(line: string, caret: number): number {
  return Math.min(line.length - line.trimStart().length, caret);
}

function lineOf(text: string, line: number): string | undefined {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/, line)[line - 1];
}

/** Tabs become blanks, or the caret would stand elsewhere in every terminal. */
function expand(text: string, column: number): string {
  let result = "";
  for (const character of text) {
    result +=
      character === "\t"
        ? " ".repeat(TAB_WIDTH - ((column + result.length) % TAB_WIDTH))
        : character;
  }
  return result;
}

/** Columns of a terminal: wide East Asian characters and emoji take two, combining marks none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!/\p{Mn}|\p{Cf}/u.test(character)) {
      width +=
        /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u.test(
          character,
        )
          ? 2
          : 1;
    }
  }
  return width;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

function painter(colour: boolean): (style: keyof typeof CODES, text: string) => string {
  return (style, text) =>
    colour && text !== "" ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}
