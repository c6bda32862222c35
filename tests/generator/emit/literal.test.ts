import { describe, expect, it } from "@jest/globals";
import { code, print, property } from "../../../generator/emit/literal.js";

describe("data in generated code", () => {
  it.each([
    ["text", '"text"'],
    ['a "quoted" \\ text', '"a \\"quoted\\" \\\\ text"'],
    [1000, "1000"],
    [86400000, "86_400_000"],
    [-12345, "-12_345"],
    [0.5, "0.5"],
    [12345.25, "12345.25"],
    [10n ** 12n, "1_000_000_000_000n"],
    [true, "true"],
    [code("Order"), "Order"],
    [[], "[]"],
    [{}, "{}"],
    [["a", 1], '["a", 1]'],
    [{ a: 1, "b-c": 2, d: undefined }, '{ a: 1, "b-c": 2 }'],
  ])("%j is %s", (value, text) => {
    expect(print(value, 0, 0)).toBe(text);
  });

  it("breaks what is longer than a line, each level of its own", () => {
    const long = "x".repeat(60);
    expect(property("a", { b: long, c: { d: long } }, 2)).toBe(
      `a: {\n    b: "${long}",\n    c: { d: "${long}" },\n  },`,
    );
  });

  it("moves a text that is too long to the next line", () => {
    const long = "x".repeat(100);
    expect(property("description", long, 2)).toBe(`description:\n    "${long}",`);
  });

  it("fills a line to its last column and no further", () => {
    const fits = "x".repeat(91);
    expect(property("key", fits, 1)).toHaveLength(99);
    expect(property("key", fits, 1)).not.toContain("\n");
    expect(property("key", `${fits}x`, 1)).toContain("\n");
  });

  it("breaks a list of objects with several members, as Biome does", () => {
    expect(
      print(
        [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
        0,
        0,
      ),
    ).toBe("[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]");
    expect(print([{ a: 1 }, { a: 3, b: 4 }], 0, 0)).toBe("[{ a: 1 }, { a: 3, b: 4 }]");
  });

  it("makes a property of __proto__, which would set the prototype", () => {
    expect(print({ ["__proto__"]: 1, a: 2 }, 0, 0)).toBe('{ ["__proto__"]: 1, a: 2 }');
  });
});
