import { lint } from "../../../generator/lint/index.js";
import type { LoadResult } from "../../../generator/load/descriptor.js";
import { type BuildResult, buildSchema } from "../../../generator/model/index.js";
import type { Diagnostic, Message, Service } from "../../../generator/model/types.js";
import { loadFiles } from "../load/workspace.js";

/** Schemas by path, loaded and built. Throws what the loader finds: these tests are not about that. */
export async function build(files: Readonly<Record<string, string>>): Promise<BuildResult> {
  return buildSchema(loaded(await loadFiles(files)).files);
}

/** A schema of one proto3 file, `a.proto`, of package `shop.v1`. */
export function buildBody(body: string): Promise<BuildResult> {
  return build({ "a.proto": shop(body) });
}

/** The declarations as a whole file; they start at line 1, so that positions are easy to read. */
export function shop(body: string): string {
  return `${HEAD}${body}\n`;
}

const HEAD =
  'syntax = "proto3"; package shop.v1; import "natsgen/v1/options.proto"; import "google/api/annotations.proto"; ' +
  'import "google/protobuf/timestamp.proto"; message Empty {} message Order { string id = 1; repeated string tags = 2; ' +
  "map<string, string> labels = 3; google.protobuf.Timestamp placed = 4; int64 version = 5; Order parent = 6; double total = 7; " +
  "oneof owner { string person = 8; string shop = 9; } }\n";

function loaded(result: LoadResult): LoadResult {
  const error = result.diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`line ${error.position?.line}: ${error.message}`);
  return result;
}

/** Everything found: by the model and by the lint rules. */
export function findings({ schema, diagnostics }: BuildResult): readonly Diagnostic[] {
  return [...diagnostics, ...lint(schema)];
}

export function messageOf({ schema }: BuildResult, typeName: string): Message {
  const message = schema.messages.get(typeName);
  if (message === undefined) throw new Error(`no message ${typeName}`);
  return message;
}

/** The first service of all. */
export function serviceOf({ schema }: BuildResult): Service {
  const service = schema.packages.flatMap(({ services }) => services)[0];
  if (service === undefined) throw new Error("no service");
  return service;
}
