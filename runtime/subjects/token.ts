import { NatsgenError } from "../errors/error.js";

/** Longest token, in bytes, that a value may become. */
export const MAX_TOKEN_BYTES = 128;

/**
 * `_` is the escape character and so is escaped itself; every other byte outside
 * the set becomes `_` and two hex digits.
 */
const PLAIN = /^[A-Za-z0-9-]+$/;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * One value as one subject token of `[A-Za-z0-9_-]`, so that no value can be a
 * wildcard, add a token, or make two different values one subject.
 *
 * Letters, digits and `-` stay; every other byte of the UTF-8 text is `_` and two
 * upper-case hex digits (`a.b` is `a_2Eb`, `_` is `_5F`). `subjectTokenValue`
 * reads it back.
 *
 * @throws NatsgenError INVALID_ARGUMENT: empty, not a finite number, text that is
 * not well-formed Unicode, or above 128 bytes when encoded.
 */
export function subjectToken(value: string | number | bigint | boolean): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new NatsgenError("INVALID_ARGUMENT", `${value} cannot be part of a subject`);
  }
  const text = typeof value === "string" ? value : String(value);
  if (text === "") {
    throw new NatsgenError("INVALID_ARGUMENT", "an empty value cannot be part of a subject");
  }
  const token = PLAIN.test(text) ? text : escapeText(text);
  if (token.length > MAX_TOKEN_BYTES) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `a value of ${text.length} characters needs ${token.length} bytes as a subject token; the limit is ${MAX_TOKEN_BYTES}`,
    );
  }
  return token;
}

/** The text that `subjectToken` made a token of; throws INVALID_ARGUMENT on one it cannot have made. */
export function subjectTokenValue(token: string): string {
  if (!/^(?:[A-Za-z0-9-]|_[0-9A-F]{2})+$/.test(token)) {
    throw new NatsgenError("INVALID_ARGUMENT", `${JSON.stringify(token)} is not a subject token`);
  }
  const bytes: number[] = [];
  for (let i = 0; i < token.length; i++) {
    if (token[i] === "_") {
      bytes.push(Number.parseInt(token.slice(i + 1, i + 3), 16));
      i += 2;
    } else {
      bytes.push(token.charCodeAt(i));
    }
  }
  try {
    return decoder.decode(Uint8Array.from(bytes));
  } catch (cause) {
    throw new NatsgenError("INVALID_ARGUMENT", `${JSON.stringify(token)} is not a subject token`, {
      cause,
    });
  }
}

function escapeText(text: string): string {
  // TextEncoder turns a lone surrogate into U+FFFD: two values would share a subject.
  if (LONE_SURROGATE.test(text)) {
    throw new NatsgenError("INVALID_ARGUMENT", "the value is not well-formed Unicode");
  }
  let token = "";
  for (const byte of encoder.encode(text)) {
    const char = String.fromCharCode(byte);
    token +=
      byte < 128 && PLAIN.test(char)
        ? char
        : `_${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return token;
}
