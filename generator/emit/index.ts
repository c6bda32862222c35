import { emitMessages } from "../messages/index.js";
import type { Schema } from "../model/types.js";
import { emitEvents } from "./events.js";
import type { GeneratedFile } from "./file.js";
import { emitPackageIndex, emitRootIndex, emitSubjects } from "./indexes.js";
import { compare } from "./layout.js";
import { emitRoutes, emitRouteTable } from "./routes.js";
import { emitServices } from "./service.js";

/** Every file that a schema generates, in the order of their paths. */
export function emit(schema: Schema): readonly GeneratedFile[] {
  const files = schema.packages.flatMap((pkg) => {
    const own = [
      ...emitMessages(schema, pkg),
      ...emitServices(schema, pkg),
      ...emitEvents(schema, pkg),
    ];
    return [...own, ...emitRoutes(schema, pkg), ...emitPackageIndex(pkg, own)];
  });
  files.push(...emitRouteTable(schema), ...emitSubjects(schema));
  files.push(...emitRootIndex(schema, files));
  return files.sort((a, b) => compare(a.path, b.path));
}
