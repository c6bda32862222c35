import { describe, expect, it } from "@jest/globals";
import { renderDiagnostics } from "../../../generator/load/render.js";
import { loadFiles } from "./workspace.js";

async function rendered(text: string): Promise<string> {
  const { diagnostics, sources } = await loadFiles({ "a.proto": text });
  return renderDiagnostics(diagnostics, { sources });
}

describe("rendering", () => {
  it("place, line, caret, suggestion", async () => {
    expect(await rendered('syntax = "proto3";\nmessage Order {\n  Ordr order = 1;\n}\n')).toBe(
      [
        'a.proto:3:3: error: unknown type "Ordr" [unknown-type]',
        "  Ordr order = 1;",
        "  ^~~~",
        '  did you mean "Order"?',
      ].join("\n"),
    );
  });

  it("the other place of a clash", async () => {
    expect(
      await rendered('syntax = "proto3";\nmessage A {\n  string a = 1;\n  string b = 1;\n}\n'),
    ).toBe(
      [
        'a.proto:4:14: error: field "b" has number 1, which "a" has already [duplicate-number]',
        "  string b = 1;",
        "             ^",
        "  2 is free",
        'a.proto:3:14: note: "a" takes the number here',
        "  string a = 1;",
        "             ^",
      ].join("\n"),
    );
  });

  it("tabs and wide characters keep the caret in place", async () => {
    expect(
      await rendered('syntax = "proto3";\nmessage A {\n\tstring a = 1; /* 漢\t*/ Nope b = 2;\n}\n'),
    ).toBe(
      [
        'a.proto:3:24: error: unknown type "Nope" [unknown-type]',
        "  string a = 1; /* 漢  */ Nope b = 2;",
        `${" ".repeat(26)}^~~~`,
      ].join("\n"),
    );
  });

  it("a missing semicolon points behind the statement", async () => {
    expect(await rendered('syntax = "proto3";\nmessage A {\n  string a = 1\n}\n')).toBe(
      [
        'a.proto:3:15: error: expected ";" behind field "a", found "}" [missing-semicolon]',
        "  string a = 1",
        "              ^",
      ].join("\n"),
    );
  });

  it("a very long line is cut around the caret", async () => {
    const text = await rendered(
      `syntax = "proto3";message A {${" ".repeat(5_000)}Nope b = 2;${" ".repeat(5_000)}}`,
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(200);
    const [, line = "", caret = ""] = text.split("\n");
    expect(line.slice(caret.indexOf("^"), caret.indexOf("^") + 4)).toBe("Nope");
  });

  it("colours only where they are asked for", async () => {
    const { diagnostics, sources } = await loadFiles({ "a.proto": "x" });
    expect(renderDiagnostics(diagnostics, { sources })).not.toContain("\u001b");
    expect(renderDiagnostics(diagnostics, { sources, colour: true })).toContain(
      "\u001b[31merror:\u001b[0m",
    );
  });
});
