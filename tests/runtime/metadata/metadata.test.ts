import { describe, expect, it } from "@jest/globals";
import { Metadata } from "../../../runtime/index.js";
import { headersToMetadata } from "../../../runtime/metadata/wire.js";

const headers = (lines: Record<string, string[]>) => ({
  code: 0,
  keys: () => Object.keys(lines),
  values: (key: string) => lines[key] ?? [],
});

describe("Metadata", () => {
  it("has lower-case keys, and several values in order", () => {
    const metadata = new Metadata({ "X-Tenant": "a", tag: ["1", "2"] }).append("TAG", "3");
    expect([...metadata]).toEqual([
      ["x-tenant", "a"],
      ["tag", "1"],
      ["tag", "2"],
      ["tag", "3"],
    ]);
    expect(metadata.get("x-TENANT")).toBe("a");
    expect(metadata.getAll("Tag")).toEqual(["1", "2", "3"]);
    expect(metadata.set("tag", "4").getAll("tag")).toEqual(["4"]);
    expect(metadata.delete("tag")).toBe(true);
    expect(metadata.has("tag")).toBe(false);
    expect([...new Metadata(metadata)]).toEqual([...metadata]);
  });

  it.each(["", "a b", "a:b", "a\r\nb", "ü", "a\0"])("refuses the key %p", (key) => {
    expect(() => new Metadata([[key, "x"]])).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });

  it.each(["Nats-Msg-Id", "natsgen-timeout-ms", "NATSGEN-CODE"])(
    "refuses the reserved %s",
    (key) => {
      expect(() => new Metadata([[key, "x"]])).toThrow(/reserved/);
    },
  );

  it.each(["a\r\nNats-Msg-Id: 1", "a\nb", "a\rb", "a\0b"])("refuses the value %p", (value) => {
    expect(() => new Metadata({ key: value })).toThrow(/CR, LF or NUL/);
  });

  it("drops what arrives under a reserved name", () => {
    const metadata = headersToMetadata(
      headers({
        "Nats-Msg-Id": ["1"],
        "natsgen-timeout-ms": ["5"],
        "NATSGEN-X": ["5"],
        "not a token": ["x"],
        Tenant: ["a", "b"],
      }),
    );
    expect([...metadata]).toEqual([
      ["tenant", "a"],
      ["tenant", "b"],
    ]);
  });
});
