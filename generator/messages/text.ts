const LINE_WIDTH = 100;

/** Each line of `text`, moved right by `spaces`. */
export function indent(text: string, spaces: number): string {
  const pad = " ".repeat(spaces);
  return text
    .split("\n")
    .map((line) => (line === "" ? line : pad + line))
    .join("\n");
}

/**
 * `head` + items + `tail` on one line where that fits behind `column` other
 * characters, or else with each item on a line of its own.
 */
export function list(
  head: string,
  items: readonly string[],
  tail: string,
  column = 0,
  padding = "",
): string {
  const line = `${head}${padding}${items.join(", ")}${padding}${tail}`;
  if (items.length === 0 || (!line.includes("\n") && column + line.length <= LINE_WIDTH)) {
    return items.length === 0 ? head + tail : line;
  }
  return `${head}\n${items.map((item) => `${indent(item, 2)},\n`).join("")}${tail}`;
}

/** A statement behind a condition: on its line where it is one short line, or else in a block. */
export function when(condition: string, statement: string, column = 2): string {
  const line = `if (${condition}) ${statement}`;
  if (!statement.includes("\n") && column + line.length <= LINE_WIDTH) return line;
  return `if (${condition}) {\n${indent(statement, 2)}\n}`;
}

/** Whether `text` is one line that fits behind `column` other characters. */
export function fits(text: string, column: number): boolean {
  return !text.includes("\n") && column + text.length <= LINE_WIDTH;
}
