import { type Flaw, MAX_SUBJECT_LENGTH } from "./subject.js";

/** A part of an event's subject as written: text, or a field's name with its offset. */
export type SubjectPart =
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "parameter"; readonly field: string; readonly offset: number };

export type EventSubjectResult =
  | { readonly ok: true; readonly parts: readonly SubjectPart[] }
  | ({ readonly ok: false } & Flaw);

/**
 * Parses `game.orders.v1.events.placed.{order_id}`: tokens joined by dots, each
 * of them text of `[A-Za-z0-9_-]` or one field in braces. A field is a whole
 * token, so that the wildcard `*` finds it and that two values never share one.
 * Never throws.
 */
export function parseEventSubject(text: string): EventSubjectResult {
  if (text.length > MAX_SUBJECT_LENGTH) {
    return bad(MAX_SUBJECT_LENGTH, `the subject is longer than ${MAX_SUBJECT_LENGTH} characters`);
  }
  const parts: SubjectPart[] = [];
  let literal = "";
  let offset = 0;
  for (const token of text.split(".")) {
    if (offset > 0) literal += ".";
    const parameter = /^\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(token)?.[1];
    if (parameter !== undefined) {
      if (literal !== "") parts.push({ kind: "literal", value: literal });
      literal = "";
      parts.push({ kind: "parameter", field: parameter, offset: offset + 1 });
    } else {
      const flaw = literalFlaw(token);
      if (flaw !== undefined) return bad(offset + flaw.offset, flaw.message);
      literal += token;
    }
    offset += token.length + 1;
  }
  if (literal !== "") parts.push({ kind: "literal", value: literal });
  if (parts[0]?.kind !== "literal") return bad(0, "a subject starts with a fixed token");
  return { ok: true, parts };
}

function literalFlaw(token: string): Flaw | undefined {
  if (token === "") return { offset: 0, message: "a subject cannot have an empty token" };
  const found = token.search(/[^A-Za-z0-9_-]/);
  if (found === -1) return undefined;
  const character = String.fromCodePoint(token.codePointAt(found) ?? 0);
  if (character === "{" || character === "}") {
    return {
      offset: found,
      message: `a field in braces is a whole token: "….{field}.…"; paths into messages are not supported`,
    };
  }
  if (character === "*" || character === ">") {
    return {
      offset: found,
      message: `an event is published to one subject; "${character}" is a wildcard`,
    };
  }
  return {
    offset: found,
    message: `"${character}" cannot be in a subject; tokens are made of letters, digits, "_" and "-"`,
  };
}

function bad(offset: number, message: string): EventSubjectResult {
  return { ok: false, offset, message };
}
