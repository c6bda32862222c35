import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Diagnostic } from "../../../generator/load/descriptor.js";
import { renderDiagnostics } from "../../../generator/load/render.js";
import { loadFiles } from "./workspace.js";

const fixture = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`fixtures/${path}`, import.meta.url)), "utf8");

const deep = fixture("valid/deep/public.proto");
const shop = fixture("valid/shop/types.proto");
const seeds = [
  fixture("valid/proto2.proto"),
  fixture("valid/proto3.proto"),
  fixture("editions/editions.proto"),
  deep,
];

const words = [
  "message",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  "<",
  ">",
  ";",
  "=",
  ",",
  ".",
  "-",
  "/*",
  "*/",
  "//",
  '"',
  "'",
  "\\",
  "0x",
  "1e",
  "99999999999999999999",
  "option",
  "oneof",
  "map<",
  "group",
  "extend",
  "reserved",
  "max",
  "features",
  "import",
  "stream",
  "\0",
  "\ud800",
  "é",
  "\r",
  "\n",
  "[a.b/c.D]",
  "inf",
  "-",
  "default",
];

interface Mutation {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...words), fc.string({ maxLength: 6 })),
});

function mutate(source: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((text, { at, remove, insert }) => {
    const index = Math.floor(at * text.length);
    return text.slice(0, index) + insert + text.slice(index + remove);
  }, source);
}

function expectSane(
  diagnostics: readonly Diagnostic[],
  texts: Readonly<Record<string, string>>,
): void {
  for (const { position, message } of diagnostics) {
    expect(message).not.toBe("");
    if (position === undefined || !(position.file in texts)) {
      continue;
    }
    const lines = (texts[position.file] ?? "").split(/\r\n|\n|\r/);
    expect(position.line).toBeGreaterThanOrEqual(1);
    expect(position.line).toBeLessThanOrEqual(lines.length);
    expect(position.column).toBeGreaterThanOrEqual(1);
    expect(position.column).toBeLessThanOrEqual((lines[position.line - 1] ?? "").length + 1);
    expect(position.endLine).toBeGreaterThanOrEqual(position.line);
  }
}

describe("whatever a file holds", () => {
  it("loading ends, with diagnostics that point into the file", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        async (seed, mutations) => {
          // A lone surrogate cannot be written to a file: what is checked against is what is read.
          const text = Buffer.from(mutate(seed, mutations)).toString();
          const files = { "a.proto": text, "deep/public.proto": deep, "shop/types.proto": shop };
          const result = await loadFiles(files);
          expectSane(result.diagnostics, files);
          expect(renderDiagnostics(result.diagnostics, { sources: result.sources })).toEqual(
            expect.any(String),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it("any bytes as a descriptor set are read or refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const result = await loadFiles({ "a.binpb": bytes }, ["a.binpb"]);
        expect(Array.isArray(result.diagnostics)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["messages", `${"message A{".repeat(20_000)}`],
    ["aggregates", `syntax = "proto3"; option (a) = ${"{a".repeat(20_000)}`],
    ["braces", "{".repeat(50_000)],
    ["closing braces", "}".repeat(50_000)],
    ["comments", `${"/**/".repeat(50_000)} message`],
    ["strings", `import ${'"a" '.repeat(50_000)};`],
  ])("deeply nested or endless %s", async (_, text) => {
    const result = await loadFiles({ "a.proto": text });
    expect(result.diagnostics.length).toBeGreaterThan(0);
  });
});
