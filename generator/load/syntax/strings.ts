/** String literals: quotes, escapes, and what can be wrong with them. */

export interface StringFault {
  readonly rule: string;
  readonly message: string;
  readonly suggestion: string | undefined;
  /** Offsets into the source text. */
  readonly start: number;
  readonly end: number;
}

export interface StringLiteral {
  /** Offset behind the closing quote, or of the line's end where it is missing. */
  readonly end: number;
  /** Bytes only where escapes spell bytes that are not UTF-8. */
  readonly value: string | Uint8Array;
  /** False where the closing quote is missing. */
  readonly closed: boolean;
  readonly faults: readonly StringFault[];
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["?", "?"],
  ["'", "'"],
  ['"', '"'],
]);

/** Reads the literal whose opening quote is at `start`. */
export function readString(text: string, start: number): StringLiteral {
  const quote = text[start] ?? '"';
  const faults: StringFault[] = [];
  /** Runs of text and single bytes, joined only where a byte escape occurs. */
  const parts: (string | number)[] = [];
  let index = start + 1;
  let runStart = index;
  for (;;) {
    const character = text[index];
    if (character === undefined || character === "\n" || character === "\r") {
      faults.push({
        rule: "unterminated-string",
        message: "this string is never closed",
        suggestion: `close it with ${quote} on the same line; strings that follow each other are joined`,
        start,
        end: index,
      });
      parts.push(text.slice(runStart, index));
      return { end: index, value: join(parts), closed: false, faults };
    }
    if (character === quote) {
      parts.push(text.slice(runStart, index));
      return { end: index + 1, value: join(parts), closed: true, faults };
    }
    if (character === "\0") {
      faults.push(
        fault(
          "invalid-string",
          "a string holds no NUL character",
          'write it as "\\0"',
          index,
          index + 1,
        ),
      );
    }
    if (character !== "\\") {
      index++;
      continue;
    }
    parts.push(text.slice(runStart, index));
    index = readEscape(text, index, parts, faults);
    runStart = index;
  }
}

function fault(
  rule: string,
  message: string,
  suggestion: string | undefined,
  start: number,
  end: number,
): StringFault {
  return { rule, message, suggestion, start, end };
}

/** Reads the escape at `start`, adds its value, and returns the offset behind it. */
function readEscape(
  text: string,
  start: number,
  parts: (string | number)[],
  faults: StringFault[],
): number {
  const letter = text[start + 1] ?? "";
  const simple = SIMPLE.get(letter);
  if (simple !== undefined) {
    parts.push(simple);
    return start + 2;
  }
  const rest = text.slice(start + 1, start + 10);
  const octal = /^[0-7]{1,3}/.exec(rest);
  if (octal !== null) {
    const value = Number.parseInt(octal[0], 8);
    const end = start + 1 + octal[0].length;
    if (value > 255) {
      faults.push(fault("invalid-escape", `"\\${octal[0]}" is above \\377`, undefined, start, end));
    }
    parts.push(value & 255);
    return end;
  }
  const hexadecimal = /^[xX]([0-9a-fA-F]{1,2})/.exec(rest);
  if (hexadecimal !== null) {
    parts.push(Number.parseInt(hexadecimal[1] ?? "0", 16));
    return start + 1 + hexadecimal[0].length;
  }
  const unicode = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
  if (unicode !== null) {
    return readCodePoint(text, start, unicode[0].length + 1, parts, faults);
  }
  const expected = new Map([
    ["x", "one or two hexadecimal digits follow \\x"],
    ["X", "one or two hexadecimal digits follow \\X"],
    ["u", "four hexadecimal digits follow \\u"],
    ["U", "eight hexadecimal digits follow \\U"],
  ]).get(letter);
  const end = letter === "" || letter === "\n" || letter === "\r" ? start + 1 : start + 2;
  faults.push(
    fault(
      "invalid-escape",
      `"${text.slice(start, end)}" is no escape`,
      expected ?? 'write "\\\\" for a backslash',
      start,
      end,
    ),
  );
  return end;
}

function readCodePoint(
  text: string,
  start: number,
  length: number,
  parts: (string | number)[],
  faults: StringFault[],
): number {
  const end = start + length;
  const value = Number.parseInt(text.slice(start + 2, end), 16);
  if (value > 0x10ffff) {
    faults.push(
      fault(
        "invalid-escape",
        `"${text.slice(start, end)}" is above U+10FFFF`,
        undefined,
        start,
        end,
      ),
    );
    return end;
  }
  // protoc joins two escapes that form a surrogate pair.
  const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(text.slice(end, end + 6));
  if (value >= 0xd800 && value < 0xdc00 && low !== null) {
    parts.push(String.fromCharCode(value, Number.parseInt(low[1] ?? "0", 16)));
    return end + 6;
  }
  if (value >= 0xd800 && value < 0xe000) {
    faults.push(
      fault(
        "invalid-escape",
        `"${text.slice(start, end)}" is half of a surrogate pair`,
        undefined,
        start,
        end,
      ),
    );
    return end;
  }
  parts.push(String.fromCodePoint(value));
  return end;
}

function join(parts: readonly (string | number)[]): string | Uint8Array {
  if (parts.length === 1 && typeof parts[0] === "string") {
    return parts[0];
  }
  if (parts.every((part) => typeof part === "string" || part < 0x80)) {
    return parts
      .map((part) => (typeof part === "string" ? part : String.fromCharCode(part)))
      .join("");
  }
  const bytes = Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))),
  );
  return textOrBytes(bytes);
}

/** Bytes as text where they are valid UTF-8. */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8: the literal stays bytes, which a `bytes` field or option takes.
    return Uint8Array.from(bytes);
  }
}

/** Adjacent literals are one string. */
export function concatenate(values: readonly (string | Uint8Array)[]): string | Uint8Array {
  if (values.every((value) => typeof value === "string")) {
    return values.join("");
  }
  return textOrBytes(
    Buffer.concat(values.map((value) => (typeof value === "string" ? Buffer.from(value) : value))),
  );
}
