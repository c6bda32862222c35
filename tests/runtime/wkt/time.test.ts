import { describe, expect, it } from "@jest/globals";
import { Duration, Timestamp } from "@natsgen/runtime/wkt";
import fc from "fast-check";

describe("Timestamp", () => {
  it("takes a Date, before 1970 too, and gives it back", () => {
    const dates = fc.date({ min: new Date("0001-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const stamp = Timestamp.decode(Timestamp.encode(date));
        expect(stamp.toDate()).toEqual(date);
        expect(stamp.nanos).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(() => new Timestamp(new Date(Number.NaN))).toThrow(RangeError);
  });

  it.each([
    ["1970-01-01T00:00:00Z", 0n, 0],
    ["2026-01-01T12:00:00.500Z", 1_767_268_800n, 500_000_000],
    ["1969-12-31T23:59:59.000000001Z", -1n, 1],
    ["9999-12-31T23:59:59.999999999Z", 253_402_300_799n, 999_999_999],
  ])("is %s in JSON", (text, seconds, nanos) => {
    expect(Timestamp.toJson({ seconds, nanos })).toBe(text);
    expect(Timestamp.fromJson(text)).toEqual(new Timestamp({ seconds, nanos }));
  });

  it("reads an offset, and refuses what is no time", () => {
    expect(Timestamp.fromJson("2026-01-01T01:00:00+01:00")).toEqual(
      Timestamp.fromJson("2026-01-01T00:00:00Z"),
    );
    for (const text of ["2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z", 5, null]) {
      expect(() => Timestamp.fromJson(text)).toThrow();
    }
  });

  it("refuses to write a year that RFC 3339 has not", () => {
    expect(() => Timestamp.toJson({ seconds: 253_402_300_800n })).toThrow();
  });
});

describe("Duration", () => {
  it("takes milliseconds, and gives them back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (millis) => {
        expect(Duration.decode(Duration.encode(millis)).toMillis()).toBe(millis);
      }),
    );
    expect(() => new Duration(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it.each([
    ["0s", 0n, 0],
    ["1.500s", 1n, 500_000_000],
    ["-0.500s", 0n, -500_000_000],
    ["-3.000000001s", -3n, -1],
  ])("is %s in JSON", (text, seconds, nanos) => {
    expect(Duration.toJson({ seconds, nanos })).toBe(text);
    expect(Duration.fromJson(text)).toEqual(new Duration({ seconds, nanos }));
  });

  it("refuses what is no duration", () => {
    for (const text of ["1", "s", "1.0000000001s", "315576000001s", 1]) {
      expect(() => Duration.fromJson(text)).toThrow();
    }
  });
});
