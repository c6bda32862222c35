import Handlebars from "handlebars";
import { readPartials, readTemplate } from "../template-files.js";

/**
 * The templates in templates/, compiled when they are first asked for. A file
 * whose name starts with `_` is a partial, known by its name without the `_`.
 *
 * Templates see finished strings. The only helpers are `jsdoc` and `quote`.
 */
const engine = Handlebars.create();
const compiled = new Map<string, Handlebars.TemplateDelegate>();
let hasPartials = false;

engine.registerHelper("jsdoc", (text: unknown, indent: unknown) =>
  jsdoc(typeof text === "string" ? text : "", typeof indent === "number" ? indent : 0),
);
engine.registerHelper("quote", (text: unknown) => JSON.stringify(String(text)));

/** Renders templates/`name`.hbs. Throws on a property that the view does not have. */
export function renderTemplate(name: string, view: object): string {
  let template = compiled.get(name);
  if (template === undefined) {
    registerPartials();
    template = compile(readTemplate(name));
    compiled.set(name, template);
  }
  return template(view);
}

/**
 * A doc comment at `indent` spaces, with the newline that follows it; nothing
 * for an empty text. An end-of-comment mark in the text is broken up.
 */
export function jsdoc(text: string, indent = 0): string {
  const lines = text
    .replaceAll("*/", "*\u200b/")
    .split("\n")
    .map((line) => line.trimEnd());
  while (lines[0] === "") lines.shift();
  while (lines.at(-1) === "") lines.pop();
  const pad = " ".repeat(indent);
  const [first] = lines;
  if (first === undefined) return "";
  if (lines.length === 1 && pad.length + first.length + 7 <= 100) return `${pad}/** ${first} */\n`;
  const body = lines.map((line) => (line === "" ? `${pad} *` : `${pad} * ${line}`));
  return `${pad}/**\n${body.join("\n")}\n${pad} */\n`;
}

function compile(source: string): Handlebars.TemplateDelegate {
  return engine.compile(source, { noEscape: true, strict: true });
}

function registerPartials(): void {
  if (hasPartials) return;
  for (const [name, source] of readPartials()) engine.registerPartial(name, compile(source));
  hasPartials = true;
}
