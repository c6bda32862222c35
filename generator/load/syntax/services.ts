/** Services and their methods. */

import type { Position } from "../descriptor.js";
import { didYouMean } from "../names.js";
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
  peek,
  previous,
  statements,
  typeName,
} from "./cursor.js";
import { newMethod, newService, type ServiceNode } from "./nodes.js";
import { optionStatement } from "./option-values.js";
import { span } from "./source.js";

/** `service Name { … }`. */
export function serviceDeclaration(cursor: Cursor, into: ServiceNode[]): void {
  const firstIndex = cursor.index;
  const first = advance(cursor);
  const name = identifier(cursor, "the name of the service");
  const open = expect(cursor, "{", `for the methods of service "${name.text}"`);
  const heading = { name: name.text, namePosition: name.position, position: first.position };
  const service = newService({ ...heading, comments: commentsFrom(cursor, firstIndex) });
  into.push(service);
  statements(cursor, open, () => {
    if (accept(cursor, ";") !== undefined) {
      return;
    }
    if (at(cursor, "option")) {
      optionStatement(cursor, service.written.options);
    } else if (at(cursor, "rpc")) {
      method(cursor, service);
    } else {
      throw expected(
        cursor,
        '"rpc", "option" or "}"',
        didYouMean(peek(cursor).text, ["rpc", "option"]),
      );
    }
  });
  service.position = span(first.position, previous(cursor).position);
}

function method(cursor: Cursor, service: ServiceNode): void {
  const firstIndex = cursor.index;
  const first = advance(cursor);
  const name = identifier(cursor, "the name of the method");
  const input = parameter(cursor, `for the request of method "${name.text}"`);
  if (accept(cursor, "returns") === undefined) {
    throw expected(
      cursor,
      `"returns" and the response of method "${name.text}"`,
      didYouMean(peek(cursor).text, ["returns"]),
    );
  }
  const output = parameter(cursor, `for the response of method "${name.text}"`);
  const open = accept(cursor, "{");
  if (open === undefined) {
    expectSemicolon(cursor, `or "{" behind method "${name.text}"`);
  }
  const declared = newMethod(
    {
      name: name.text,
      namePosition: name.position,
      position: first.position,
      comments: commentsFrom(cursor, firstIndex),
    },
    {
      input: input.text,
      inputPosition: input.position,
      clientStreaming: input.stream,
      output: output.text,
      outputPosition: output.position,
      serverStreaming: output.stream,
    },
  );
  service.methods.push(declared);
  if (open !== undefined) {
    statements(cursor, open, () => {
      if (accept(cursor, ";") !== undefined) {
        return;
      }
      if (!at(cursor, "option")) {
        throw expected(cursor, '"option" or "}"', didYouMean(peek(cursor).text, ["option"]));
      }
      optionStatement(cursor, declared.written.options);
    });
  }
  declared.position = span(first.position, previous(cursor).position);
}

function parameter(
  cursor: Cursor,
  context: string,
): { text: string; position: Position; stream: boolean } {
  expect(cursor, "(", context);
  // As in protoc: `stream` is always the keyword here, so `stream.X` is a stream of `.X`.
  const stream = accept(cursor, "stream") !== undefined;
  const type = typeName(cursor, "the name of a message");
  expect(cursor, ")", "behind the message's name");
  return { ...type, stream };
}
