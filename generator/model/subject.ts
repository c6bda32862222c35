/** Subjects as natsgen writes them: tokens of `[A-Za-z0-9_-]` joined by dots. */

/**
 * Longest subject in characters. The server closes a connection on a protocol
 * line above 4,096 bytes; a PUB line also holds the runtime's prefix and the
 * reply inbox, and stream subjects get tokens of their own behind.
 */
export const MAX_SUBJECT_LENGTH = 1024;

const TOKEN = /^[A-Za-z0-9_-]+$/;
const FORBIDDEN = /[^A-Za-z0-9_-]/;

/** What is wrong with a text, and the offset in it. */
export interface Flaw {
  readonly offset: number;
  readonly message: string;
}

/** Checks one or more tokens joined by dots. */
export function subjectFlaw(text: string): Flaw | undefined {
  if (text === "") return { offset: 0, message: "a subject cannot be empty" };
  if (text.length > MAX_SUBJECT_LENGTH) {
    return {
      offset: MAX_SUBJECT_LENGTH,
      message: `the subject has ${text.length} characters; at most ${MAX_SUBJECT_LENGTH} are allowed`,
    };
  }
  if (/^_INBOX(\.|$)/.test(text)) {
    return { offset: 0, message: 'subjects that start with "_INBOX" are those of replies' };
  }
  let offset = 0;
  for (const token of text.split(".")) {
    const flaw = tokenFlaw(token);
    if (flaw !== undefined) return { ...flaw, offset: offset + flaw.offset };
    offset += token.length + 1;
  }
  return undefined;
}

function tokenFlaw(token: string): Flaw | undefined {
  if (TOKEN.test(token)) return undefined;
  if (token === "") return { offset: 0, message: "a subject cannot have an empty token" };
  const offset = token.search(FORBIDDEN);
  const character = String.fromCodePoint(token.codePointAt(offset) ?? 0);
  return {
    offset,
    message: `"${character}" cannot be in a subject; tokens are made of letters, digits, "_" and "-"`,
  };
}

/** A stream's or queue group's name: one token. */
export function nameFlaw(what: string, text: string): Flaw | undefined {
  if (text === "") return { offset: 0, message: `a ${what} needs a name` };
  if (TOKEN.test(text)) return undefined;
  const offset = text.search(FORBIDDEN);
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  return {
    offset,
    message: `"${character}" cannot be in the name of a ${what}; letters, digits, "_" and "-" can`,
  };
}
