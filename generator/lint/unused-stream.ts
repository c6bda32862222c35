import type { Diagnostic, Schema } from "../model/types.js";

/** A stream that stores no event. NATS would let it store whatever is sent to its name. */
export function unusedStreams(schema: Schema): readonly Diagnostic[] {
  return schema.packages
    .flatMap((pkg) => pkg.streams)
    .filter(({ subjects }) => subjects.length === 0)
    .map((stream) => ({
      severity: "warning",
      rule: "unused-stream",
      message: `no event is stored in the stream "${stream.name}"`,
      position: stream.position,
    }));
}
