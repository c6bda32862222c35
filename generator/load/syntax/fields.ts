/** Fields: ordinary, map, group, in messages, oneofs and extend blocks. */

import type { FieldLabel, Position } from "../descriptor.js";
import { didYouMean, mapEntryName } from "../names.js";
import { NO_COMMENTS } from "./comments.js";
import {
  accept,
  at,
  type Cursor,
  commentsFrom,
  expect,
  expected,
  expectSemicolon,
  fault,
  identifier,
  integer,
  peek,
  previous,
  typeName,
} from "./cursor.js";
import { messageBody } from "./messages.js";
import { type FieldNode, type MessageNode, newField, newMessage } from "./nodes.js";
import { compactOptions } from "./option-values.js";
import { span } from "./source.js";
import type { Token } from "./tokenizer.js";

export const MAX_FIELD_NUMBER = 536_870_911;

const KEYWORDS = [
  "message",
  "enum",
  "extend",
  "extensions",
  "reserved",
  "option",
  "oneof",
  "map",
  "group",
  "optional",
  "required",
  "repeated",
  "service",
  "rpc",
];
const MAP_KEYS = "an integer type, bool or string";

/** Where a field stands. */
export interface FieldScope {
  /** Takes the field itself. */
  readonly fields: FieldNode[];
  /** Takes the entry types of maps and the types of groups. */
  readonly messages: MessageNode[];
  readonly oneof?: string;
  readonly extendee?: { readonly text: string; readonly position: Position };
}

/** One field with its label; the cursor stands on its first token. */
export function field(cursor: Cursor, scope: FieldScope): void {
  const firstIndex = cursor.index;
  const first = peek(cursor);
  const label = fieldLabel(cursor, scope);
  if (at(cursor, "map") && at(cursor, "<", 1)) {
    mapField(cursor, scope, firstIndex, label?.token);
    return;
  }
  if (
    at(cursor, "group") &&
    peek(cursor, 1).kind === "identifier" &&
    (at(cursor, "=", 2) || at(cursor, "{", 2))
  ) {
    groupField(cursor, scope, firstIndex, label);
    return;
  }
  const type = typeName(cursor, "a type");
  const name = identifier(cursor, "the name of the field");
  const numberToken = fieldNumber(cursor, name, type.text);
  const options = compactOptions(cursor);
  expectSemicolon(cursor, `behind field "${name.text}"`);
  scope.fields.push(
    newField(
      {
        name: name.text,
        namePosition: name.position,
        position: span(first.position, previous(cursor).position),
        comments: commentsFrom(cursor, firstIndex),
      },
      {
        number: numberToken.value,
        numberPosition: numberToken.position,
        type: type.text,
        typePosition: type.position,
        label: label?.value,
        labelPosition: label?.token.position,
        extendee: scope.extendee?.text,
        extendeePosition: scope.extendee?.position,
        oneof: scope.oneof,
        proto3Optional: cursor.syntax === "proto3" && label?.value === "optional",
        options,
      },
    ),
  );
}

function fieldLabel(
  cursor: Cursor,
  scope: FieldScope,
): { value: FieldLabel; token: Token } | undefined {
  const token = peek(cursor);
  const value =
    token.text === "optional" || token.text === "required" || token.text === "repeated"
      ? token.text
      : undefined;
  // `optional` may also be the type of the field: `optional optional = 1` is not, `.optional x = 1` is.
  if (value === undefined || token.kind !== "identifier") {
    return undefined;
  }
  accept(cursor, token.text);
  if (scope.oneof !== undefined) {
    cursor.report({
      severity: "error",
      rule: "label-in-oneof",
      message: `a field of a oneof has no label: remove "${value}"`,
      position: token.position,
    });
  }
  return { value, token };
}

function fieldNumber(
  cursor: Cursor,
  name: Token,
  type: string,
): { value: number; position: Position } {
  if (accept(cursor, "=") === undefined) {
    const keyword = at(cursor, "{") ? didYouMean(type, KEYWORDS) : undefined;
    const labelled =
      peek(cursor).kind === "identifier"
        ? didYouMean(type, ["optional", "required", "repeated"])
        : undefined;
    throw expected(cursor, `"=" and the number of field "${name.text}"`, keyword ?? labelled);
  }
  const number = integer(cursor, "a field number", 0, MAX_FIELD_NUMBER);
  if (number.value === 0 && previous(cursor).text.replace(/^0[xX]?0*/, "") === "") {
    cursor.report({
      severity: "error",
      rule: "number-out-of-range",
      message: "0 is out of range: field numbers start at 1",
      position: number.position,
    });
  }
  return number;
}

function mapField(
  cursor: Cursor,
  scope: FieldScope,
  firstIndex: number,
  label: Token | undefined,
): void {
  const first = peek(cursor);
  if (label !== undefined) {
    cursor.report({
      severity: "error",
      rule: "label-on-map",
      message: `a map field has no label: remove "${label.text}"`,
      position: label.position,
    });
  }
  if (scope.oneof !== undefined || scope.extendee !== undefined) {
    const where = scope.oneof === undefined ? "an extension" : "a field of a oneof";
    cursor.report({
      severity: "error",
      rule: "map-not-allowed",
      message: `${where} cannot be a map`,
      position: first.position,
      suggestion: "put the map into a message of its own",
    });
  }
  cursor.index++;
  expect(cursor, "<", "behind map");
  const key = typeName(cursor, `the type of the map's keys (${MAP_KEYS})`);
  expect(cursor, ",", "between the types of keys and values");
  const value = typeName(cursor, "the type of the map's values");
  expect(cursor, ">", "behind the map's types");
  const typePosition = span(first.position, previous(cursor).position);
  const name = identifier(cursor, "the name of the field");
  const number = fieldNumber(cursor, name, "map");
  const options = compactOptions(cursor);
  expectSemicolon(cursor, `behind field "${name.text}"`);
  const position = span((label ?? first).position, previous(cursor).position);

  const entryHeading = { namePosition: name.position, position, comments: NO_COMMENTS };
  const entry = newMessage({ name: mapEntryName(name.text), ...entryHeading }, true);
  entry.isMapEntry = true;
  for (const [part, partName, partNumber] of [
    [key, "key", 1],
    [value, "value", 2],
  ] as const) {
    entry.fields.push(
      newField(
        { name: partName, ...entryHeading, position: part.position },
        {
          number: partNumber,
          numberPosition: part.position,
          type: part.text,
          typePosition: part.position,
          label: "optional",
        },
      ),
    );
  }
  scope.messages.push(entry);
  scope.fields.push(
    newField(
      {
        name: name.text,
        namePosition: name.position,
        position,
        comments: commentsFrom(cursor, firstIndex),
      },
      {
        number: number.value,
        numberPosition: number.position,
        type: entry.name,
        typePosition,
        label: "repeated",
        oneof: scope.oneof,
        extendee: scope.extendee?.text,
        extendeePosition: scope.extendee?.position,
        options,
      },
    ),
  );
}

function groupField(
  cursor: Cursor,
  scope: FieldScope,
  firstIndex: number,
  label: { value: FieldLabel; token: Token } | undefined,
): void {
  const keyword = peek(cursor);
  cursor.index++;
  const first = cursor.tokens[firstIndex] ?? keyword;
  const name = identifier(cursor, "the name of the group");
  const upper = name.text.charAt(0).toUpperCase() + name.text.slice(1);
  if (upper !== name.text || !/^[A-Z]/.test(upper)) {
    cursor.report({
      severity: "error",
      rule: "group-name",
      message: `the name of group "${name.text}" must start with a capital letter`,
      position: name.position,
      suggestion: `call it "${upper}"`,
    });
  }
  const number = fieldNumber(cursor, name, "group");
  const options = compactOptions(cursor);
  const open = expect(cursor, "{", `for the fields of group "${name.text}"`);
  const comments = commentsFrom(cursor, firstIndex);
  const message = newMessage(
    { name: upper, namePosition: name.position, position: keyword.position, comments },
    true,
  );
  messageBody(cursor, message, open);
  message.position = span(first.position, previous(cursor).position);
  if (cursor.syntax !== "proto2") {
    refuseGroup(cursor, keyword);
  }
  scope.messages.push(message);
  scope.fields.push(
    newField(
      {
        name: name.text.toLowerCase(),
        namePosition: name.position,
        position: message.position,
        comments,
      },
      {
        number: number.value,
        numberPosition: number.position,
        type: upper,
        typePosition: name.position,
        label: label?.value,
        labelPosition: label?.token.position,
        group: true,
        oneof: scope.oneof,
        extendee: scope.extendee?.text,
        extendeePosition: scope.extendee?.position,
        options,
      },
    ),
  );
}

function refuseGroup(cursor: Cursor, keyword: Token): void {
  const editions = cursor.syntax === "editions";
  fault(
    cursor,
    "group-not-allowed",
    editions ? "editions have no groups" : "proto3 has no groups",
    keyword.position,
    editions
      ? "use a message field with [features.message_encoding = DELIMITED]"
      : "use a nested message",
  );
}
