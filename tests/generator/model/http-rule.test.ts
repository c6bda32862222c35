import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parsePathTemplate, printPathTemplate } from "../../../generator/model/http-rule.js";

describe("a path template", () => {
  it("is read into segments, variables and a verb", () => {
    expect(parsePathTemplate("/v1/{name=shelves/*/books/**}:archive")).toEqual({
      ok: true,
      template: {
        segments: [
          { kind: "literal", value: "v1" },
          { kind: "literal", value: "shelves" },
          { kind: "wildcard" },
          { kind: "literal", value: "books" },
          { kind: "deepWildcard" },
        ],
        variables: [{ fieldPath: ["name"], start: 1, end: 5, hasPattern: true, offset: 5 }],
        verb: "archive",
      },
    });
  });

  it.each([
    "/v1/orders",
    "/v1/{order.id}",
    "/v1/{a}/{b=*}/{c=x/*}",
    "/v1/**",
    "/v1/**:get",
    "/v1/caf%C3%A9/a%2fb",
    "/v1/orders/me@x.y,z;p=1",
  ])("%s is printed as it was written", (text) => {
    const result = parsePathTemplate(text);
    expect(result.ok && printPathTemplate(result.template)).toBe(text);
  });

  it.each([
    ["", 0, 'a path starts with "/"'],
    ["v1/a", 0, 'a path starts with "/"'],
    ["/", 1, "needs a segment"],
    ["/v1//a", 4, "empty segment"],
    ["/v1/", 4, "empty segment"],
    ["/v1/{id", 4, "never closed"],
    ["/v1/{}", 5, "field name is expected"],
    ["/v1/{a..b}", 7, "field name is expected"],
    ["/v1/{a={b}}", 7, "cannot hold another"],
    ["/v1/{a b}", 6, "cannot be in a variable"],
    ["/v1/**/a", 7, 'follow "**"'],
    ["/v1/{a=**}/b", 11, 'follow "**"'],
    ["/v1/{a}b", 7, "whole segment"],
    ["/v1/***", 6, "whole segment"],
    ["/v1/a?b=c", 5, "no query"],
    ["/v1/a%2", 5, "hexadecimal"],
    ["/v1/a:", 6, "verb is expected"],
    ["/v1/:x", 4, "needs a segment in front"],
    ["/v1/a:b:c", 7, "cannot"],
    ["/v1/a b", 5, "cannot be in a path"],
    ["/v1/}", 4, "cannot be in a path"],
  ])("%j is refused at %d", (text, offset, message) => {
    const result = parsePathTemplate(text);
    expect(result).toMatchObject({ ok: false, offset, message: expect.stringContaining(message) });
  });

  it("never makes the parser throw, and prints as it was whenever it is read", () => {
    const piece = fc.constantFrom(
      "/",
      "*",
      "**",
      "{",
      "}",
      "=",
      ":",
      ".",
      "a",
      "b_c",
      "%20",
      "%",
      "?",
      "é",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(piece).map((pieces) => `/${pieces.join("")}`),
    );
    fc.assert(
      fc.property(text, (input) => {
        const result = parsePathTemplate(input);
        if (result.ok) expect(printPathTemplate(result.template)).toBe(input);
        else expect(result.offset).toBeLessThanOrEqual(input.length);
      }),
      { numRuns: 3000 },
    );
  });

  it("is read back from what is printed", () => {
    const literal = fc.constantFrom("v1", "orders", "a%20b", "x-y_z~");
    const segment = fc.oneof(literal, fc.constant("*"));
    const variable = fc
      .tuple(fc.constantFrom("a", "b.c", "_d1"), fc.array(segment, { minLength: 1, maxLength: 3 }))
      .map(([path, pattern]) => `{${path}=${pattern.join("/")}}`);
    const template = fc
      .tuple(
        fc.array(fc.oneof(segment, variable), { minLength: 1, maxLength: 5 }),
        fc.constantFrom("", "/**", ":verb", "/**:verb"),
      )
      .map(([parts, end]) => `/${parts.join("/")}${end}`);
    fc.assert(
      fc.property(template, (text) => {
        const result = parsePathTemplate(text);
        expect(result.ok && printPathTemplate(result.template)).toBe(text);
      }),
    );
  });
});
