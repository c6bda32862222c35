/** SourceCodeInfo of a descriptor set: where declarations stood, and their comments. */

import type { DeclarationComments, OptionValue, Position } from "../descriptor.js";

export interface Location {
  readonly position: Position;
  readonly comments: DeclarationComments;
}

/** Locations by their path, joined with commas. Lines and columns of the set count from 0. */
export function locationsOf(
  file: string,
  info: ReadonlyMap<string, OptionValue> | undefined,
): ReadonlyMap<string, Location> {
  const locations = new Map<string, Location>();
  const entries = info?.get("location");
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!(entry instanceof Map)) {
      continue;
    }
    const path: unknown = entry.get("path");
    const key = Array.isArray(path) ? path.join(",") : "";
    const span: unknown = entry.get("span");
    const [line, column, third, fourth] = Array.isArray(span) ? span.map(Number) : [];
    if (!locations.has(key) && line !== undefined && column !== undefined && third !== undefined) {
      locations.set(key, {
        position: {
          file,
          line: line + 1,
          column: column + 1,
          endLine: (fourth === undefined ? line : third) + 1,
          endColumn: (fourth ?? third) + 1,
        },
        comments: {
          leading: dedent(entry.get("leading_comments")),
          trailing: dedent(entry.get("trailing_comments")),
          detached: listOf(entry.get("leading_detached_comments")).map(dedent),
        },
      });
    }
  }
  return locations;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** protoc keeps the space behind the comment marker, and the second star of a doc comment. */
function dedent(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  const doc = /^\*+(?=\s|$)/.test(text);
  const lines = text
    .replace(/^\*+(?=\s|$)/, "")
    .split("\n")
    .map((line) => line.trimEnd());
  const first = doc ? 1 : 0;
  const indents = lines
    .slice(first)
    .filter((line) => line !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line, index) => (index < first ? line.trimStart() : line.slice(indent)))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
