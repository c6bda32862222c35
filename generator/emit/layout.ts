/** Where lines of generated code break: the width that Biome is set to. */
export const LINE_WIDTH = 100;

/**
 * `head` + parameters + `tail` at `indent` spaces: on one line where that fits,
 * or else with each parameter on a line of its own.
 */
export function signature(
  head: string,
  parameters: readonly string[],
  tail: string,
  indent: number,
): string {
  const line = `${head}${parameters.join(", ")}${tail}`;
  if (parameters.length === 0 || indent + line.length <= LINE_WIDTH) return line;
  const pad = " ".repeat(indent);
  return `${head}\n${parameters.map((text) => `${pad}  ${text},\n`).join("")}${pad}${tail}`;
}

/** A function whose only parameter is an object type: that is broken up, not the list around it. */
export function objectSignature(head: string, properties: readonly string[], tail: string): string {
  const line = `${head}{ ${properties.join("; ")} }${tail}`;
  if (line.length <= LINE_WIDTH) return line;
  return `${head}{\n${properties.map((text) => `  ${text};\n`).join("")}}${tail}`;
}

/** `3 min`, `2 s`, `250 ms`: milliseconds in the largest unit that stays whole. */
export function duration(milliseconds: number): string {
  const units = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1000, "s"],
  ] as const;
  const unit = units.find(([size]) => milliseconds >= size && milliseconds % size === 0);
  return unit === undefined ? `${milliseconds} ms` : `${milliseconds / unit[0]} ${unit[1]}`;
}

/** Paragraphs of a doc comment; what is empty is left out. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== "").join("\n\n");
}

/** Text in lines of at most `width` characters, broken at blanks. */
export function wrap(text: string, width = LINE_WIDTH - 3): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join("\n");
}

/** The first sentence of a comment, on one line. */
export function firstSentence(comment: string): string {
  const [paragraph = ""] = comment.trim().split(/\n\s*\n/);
  const line = paragraph.replace(/\s+/g, " ").trim();
  return /^.*?[.!?](?=\s+[^a-z\s]|$)/.exec(line)?.[0] ?? line;
}

/** Code-unit order: the same on every machine and in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
