import type { Package, Schema } from "../model/types.js";
import { type GeneratedFile, packageFile, rootFile } from "./file.js";
import { createImportCollector } from "./imports.js";
import { compare } from "./layout.js";
import { property } from "./literal.js";
import { namespaceNames } from "./names.js";
import { renderTemplate } from "./templates.js";

/**
 * A package's `index.ts`: all that its users import. Routes are left out, so
 * that whoever uses NATS alone never loads them; so are codecs, which are not
 * for people.
 */
export function emitPackageIndex(
  pkg: Package,
  files: readonly GeneratedFile[],
): readonly GeneratedFile[] {
  const own = ["events", "messages", "service"].filter((name) =>
    files.some(({ path }) => path === `${pkg.directory}/${name}.ts`),
  );
  if (own.length === 0) return [];
  const lines = own.map((name) => ({ what: "*", from: `./${name}.js` }));
  const text = renderTemplate("index", { lines });
  return [packageFile(pkg, "index.ts", createImportCollector(), [text])];
}

/** The root's `index.ts`: each package as a namespace, and the subjects. */
export function emitRootIndex(
  schema: Schema,
  files: readonly GeneratedFile[],
): readonly GeneratedFile[] {
  const names = namespaceNames(schema.packages);
  const has = (file: string) => files.some(({ path }) => path === file);
  const lines = schema.packages
    .filter((pkg) => has(`${pkg.directory}/index.ts`))
    .map((pkg) => ({
      what: `* as ${names.get(pkg.name) ?? pkg.name}`,
      from: `./${pkg.directory}/index.js`,
    }))
    .sort((a, b) => compare(a.from, b.from));
  if (has("subjects.ts")) lines.push({ what: "*", from: "./subjects.js" });
  if (lines.length === 0) return [];
  return [rootFile("index.ts", "", [renderTemplate("index", { lines })])];
}

/** The root's `subjects.ts`: what a set of schemas uses of NATS, as plain data. */
export function emitSubjects(schema: Schema): readonly GeneratedFile[] {
  const services = schema.packages.flatMap(({ services: own }) =>
    own
      .filter(({ methods }) => methods.length > 0)
      .map(({ typeName, methods }) => {
        const subjects = methods.map(({ localName, subject }) => [localName, subject] as const);
        return property(typeName, Object.fromEntries(subjects), 2);
      }),
  );
  const events = schema.packages.flatMap((pkg) =>
    pkg.events.map(({ message, wildcard }) => property(message, wildcard, 2)),
  );
  const declarations = [
    ...(services.length === 0 ? [] : [renderTemplate("service-subjects", { entries: services })]),
    ...(events.length === 0 ? [] : [renderTemplate("event-subjects", { entries: events })]),
  ];
  return declarations.length === 0 ? [] : [rootFile("subjects.ts", "", declarations)];
}
