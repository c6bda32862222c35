import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The text of templates/`name`.hbs. */
export function readTemplate(name: string): string {
  return readFileSync(join(templateFolder(), `${name}.hbs`), "utf8");
}

/** Names and texts of the partials: the files whose names start with `_`, which the names leave out. */
export function readPartials(): [string, string][] {
  return readdirSync(templateFolder())
    .filter((file) => file.startsWith("_") && file.endsWith(".hbs"))
    .map((file) => file.slice(0, -".hbs".length))
    .map((name) => [name.slice(1), readTemplate(name)]);
}

/** The first templates/ above this file: the same from the sources and from dist/. */
function templateFolder(): string {
  let current = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(current, "templates"))) {
    const parent = dirname(current);
    if (parent === current) throw new Error("natsgen's folder templates/ is missing: reinstall it");
    current = parent;
  }
  return join(current, "templates");
}
