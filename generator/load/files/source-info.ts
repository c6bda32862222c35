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

/** protoc keeps the space behind the comment marker. */
function dedent(value: unknown): string {
  const lines = typeof value === "string" ? value.split("\n").map((line) => line.trimEnd()) : [];
  const indents = lines.filter((line) => line !== "").map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
