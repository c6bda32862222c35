/** Enums. */

import {
  accept,
  advance,
  at,
  type Cursor,
  commentsFrom,
  expect,
  expectSemicolon,
  identifier,
  integer,
  peek,
  previous,
  statements,
} from "./cursor.js";
import { reservedStatement } from "./messages.js";
import { type EnumNode, newEnum, newEnumValue } from "./nodes.js";
import { compactOptions, optionStatement } from "./option-values.js";
import { span } from "./source.js";

const MIN_INT32 = -2_147_483_648;
const MAX_INT32 = 2_147_483_647;

/** `enum Name { … }`. */
export function enumDeclaration(cursor: Cursor, into: EnumNode[]): void {
  const firstIndex = cursor.index;
  const first = advance(cursor);
  const name = identifier(cursor, "the name of the enum");
  const open = expect(cursor, "{", `for the values of enum "${name.text}"`);
  const heading = { name: name.text, namePosition: name.position, position: first.position };
  const declared = newEnum({ ...heading, comments: commentsFrom(cursor, firstIndex) });
  into.push(declared);
  let failed = false;
  statements(cursor, open, () => {
    failed = true;
    enumStatement(cursor, declared);
    failed = false;
  });
  declared.position = span(first.position, previous(cursor).position);
  if (declared.values.length === 0 && !failed) {
    cursor.report({
      severity: "error",
      rule: "empty-enum",
      message: `enum "${name.text}" has no value`,
      position: name.position,
      suggestion: `add ${name.text.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}_UNSPECIFIED = 0;`,
    });
  }
}

function enumStatement(cursor: Cursor, declared: EnumNode): void {
  if (accept(cursor, ";") !== undefined) {
    return;
  }
  if (at(cursor, "option")) {
    optionStatement(cursor, declared.written.options);
    return;
  }
  if (at(cursor, "reserved")) {
    reservedStatement(cursor, declared, { what: "an enum number", min: MIN_INT32, max: MAX_INT32 });
    return;
  }
  const firstIndex = cursor.index;
  const first = peek(cursor);
  const name = identifier(cursor, 'the name of an enum value or "}"');
  expect(cursor, "=", `and the number of enum value "${name.text}"`);
  const { value } = integer(cursor, "an enum number", MIN_INT32, MAX_INT32);
  const options = compactOptions(cursor);
  expectSemicolon(cursor, `behind enum value "${name.text}"`);
  const heading = {
    name: name.text,
    namePosition: name.position,
    position: span(first.position, previous(cursor).position),
    comments: commentsFrom(cursor, firstIndex),
  };
  declared.values.push(newEnumValue(heading, value, options));
}
