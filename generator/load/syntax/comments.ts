/**
 * Which comment belongs to which declaration: protoc's rules
 * (google/protobuf/io/tokenizer.cc, NextWithComments), worked out from lines.
 */

import type { DeclarationComments } from "../descriptor.js";
import type { Comment, Token } from "./tokenizer.js";

interface Attached {
  /** Goes to the declaration that ends with the token before. */
  readonly trailing: string;
  readonly detached: readonly string[];
  /** Goes to the declaration that starts with the token behind. */
  readonly leading: string;
}

const NOTHING: Attached = { trailing: "", detached: [], leading: "" };
export const NO_COMMENTS: DeclarationComments = { leading: "", trailing: "", detached: [] };

/** Comments of a declaration from its first token, and the token behind its `;` or `{`. */
export function commentsOf(
  beforeFirst: Token | undefined,
  first: Token,
  last: Token | undefined,
  afterLast: Token | undefined,
): DeclarationComments {
  const above = first.comments === undefined ? NOTHING : attach(beforeFirst, first);
  const below =
    last === undefined || afterLast?.comments === undefined ? NOTHING : attach(last, afterLast);
  if (above === NOTHING && below === NOTHING) {
    return NO_COMMENTS;
  }
  return { leading: above.leading, trailing: below.trailing, detached: above.detached };
}

function attach(previous: Token | undefined, next: Token): Attached {
  const comments = next.comments ?? [];
  let canAttach = previous !== undefined;
  let trailing = "";
  const detached: string[] = [];
  let block: Comment[] = [];
  const flush = (): void => {
    if (block.length > 0) {
      if (canAttach) {
        trailing = clean(block);
        canAttach = false;
      } else {
        detached.push(clean(block));
      }
      block = [];
    }
  };

  let rest = comments;
  let line = previous === undefined ? 1 : previous.position.endLine + 1;
  const first = comments[0];
  if (previous !== undefined && first !== undefined && first.line === previous.position.endLine) {
    const behind = comments[1]?.line ?? next.position.line;
    if (first.block && behind === first.endLine && next.kind !== "end") {
      // Between two tokens of one line: nobody can tell whose it is.
      return NOTHING;
    }
    block = [first];
    flush();
    canAttach = false;
    rest = comments.slice(1);
    line = first.endLine + 1;
  } else if (previous !== undefined && next.position.line === previous.position.endLine) {
    return NOTHING;
  }
  for (const [index, comment] of rest.entries()) {
    if (comment.line > line) {
      flush();
      canAttach = false;
    }
    if (comment.block || block[0]?.block === true) {
      flush();
    }
    block.push(comment);
    const behind = rest[index + 1]?.line ?? next.position.line;
    line = comment.block && behind === comment.endLine ? comment.endLine : comment.endLine + 1;
  }
  if (next.kind === "end" || next.position.line > line) {
    flush();
    canAttach = false;
  }
  if (next.text === "}" || next.text === "]" || next.text === ")") {
    flush();
  }
  return { trailing, detached, leading: block.length > 0 ? clean(block) : "" };
}

/** Text of a comment block: no markers, no common indentation, no blank lines at its ends. */
function clean(block: readonly Comment[]): string {
  const only = block.length === 1 ? block[0] : undefined;
  if (only !== undefined && !only.block) {
    // Most comments are one line; the general way is the hottest spot of a run without this.
    return only.text.trim();
  }
  const lines = block.flatMap((comment) =>
    comment.block ? blockLines(comment.text) : [comment.text],
  );
  const trimmed = lines.map((line) => line.trimEnd());
  // The first line of a block comment starts behind the marker, wherever that stands.
  const skip = block[0]?.block === true && trimmed.length > 1 ? 1 : 0;
  const indents = trimmed
    .slice(skip)
    .filter((line) => line !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const body = trimmed.map((line, index) => (index < skip ? line.trimStart() : line.slice(indent)));
  while (body[0] === "") {
    body.shift();
  }
  while (body.at(-1) === "") {
    body.pop();
  }
  return body.join("\n");
}

function blockLines(text: string): readonly string[] {
  // `/**` opens a doc comment; its second star is no text.
  const lines = text.replace(/^\*+(?=\s|$)/, "").split(/\r\n|\n|\r/);
  const starred = lines.slice(1).filter((line) => line.trim() !== "");
  if (starred.length > 0 && starred.every((line) => line.trimStart().startsWith("*"))) {
    return lines.map((line, index) => (index === 0 ? line : line.replace(/^\s*\*/, "")));
  }
  return lines;
}
