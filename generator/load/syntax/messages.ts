/** Messages, oneofs, extend blocks, extension ranges and reserved statements. */

import type { NumberRange } from "../descriptor.js";
import { NO_COMMENTS } from "./comments.js";
import {
  accept,
  advance,
  at,
  type Cursor,
  commentsFrom,
  expect,
  expected,
  expectSemicolon,
  identifier,
  integer,
  nested,
  peek,
  previous,
  statements,
  textLiteral,
  typeName,
} from "./cursor.js";
import { enumDeclaration } from "./enums.js";
import { type FieldScope, field, MAX_FIELD_NUMBER } from "./fields.js";
import { type FieldNode, type MessageNode, NO_OPTIONS, newMessage, newOneof } from "./nodes.js";
import { compactOptions, optionStatement } from "./option-values.js";
import { span } from "./source.js";
import type { Token } from "./tokenizer.js";

/** `message Name { … }`. */
export function messageDeclaration(cursor: Cursor, into: MessageNode[]): void {
  const firstIndex = cursor.index;
  const first = advance(cursor);
  const name = identifier(cursor, "the name of the message");
  const open = expect(cursor, "{", `for the fields of message "${name.text}"`);
  const comments = commentsFrom(cursor, firstIndex);
  const message = newMessage(
    { name: name.text, namePosition: name.position, position: first.position, comments },
    false,
  );
  into.push(message);
  messageBody(cursor, message, open);
  message.position = span(first.position, previous(cursor).position);
}

export function messageBody(cursor: Cursor, message: MessageNode, open: Token): void {
  nested(cursor, () => {
    statements(cursor, open, () => messageStatement(cursor, message));
    addSyntheticOneofs(message);
  });
}

function messageStatement(cursor: Cursor, message: MessageNode): void {
  if (accept(cursor, ";") !== undefined) {
    return;
  }
  const keyword = peek(cursor);
  switch (keyword.kind === "identifier" ? keyword.text : "") {
    case "message":
      messageDeclaration(cursor, message.messages);
      return;
    case "enum":
      enumDeclaration(cursor, message.enums);
      return;
    case "extend":
      extendDeclaration(cursor, message.extensions, message.messages);
      return;
    case "extensions":
      extensionRanges(cursor, message);
      return;
    case "reserved":
      reservedStatement(cursor, message, { what: "a field number", min: 1, max: MAX_FIELD_NUMBER });
      return;
    case "option":
      optionStatement(cursor, message.written.options);
      return;
    case "oneof":
      oneofDeclaration(cursor, message);
      return;
    default:
      if (keyword.kind !== "identifier" && !at(cursor, ".")) {
        throw expected(cursor, 'a field, a declaration or "}"');
      }
      field(cursor, { fields: message.fields, messages: message.messages });
  }
}

function oneofDeclaration(cursor: Cursor, message: MessageNode): void {
  const firstIndex = cursor.index;
  const first = advance(cursor);
  const name = identifier(cursor, "the name of the oneof");
  const open = expect(cursor, "{", `for the fields of oneof "${name.text}"`);
  const heading = { name: name.text, namePosition: name.position, position: first.position };
  const oneof = newOneof({ ...heading, comments: commentsFrom(cursor, firstIndex) }, false);
  message.oneofs.push(oneof);
  const scope: FieldScope = {
    fields: message.fields,
    messages: message.messages,
    oneof: name.text,
  };
  const before = message.fields.length;
  let failed = false;
  statements(cursor, open, () => {
    if (at(cursor, ";")) {
      throw expected(
        cursor,
        'a field or "}"',
        "oneofs have no empty statements: remove the semicolon",
      );
    }
    if (at(cursor, "option")) {
      optionStatement(cursor, oneof.written.options);
      return;
    }
    failed = true;
    field(cursor, scope);
    failed = false;
  });
  oneof.position = span(first.position, previous(cursor).position);
  if (message.fields.length === before && !failed) {
    cursor.report({
      severity: "error",
      rule: "empty-oneof",
      message: `oneof "${name.text}" has no field`,
      position: name.position,
    });
  }
}

/** `extend Type { fields }`. */
export function extendDeclaration(
  cursor: Cursor,
  into: FieldNode[],
  messages: MessageNode[],
): void {
  advance(cursor);
  const extendee = typeName(cursor, "the name of the message to extend");
  const open = expect(cursor, "{", `for the extensions of "${extendee.text}"`);
  const before = into.length;
  let failed = false;
  statements(cursor, open, () => {
    if (at(cursor, ";")) {
      throw expected(
        cursor,
        'a field or "}"',
        "extend blocks have no empty statements: remove the semicolon",
      );
    }
    failed = true;
    field(cursor, { fields: into, messages, extendee });
    failed = false;
  });
  if (into.length === before && !failed) {
    cursor.report({
      severity: "error",
      rule: "empty-extend",
      message: `this block declares no extension of "${extendee.text}"`,
      position: extendee.position,
    });
  }
}

function extensionRanges(cursor: Cursor, message: MessageNode): void {
  advance(cursor);
  const ranges = numberRanges(cursor, {
    what: "an extension number",
    min: 1,
    max: MAX_FIELD_NUMBER,
  });
  const options = compactOptions(cursor);
  expectSemicolon(cursor, "behind the extension ranges");
  for (const range of ranges) {
    message.extensionRanges.push({
      ...range,
      options: NO_OPTIONS,
      written: { options, ownFeatures: undefined },
    });
  }
  if (cursor.syntax === "proto3") {
    cursor.report({
      severity: "error",
      rule: "extensions-not-allowed",
      message: "proto3 messages have no extension ranges",
      position: ranges[0]?.position ?? previous(cursor).position,
      suggestion: "use google.protobuf.Any, or a oneof",
    });
  }
}

interface Limits {
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

/** `1, 4 to 7, 100 to max`. */
function numberRanges(cursor: Cursor, limits: Limits): NumberRange[] {
  const ranges: NumberRange[] = [];
  do {
    const start = integer(cursor, limits.what, limits.min, limits.max);
    let end = start;
    if (accept(cursor, "to") !== undefined) {
      const max = accept(cursor, "max");
      end =
        max === undefined
          ? integer(cursor, limits.what, limits.min, limits.max)
          : { value: limits.max, position: max.position };
    }
    const position = span(start.position, end.position);
    if (end.value < start.value) {
      cursor.report({
        severity: "error",
        rule: "invalid-range",
        message: `the range ${start.value} to ${end.value} ends before it starts`,
        position,
      });
    } else {
      ranges.push({ start: start.value, end: end.value + 1, position });
    }
  } while (accept(cursor, ",") !== undefined);
  return ranges;
}

interface Reserving {
  readonly reservedRanges: NumberRange[];
  readonly reservedNames: string[];
  readonly written: { readonly reservedNamePositions: unknown[] };
}

/** `reserved 1, 5 to 9;`, `reserved "a", "b";`, and in editions `reserved a, b;`. */
export function reservedStatement(cursor: Cursor, into: Reserving, limits: Limits): void {
  advance(cursor);
  const kind = peek(cursor).kind;
  if (kind === "string" || kind === "identifier") {
    do {
      const name = reservedName(cursor);
      into.reservedNames.push(name.value);
      into.written.reservedNamePositions.push(name.position);
    } while (accept(cursor, ",") !== undefined);
  } else {
    into.reservedRanges.push(...numberRanges(cursor, limits));
  }
  expectSemicolon(cursor, "behind the reserved names or numbers");
}

function reservedName(cursor: Cursor): { value: string; position: NumberRange["position"] } {
  const editions = cursor.syntax === "editions";
  const token = peek(cursor);
  if (token.kind !== "string") {
    const name = identifier(cursor, "the name to reserve");
    if (!editions) {
      cursor.report({
        severity: "error",
        rule: "reserved-name",
        message: `reserved names are strings in ${cursor.syntax}`,
        position: name.position,
        suggestion: `write "${name.text}" in quotes`,
      });
    }
    return { value: name.text, position: name.position };
  }
  const literal = textLiteral(cursor, "the name to reserve");
  if (editions) {
    cursor.report({
      severity: "error",
      rule: "reserved-name",
      message: "reserved names are identifiers in editions",
      position: literal.position,
      suggestion: `write ${literal.value} without quotes`,
    });
  } else if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(literal.value)) {
    cursor.report({
      severity: "error",
      rule: "reserved-name",
      message: `"${literal.value}" is not a name`,
      position: literal.position,
    });
  }
  return literal;
}

/** proto3 `optional` is a oneof of one field; it comes behind the real oneofs (docs/implementing_proto3_presence.md). */
function addSyntheticOneofs(message: MessageNode): void {
  const optional = message.fields.filter((member) => member.proto3Optional);
  if (optional.length === 0) {
    return;
  }
  const taken = new Set([...message.fields, ...message.oneofs].map((member) => member.name));
  for (const member of optional) {
    let name = `_${member.name}`;
    while (taken.has(name)) {
      name = `X${name}`;
    }
    taken.add(name);
    message.oneofs.push(
      newOneof(
        {
          name,
          namePosition: member.namePosition,
          position: member.position,
          comments: NO_COMMENTS,
        },
        true,
      ),
    );
  }
}
