import type { Diagnostic, Schema, Stream } from "../model/types.js";

/** What two definitions of one stream have to have in common. */
const PROPERTIES = [
  ["description", "description"],
  ["maxAgeMs", "max_age"],
  ["maxBytes", "max_bytes"],
  ["replicas", "replicas"],
  ["storage", "storage"],
  ["duplicateWindowMs", "duplicate_window"],
] as const;

/** A stream that is defined twice: in one package that is a mistake, in two they have to agree. */
export function streamDefinitions(schema: Schema): readonly Diagnostic[] {
  const first = new Map<string, { readonly packageName: string; readonly stream: Stream }>();
  const findings: Diagnostic[] = [];
  for (const pkg of schema.packages) {
    for (const stream of pkg.streams) {
      const known = first.get(stream.name);
      if (known === undefined) {
        first.set(stream.name, { packageName: pkg.name, stream });
        continue;
      }
      const related = [
        { position: known.stream.position, message: "the first definition is here" },
      ];
      const different = PROPERTIES.filter(([key]) => stream[key] !== known.stream[key]);
      if (known.packageName === pkg.name) {
        findings.push({
          severity: "error",
          rule: "duplicate-stream",
          message: `stream "${stream.name}" is defined twice in package ${pkg.name}`,
          position: stream.position,
          related,
        });
      } else if (different.length > 0) {
        findings.push({
          severity: "error",
          rule: "stream-mismatch",
          message: `stream "${stream.name}" is defined differently in ${known.packageName}: ${different.map(([, name]) => name).join(", ")}`,
          position: stream.position,
          suggestion: "define it in one of the packages; events of any package may name it",
          related,
        });
      }
    }
  }
  return findings;
}
