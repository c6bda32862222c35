import { checkMessages } from "../messages/check.js";
import type { Diagnostic, Position, Schema } from "../model/types.js";
import { duplicateRoutes } from "./duplicate-route.js";
import { duplicateSubjects } from "./duplicate-subject.js";
import { packageFolders } from "./folders.js";
import { eventSubjectOverlaps } from "./overlapping-subject.js";
import { streamDefinitions } from "./stream-definitions.js";
import { streamingRoutes } from "./streaming-route.js";
import { typesGenerated } from "./types-generated.js";
import { unusedStreams } from "./unused-stream.js";

/** One check of a whole schema. */
export type LintRule = (schema: Schema) => readonly Diagnostic[];

const RULES: readonly LintRule[] = [
  checkMessages,
  typesGenerated,
  duplicateSubjects,
  eventSubjectOverlaps,
  duplicateRoutes,
  streamingRoutes,
  streamDefinitions,
  unusedStreams,
  packageFolders,
];

/** Every finding of every rule, in the order of their places. */
export function lint(schema: Schema): readonly Diagnostic[] {
  return RULES.flatMap((rule) => rule(schema)).sort((a, b) => compare(a.position, b.position));
}

function compare(a: Position | undefined, b: Position | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
