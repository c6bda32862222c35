import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { subjectToken, subjectTokenValue } from "../../../runtime/index.js";
import {
  checkPublishSubject,
  checkSubscribeSubject,
  MAX_SUBJECT_BYTES,
  normalizePrefix,
} from "../../../runtime/subjects/check.js";

const refused = expect.objectContaining({ code: "INVALID_ARGUMENT" });

describe("subjectToken", () => {
  it.each([
    ["order-17", "order-17"],
    ["a.b", "a_2Eb"],
    ["_", "_5F"],
    ["*", "_2A"],
    [">", "_3E"],
    ["ü", "_C3_BC"],
    [42, "42"],
    [-1.5, "-1_2E5"],
    [9007199254740993n, "9007199254740993"],
    [true, "true"],
  ])("encodes %p as %s", (value, token) => {
    expect(subjectToken(value)).toBe(token);
  });

  it("gives one plain token that reads back, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }), (text) => {
        fc.pre(Buffer.byteLength(text) <= 40);
        const token = subjectToken(text);
        expect(token).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
        expect(subjectTokenValue(token)).toBe(text);
      }),
    );
  });

  it.each(["", "x".repeat(129), "ü".repeat(22), "\ud800", Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses %p",
    (value) => {
      expect(() => subjectToken(value)).toThrow(refused);
    },
  );

  it("takes 128 bytes", () => {
    expect(subjectToken("x".repeat(128))).toHaveLength(128);
  });

  it.each(["", "a.b", "_", "_2", "_zz", "_FF"])("does not read back %p", (token) => {
    expect(() => subjectTokenValue(token)).toThrow(refused);
  });
});

describe("subjects", () => {
  it.each([
    "",
    "a b",
    "a\r\nPUB x 0",
    "a\tb",
    "a..b",
    ".a",
    "a.",
    "a\0b",
    "x".repeat(MAX_SUBJECT_BYTES + 1),
  ])("refuses %p to publish and to subscribe", (subject) => {
    expect(() => checkPublishSubject(subject)).toThrow(refused);
    expect(() => checkSubscribeSubject(subject)).toThrow(refused);
  });

  it.each(["u.*.set", "u.>", "*", ">"])("refuses the wildcard %s to publish only", (subject) => {
    expect(() => checkPublishSubject(subject)).toThrow(/wildcard/);
    expect(checkSubscribeSubject(subject)).toBe(subject);
  });

  it("refuses > before the end", () => {
    expect(() => checkSubscribeSubject("a.>.b")).toThrow(refused);
  });

  it("counts bytes and not characters", () => {
    expect(() => checkPublishSubject("ü".repeat(MAX_SUBJECT_BYTES / 2 + 1))).toThrow(refused);
  });

  it("gives a prefix its dot", () => {
    expect(normalizePrefix(undefined)).toBe("");
    expect(normalizePrefix("staging")).toBe("staging.");
    expect(normalizePrefix("eu.staging.")).toBe("eu.staging.");
    expect(() => normalizePrefix("a.*")).toThrow(refused);
  });
});
