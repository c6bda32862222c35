/** Options as written: `option (a).b = value;`, `[a = 1, (b) = {…}]`, and text-format aggregates. */

import type { Position } from "../descriptor.js";
import {
  accept,
  advance,
  at,
  type Cursor,
  expect,
  expected,
  expectSemicolon,
  identifier,
  nested,
  peek,
  previous,
  stringLiteral,
  typeName,
} from "./cursor.js";
import type { OptionNamePart, WrittenField, WrittenOption, WrittenValue } from "./nodes.js";
import { span } from "./source.js";
import { integerValue } from "./tokenizer.js";

/** `option name = value;` with the keyword already seen. */
export function optionStatement(cursor: Cursor, into: WrittenOption[] | Uint8Array): void {
  const first = advance(cursor);
  const option = assignment(cursor);
  if (Array.isArray(into)) {
    into.push({ ...option, position: span(first.position, option.position) });
  }
  expectSemicolon(cursor, "behind the option");
}

/** `[name = value, …]` if the cursor stands on it. */
export function compactOptions(cursor: Cursor): readonly WrittenOption[] {
  if (accept(cursor, "[") === undefined) {
    return [];
  }
  const options: WrittenOption[] = [];
  do {
    options.push(assignment(cursor));
  } while (accept(cursor, ",") !== undefined);
  expect(cursor, "]", "behind the options");
  return options;
}

function assignment(cursor: Cursor): WrittenOption {
  const first = peek(cursor);
  const name: OptionNamePart[] = [];
  do {
    name.push(namePart(cursor));
  } while (accept(cursor, ".") !== undefined);
  expect(cursor, "=", "behind the option's name");
  const value = at(cursor, "{") ? aggregate(cursor) : scalar(cursor, "the option's value");
  return { name, value, position: span(first.position, previous(cursor).position) };
}

function namePart(cursor: Cursor): OptionNamePart {
  const first = peek(cursor);
  if (accept(cursor, "(") === undefined) {
    const { text, position } = identifier(cursor, "the name of an option");
    return { text, extension: false, position };
  }
  const { text } = typeName(cursor, "the name of a custom option");
  expect(cursor, ")", "behind the custom option's name");
  return { text, extension: true, position: span(first.position, previous(cursor).position) };
}

/** A constant, without aggregates and lists. */
function scalar(cursor: Cursor, what: string): WrittenValue {
  const first = peek(cursor);
  const negative = accept(cursor, "-") !== undefined;
  const token = peek(cursor);
  if (token.kind === "string" && !negative) {
    const { value, position } = stringLiteral(cursor, what);
    return { kind: "string", value, position };
  }
  const position = span(first.position, token.position);
  if (token.kind === "identifier" && (!negative || /^(?:inf(?:inity)?|nan)$/i.test(token.text))) {
    advance(cursor);
    return { kind: "identifier", text: token.text, negative, position };
  }
  if (token.kind === "int") {
    advance(cursor);
    return integerOf(token.text, negative, position);
  }
  if (token.kind === "float") {
    advance(cursor);
    return { kind: "float", value: negative ? -Number(token.text) : Number(token.text), position };
  }
  throw expected(cursor, negative ? 'a number, "inf" or "nan" behind the minus sign' : what);
}

function integerOf(text: string, negative: boolean, position: Position): WrittenValue {
  const value = integerValue(text) ?? 0n;
  // protoc reads an integer literal above uint64 as a float.
  if (value > 0xffff_ffff_ffff_ffffn || (negative && value > 0x8000_0000_0000_0000n)) {
    return { kind: "float", value: negative ? -Number(value) : Number(value), position };
  }
  if (negative && value === 0n) {
    return { kind: "float", value: -0, position };
  }
  return { kind: "int", value: negative ? -value : value, position };
}

/** `{ … }` or `< … >` in protobuf's text format. */
function aggregate(cursor: Cursor): WrittenValue {
  return nested(cursor, () => {
    const open = advance(cursor);
    const close = open.text === "{" ? "}" : ">";
    const fields: WrittenField[] = [];
    while (!at(cursor, close)) {
      if (peek(cursor).kind === "end") {
        throw expected(cursor, `"${close}" at the end of the value`);
      }
      fields.push(aggregateField(cursor));
      if (accept(cursor, ",") === undefined) {
        accept(cursor, ";");
      }
    }
    advance(cursor);
    return { kind: "message", fields, position: span(open.position, previous(cursor).position) };
  });
}

function aggregateField(cursor: Cursor): WrittenField {
  const { name, kind, position: namePosition } = aggregateName(cursor);
  const colon = accept(cursor, ":") !== undefined;
  if (at(cursor, "{") || at(cursor, "<")) {
    return { name, kind, namePosition, value: aggregate(cursor) };
  }
  if (at(cursor, "[")) {
    const list = valueList(cursor);
    if (!colon && list.kind === "list" && list.items.some((item) => item.kind !== "message")) {
      throw expected(cursor, `":" behind "${name}"`);
    }
    return { name, kind, namePosition, value: list };
  }
  if (!colon) {
    throw expected(cursor, `":" or "{" behind "${name}"`);
  }
  return { name, kind, namePosition, value: scalar(cursor, `the value of "${name}"`) };
}

function aggregateName(cursor: Cursor): {
  name: string;
  kind: WrittenField["kind"];
  position: Position;
} {
  const first = peek(cursor);
  if (accept(cursor, "[") === undefined) {
    const { text, position } = identifier(cursor, "the name of a field");
    return { name: text, kind: "field", position };
  }
  let { text } = typeName(cursor, "the name of an extension");
  let kind: WrittenField["kind"] = "extension";
  while (accept(cursor, "/") !== undefined) {
    kind = "any";
    text += `/${typeName(cursor, "the name of a type").text}`;
  }
  expect(cursor, "]", "behind the name");
  return { name: text, kind, position: span(first.position, previous(cursor).position) };
}

function valueList(cursor: Cursor): WrittenValue {
  const open = advance(cursor);
  const items: WrittenValue[] = [];
  if (!at(cursor, "]")) {
    do {
      const isMessage = at(cursor, "{") || at(cursor, "<");
      items.push(isMessage ? aggregate(cursor) : scalar(cursor, "a value of the list"));
    } while (accept(cursor, ",") !== undefined);
  }
  expect(cursor, "]", "at the end of the list");
  return { kind: "list", items, position: span(open.position, previous(cursor).position) };
}
