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
  return schema.packages.flatMap((pkg) => {
    const own = new Map<string, Stream>();
    return pkg.streams.flatMap((stream): Diagnostic[] => {
      const twin = own.get(stream.name);
      if (twin !== undefined) return [defined("twice", stream, pkg.name, twin)];
      own.set(stream.name, stream);
      const known = first.get(stream.name);
      if (known === undefined) {
        first.set(stream.name, { packageName: pkg.name, stream });
        return [];
      }
      const different = PROPERTIES.filter(([key]) => stream[key] !== known.stream[key]);
      if (different.length === 0) return [];
      return [
        defined(
          different.map(([, name]) => name),
          stream,
          known.packageName,
          known.stream,
        ),
      ];
    });
  });
}

function defined(
  how: "twice" | readonly string[],
  stream: Stream,
  packageName: string,
  other: Stream,
): Diagnostic {
  const twice = how === "twice";
  return {
    severity: "error",
    rule: twice ? "duplicate-stream" : "stream-mismatch",
    message: twice
      ? `stream "${stream.name}" is defined twice in package ${packageName}`
      : `stream "${stream.name}" is defined differently in ${packageName}: ${how.join(", ")}`,
    position: stream.position,
    suggestion: twice
      ? "remove one of the definitions"
      : "define it in one of the packages; events of any package may name it",
    related: [{ position: other.position, message: "the first definition is here" }],
  };
}
