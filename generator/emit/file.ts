import type { GeneratedFile } from "../messages/index.js";
import type { Comments, Package } from "../model/types.js";
import type { ImportCollector } from "./imports.js";
import { paragraphs } from "./layout.js";
import { renderTemplate } from "./templates.js";

/** A file of one package, with its header and the imports that were collected for it. */
export function packageFile(
  pkg: Package,
  name: string,
  imports: ImportCollector,
  declarations: readonly string[],
): GeneratedFile {
  const path = pkg.directory === "" ? name : `${pkg.directory}/${name}`;
  return { path, content: fileText(pkg.sources, imports.render(), declarations) };
}

/** A file of the output's root, which comes from all packages. */
export function rootFile(
  name: string,
  imports: string,
  declarations: readonly string[],
): GeneratedFile {
  return { path: name, content: fileText(["all schemas"], imports, declarations) };
}

function fileText(
  sources: readonly string[],
  imports: string,
  declarations: readonly string[],
): string {
  return renderTemplate("file", {
    sources: sources.join(", "),
    imports,
    declarations: declarations.map((text) => text.trimEnd()).join("\n\n"),
  });
}

/** A doc comment: what the schema says, then facts from its options, then `@deprecated`. */
export function docText(comments: Comments, deprecated: boolean, facts = ""): string {
  return paragraphs(
    comments.leading.trim(),
    comments.trailing.trim(),
    facts,
    deprecated ? "@deprecated" : "",
  );
}
