import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { pairedRatio, percentile, summarize } from "./lib/stats.js";

describe("summarize", () => {
  it("takes the middle of an odd number of values, in any order", () => {
    expect(summarize([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9 });
  });

  it("takes the mean of the two in the middle of an even number", () => {
    expect(summarize([10, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 10 });
  });

  it("refuses to sum up nothing", () => {
    expect(() => summarize([])).toThrow(RangeError);
  });
});

describe("percentile", () => {
  const values = Array.from({ length: 200 }, (_, i) => i + 1);

  it("is the nearest rank", () => {
    expect(percentile(values, 50)).toBe(100);
    expect(percentile(values, 99)).toBe(198);
    expect(percentile(values, 99.9)).toBe(200);
    expect(percentile([7], 1)).toBe(7);
  });

  it("has at least its share of all values at or below it, and is one of them", () => {
    const sorted = fc
      .array(fc.integer(), { minLength: 1 })
      .map((array) => array.sort((a, b) => a - b));
    fc.assert(
      fc.property(sorted, fc.integer({ min: 0, max: 100 }), (array, percent) => {
        const value = percentile(array, percent);
        const below = array.filter((other) => other <= value).length;
        expect(array).toContain(value);
        expect(below / array.length).toBeGreaterThanOrEqual(percent / 100);
      }),
    );
  });
});

describe("pairedRatio", () => {
  it("is the median of the ratios of rounds, not the ratio of medians", () => {
    // The machine was ten times slower in the second round, for both.
    expect(pairedRatio([100, 10, 120], [50, 5, 40])).toEqual({ median: 2, min: 2, max: 3 });
  });

  it("refuses rounds that have no partner", () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow(/2 rounds cannot be paired with 1/);
  });
});
