/** A whole file: tokens in, an unlinked FileNode out. */

import type { Position } from "../descriptor.js";
import { didYouMean, oneOf } from "../names.js";
import { NO_COMMENTS } from "./comments.js";
import {
  accept,
  advance,
  type Cursor,
  commentsFrom,
  expect,
  expected,
  expectSemicolon,
  fault,
  peek,
  statements,
  textLiteral,
  typeName,
} from "./cursor.js";
import { enumDeclaration } from "./enums.js";
import { extendDeclaration, messageDeclaration } from "./messages.js";
import { type FileNode, newFile } from "./nodes.js";
import { optionStatement } from "./option-values.js";
import { serviceDeclaration } from "./services.js";
import type { Report, Source } from "./source.js";
import { span } from "./source.js";
import { tokenize } from "./tokenizer.js";

const DECLARATIONS = [
  "syntax",
  "edition",
  "package",
  "import",
  "option",
  "message",
  "enum",
  "service",
  "extend",
];
const SYNTAXES = ["proto2", "proto3"];
const EDITIONS = ["2023"];

/** Parses the file with import path `path`. Never throws for what the file says. */
export function parse(path: string, source: Source, report: Report): FileNode {
  const tokens = tokenize(source, report);
  const cursor: Cursor = { tokens, report, index: 0, syntax: "proto2", depth: 0 };
  const end = tokens.at(-1)?.position ?? {
    file: source.file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
  const start: Position = { file: source.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const file = newFile(path, span(start, end));
  let seen = 0;
  statements(cursor, undefined, () => {
    seen++;
    fileStatement(cursor, file, seen === 1);
  });
  if (
    seen > 0 &&
    !cursor.tokens.some((token) => token.text === "syntax" || token.text === "edition")
  ) {
    report({
      severity: "warning",
      rule: "missing-syntax",
      message: "no syntax is named, so the file is read as proto2",
      position: peekFirst(cursor),
      suggestion: 'begin the file with syntax = "proto3";',
    });
  }
  return file;
}

function peekFirst(cursor: Cursor): Position {
  return (cursor.tokens[0] ?? peek(cursor)).position;
}

function fileStatement(cursor: Cursor, file: FileNode, isFirst: boolean): void {
  if (accept(cursor, ";") !== undefined) {
    return;
  }
  const keyword = peek(cursor);
  switch (keyword.kind === "identifier" ? keyword.text : "") {
    case "syntax":
    case "edition":
      syntaxStatement(cursor, file, isFirst);
      return;
    case "package":
      packageStatement(cursor, file);
      return;
    case "import":
      importStatement(cursor, file);
      return;
    case "option":
      optionStatement(cursor, file.written.options);
      return;
    case "message":
      messageDeclaration(cursor, file.messages);
      return;
    case "enum":
      enumDeclaration(cursor, file.enums);
      return;
    case "service":
      serviceDeclaration(cursor, file.services);
      return;
    case "extend":
      extendDeclaration(cursor, file.extensions, file.messages);
      return;
    default:
      throw expected(
        cursor,
        `a declaration (${DECLARATIONS.slice(2).join(", ")})`,
        keyword.kind === "identifier" ? didYouMean(keyword.text, DECLARATIONS) : undefined,
      );
  }
}

function syntaxStatement(cursor: Cursor, file: FileNode, isFirst: boolean): void {
  const firstIndex = cursor.index;
  const keyword = advance(cursor);
  if (!isFirst) {
    throw fault(
      cursor,
      "misplaced-syntax",
      `"${keyword.text}" must be the first statement of the file`,
      keyword.position,
    );
  }
  expect(cursor, "=", `behind ${keyword.text}`);
  const value = textLiteral(cursor, `the ${keyword.text} in quotes`);
  if (keyword.text === "edition") {
    cursor.syntax = "editions";
    file.syntax = "editions";
    file.edition = value.value;
    if (!EDITIONS.includes(value.value)) {
      cursor.report({
        severity: "error",
        rule: "unknown-edition",
        message: `edition "${value.value}" is not supported; natsgen reads proto2, proto3 and edition ${oneOf(EDITIONS)}`,
        position: value.position,
      });
    }
  } else if (value.value === "proto2" || value.value === "proto3") {
    cursor.syntax = value.value;
    file.syntax = value.value;
  } else {
    const number = /^(?:proto)?([23])$/.exec(value.value.trim())?.[1];
    const hint =
      number === undefined ? didYouMean(value.value, SYNTAXES) : `did you mean "proto${number}"?`;
    // The rest is read as proto3, which most files are, so that one slip gives one error.
    cursor.syntax = "proto3";
    file.syntax = "proto3";
    cursor.report({
      severity: "error",
      rule: "unknown-syntax",
      message: `unknown syntax "${value.value}"; it is ${oneOf(SYNTAXES)}`,
      position: value.position,
      ...(hint === undefined ? {} : { suggestion: hint }),
    });
  }
  expectSemicolon(cursor, `behind the ${keyword.text}`);
  file.comments = commentsFrom(cursor, firstIndex);
}

function packageStatement(cursor: Cursor, file: FileNode): void {
  const firstIndex = cursor.index;
  const keyword = advance(cursor);
  const name = typeName(cursor, "the name of the package");
  if (name.text.startsWith(".")) {
    throw fault(cursor, "syntax", "a package name does not start with a dot", name.position);
  }
  expectSemicolon(cursor, "behind the package");
  if (file.packagePosition !== undefined) {
    cursor.report({
      severity: "error",
      rule: "duplicate-package",
      message: "the file names its package twice",
      position: span(keyword.position, name.position),
      related: [{ position: file.packagePosition, message: "the first one" }],
    });
    return;
  }
  file.package = name.text;
  file.packagePosition = name.position;
  const comments = commentsFrom(cursor, firstIndex);
  if (comments.leading !== "" || file.comments === NO_COMMENTS) {
    file.comments = comments;
  }
}

function importStatement(cursor: Cursor, file: FileNode): void {
  const keyword = advance(cursor);
  const isPublic = accept(cursor, "public") !== undefined;
  const weak = !isPublic && accept(cursor, "weak") !== undefined;
  const unclosed = peek(cursor).kind === "string" && peek(cursor).value === undefined;
  const path = textLiteral(cursor, "the path of a file in quotes");
  expectSemicolon(cursor, "behind the import");
  if (unclosed) {
    return;
  }
  const known = file.imports.find((other) => other.path === path.value);
  if (known !== undefined) {
    cursor.report({
      severity: "error",
      rule: "duplicate-import",
      message: `"${path.value}" is imported twice`,
      position: path.position,
      related: [{ position: known.position, message: "the first import" }],
    });
    return;
  }
  file.imports.push({
    path: path.value,
    public: isPublic,
    weak,
    position: span(keyword.position, path.position),
  });
}
