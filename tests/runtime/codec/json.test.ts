import { describe, expect, it } from "@jest/globals";
import {
  enumTable,
  fieldTable,
  JsonError,
  messageFromJson,
  messageToJson,
  toLogSafe,
} from "@natsgen/runtime/codec";
import type { JsonReadOptions, JsonValue, JsonWriteOptions } from "@natsgen/runtime/contract";

const Level = enumTable("test.Level", { LEVEL_NONE: 0, LEVEL_HIGH: 2 });

class Person {
  static readonly typeName = "test.Person";
  name = "";
  secretToken: string | undefined = undefined;
  level: string | number = "LEVEL_NONE";
  friends: Person[] = [];
  scores: Record<string, bigint> = {};

  static encode(): Uint8Array {
    return new Uint8Array(0);
  }
  static decode(): Person {
    return new Person();
  }
  static toJson(message: object, options?: JsonWriteOptions): JsonValue {
    return messageToJson(fields(), message, options);
  }
  static fromJson(json: JsonValue, options?: JsonReadOptions): Person {
    return messageFromJson(fields(), new Person(), json, options);
  }
}

const fields = fieldTable(() => [
  { name: "name", type: "string" },
  { name: "secret_token", type: "string", optional: true, redact: true },
  { name: "level", type: Level },
  { name: "friends", type: Person, list: true },
  { name: "scores", map: "int64", type: "uint64" },
]);

describe("writing JSON", () => {
  const person = { name: "Ada", secretToken: "s", level: "LEVEL_HIGH", friends: [{ name: "Bo" }] };

  it("leaves out what holds its zero value, unless asked for it", () => {
    expect(Person.toJson({ name: "", level: "LEVEL_NONE", scores: {} })).toEqual({});
    expect(Person.toJson({}, { alwaysEmitImplicit: true })).toEqual({
      name: "",
      level: "LEVEL_NONE",
      friends: [],
      scores: {},
    });
  });

  it("follows the options for names and enums", () => {
    expect(Person.toJson(person, { enumAsInteger: true, useProtoFieldName: true })).toEqual({
      name: "Ada",
      secret_token: "s",
      level: 2,
      friends: [{ name: "Bo" }],
    });
    expect(Person.toJson({ level: 7 })).toEqual({ level: 7 });
  });

  it("hides redacted fields from logs, at any depth", () => {
    const friends = [{ name: "Bo", secretToken: "t" }];
    expect(toLogSafe(Person, { ...person, friends })).toEqual({
      name: "Ada",
      secretToken: "[redacted]",
      level: "LEVEL_HIGH",
      friends: [{ name: "Bo", secretToken: "[redacted]" }],
    });
  });
});

describe("floats in JSON", () => {
  it.each(["float", "double"] as const)(
    "%s: keeps the sign of -0, the shortest digits, and infinity",
    (type) => {
      const table = fieldTable(() => [{ name: "x", type }]);
      const json = (x: number) => messageToJson(table(), { x });
      expect(json(-0)).toEqual({ x: -0 });
      expect(json(0.1)).toEqual({ x: 0.1 });
      expect(json(Number.NEGATIVE_INFINITY)).toEqual({ x: "-Infinity" });
    },
  );
});

describe("reading JSON", () => {
  it("takes both names of a field, and null for what is unset", () => {
    expect(Person.fromJson({ secret_token: "s", name: null })).toMatchObject({ secretToken: "s" });
    expect(Person.fromJson({ secretToken: "s" })).toMatchObject({ secretToken: "s" });
    expect(() => Person.fromJson({ secretToken: "s", secret_token: "s" })).toThrow(/given twice/);
  });

  it("refuses unknown fields and enum values, unless told to skip them", () => {
    const json = { nmae: 1, level: "LEVEL_LOW" };
    expect(() => Person.fromJson({ nmae: 1 })).toThrow("nmae: no such field");
    expect(() => Person.fromJson({ level: "LEVEL_LOW" })).toThrow(/"LEVEL_LOW" is not a value/);
    expect(Person.fromJson(json, { ignoreUnknownFields: true })).toEqual(new Person());
  });

  it("says where the value is that does not fit", () => {
    const json = { friends: [{}, { scores: { "1": "-1" } }] };
    expect(() => Person.fromJson(json)).toThrow(JsonError);
    expect(() => Person.fromJson(json)).toThrow("friends[1].scores.1: -1 does not fit uint64");
    expect(() => Person.fromJson({ scores: { x: 1 } })).toThrow(/^scores\.x: /);
    expect(() => Person.fromJson([])).toThrow("found an array where an object is due");
  });

  it("keeps a map key that JavaScript treats in its own way", () => {
    const labels = fieldTable(() => [{ name: "labels", map: "string", type: "string" }]);
    const read = messageFromJson(
      labels(),
      { labels: {} },
      JSON.parse('{"labels":{"__proto__":"x"}}'),
    );
    expect(Object.entries(read.labels)).toEqual([["__proto__", "x"]]);
  });
});
