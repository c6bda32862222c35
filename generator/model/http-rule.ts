import type { RouteSegment, RouteVariable } from "./types.js";

/**
 * The path templates of google.api.http:
 *
 *     Template = "/" Segments [ ":" Verb ]
 *     Segments = Segment { "/" Segment }
 *     Segment  = "*" | "**" | Literal | Variable
 *     Variable = "{" FieldPath [ "=" Segments ] "}"
 *     FieldPath = Identifier { "." Identifier }
 *
 * @see google/api/http.proto
 */
export interface PathTemplate {
  readonly segments: readonly RouteSegment[];
  readonly variables: readonly TemplateVariable[];
  readonly verb: string | undefined;
}

export interface TemplateVariable extends RouteVariable {
  /** False for `{name}`, which stands for `{name=*}`. */
  readonly hasPattern: boolean;
  /** Offset of the field path in the text. */
  readonly offset: number;
}

export type TemplateResult =
  | { readonly ok: true; readonly template: PathTemplate }
  | { readonly ok: false; readonly offset: number; readonly message: string };

/** RFC 3986 `pchar` without `:`, `*`, and the braces that the grammar needs; `%` as `%xx`. */
const LITERAL = /(?:[A-Za-z0-9\-._~!$&'()+,;=@]|%[0-9A-Fa-f]{2})+/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Parses a template. Never throws; an error has the offset of the character that is wrong. */
export function parsePathTemplate(text: string): TemplateResult {
  const segments: RouteSegment[] = [];
  const variables: TemplateVariable[] = [];
  let verb: string | undefined;
  let offset = 0;
  let flaw: { readonly offset: number; readonly message: string } | undefined;

  /** Notes what is wrong, once, and stops the parse: every step returns false from here on. */
  function fail(message: string, at = offset): false {
    flaw ??= { offset: at, message };
    return false;
  }

  function take(pattern: RegExp): string {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0] ?? "";
    offset += found.length;
    return found;
  }

  function accept(literal: string): boolean {
    if (!text.startsWith(literal, offset)) return false;
    offset += literal.length;
    return true;
  }

  function parseSegments(insideVariable: boolean): boolean {
    do {
      if (!parseSegment(insideVariable)) return false;
    } while (accept("/"));
    return true;
  }

  function parseSegment(insideVariable: boolean): boolean {
    const start = offset;
    if (segments.some(({ kind }) => kind === "deepWildcard")) {
      return fail('nothing but a verb can follow "**"', start);
    }
    if (accept("**")) return push({ kind: "deepWildcard" });
    if (accept("*")) return push({ kind: "wildcard" });
    if (text[offset] === "{") {
      return insideVariable ? fail("a variable cannot hold another") : parseVariable();
    }
    const value = take(LITERAL);
    return value === "" ? fail(unexpected(insideVariable)) : push({ kind: "literal", value });
  }

  function push(segment: RouteSegment): true {
    segments.push(segment);
    return true;
  }

  function parseVariable(): boolean {
    const open = offset;
    offset += 1;
    const start = segments.length;
    const pathOffset = offset;
    const fieldPath: string[] = [];
    do {
      const name = take(IDENTIFIER);
      if (name === "") return fail("a field name is expected here");
      fieldPath.push(name);
    } while (accept("."));
    const hasPattern = accept("=");
    if (hasPattern) {
      if (!parseSegments(true)) return false;
    } else {
      push({ kind: "wildcard" });
    }
    if (!accept("}")) {
      return offset === text.length
        ? fail('this "{" is never closed', open)
        : fail(`"${characterAt(offset)}" cannot be in a variable`);
    }
    variables.push({ fieldPath, start, end: segments.length, hasPattern, offset: pathOffset });
    return true;
  }

  function unexpected(insideVariable: boolean): string {
    const character = characterAt(offset);
    if (character === "") {
      if (text === "/") return 'a path needs a segment behind "/"';
      return insideVariable ? "the variable is not closed" : "the path ends with an empty segment";
    }
    if (character === "/") return "the path has an empty segment";
    if (character === "?") return "a path has no query; fields that are not in it become one";
    if (character === "%") return '"%" needs two hexadecimal digits behind it';
    if (character === ":") return "a verb needs a segment in front of it";
    return `"${character}" cannot be in a path`;
  }

  function characterAt(at: number): string {
    const code = text.codePointAt(at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  function parse(): boolean {
    if (!accept("/")) return fail('a path starts with "/"');
    if (!parseSegments(false)) return false;
    if (accept(":")) {
      verb = take(LITERAL);
      if (verb === "") return fail('a verb is expected behind ":"');
    }
    if (offset === text.length) return true;
    if (verb !== undefined) return fail(`"${characterAt(offset)}" cannot be in a verb`);
    const wildcard = segments.at(-1)?.kind;
    if (wildcard !== "literal" && /[A-Za-z0-9*{]/.test(characterAt(offset))) {
      return fail("a wildcard or a variable is a whole segment");
    }
    return fail(unexpected(false));
  }

  if (parse()) return { ok: true, template: { segments, variables, verb } };
  return { ok: false, ...(flaw ?? { offset, message: "the path cannot be read" }) };
}

/** The template as it would be written: the inverse of `parsePathTemplate`. */
export function printPathTemplate(template: PathTemplate): string {
  const parts: string[] = [];
  let index = 0;
  while (index < template.segments.length) {
    const variable = template.variables.find(({ start }) => start === index);
    const end = variable?.end ?? index + 1;
    const covered = template.segments.slice(index, end).map(printSegment).join("/");
    if (variable === undefined) {
      parts.push(covered);
    } else {
      const path = variable.fieldPath.join(".");
      parts.push(variable.hasPattern ? `{${path}=${covered}}` : `{${path}}`);
    }
    index = end;
  }
  const verb = template.verb === undefined ? "" : `:${template.verb}`;
  return `/${parts.join("/")}${verb}`;
}

function printSegment(segment: RouteSegment): string {
  if (segment.kind === "literal") return segment.value;
  return segment.kind === "wildcard" ? "*" : "**";
}
