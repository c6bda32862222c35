import { describe, expect, it } from "@jest/globals";
import { RetryInfo, Status } from "@natsgen/runtime/rpc";
import {
  Any,
  Duration,
  FieldMask,
  ListValue,
  Struct,
  Timestamp,
  Value,
} from "@natsgen/runtime/wkt";

describe("Any", () => {
  const packed = Any.pack(RetryInfo, { retryDelay: 1500 });

  it("gives back what was packed, and only as that type", () => {
    expect(packed.typeUrl).toBe("type.googleapis.com/google.rpc.RetryInfo");
    expect(packed.unpack(RetryInfo)?.retryDelay?.toMillis()).toBe(1500);
    expect(packed.unpack(Status)).toBeUndefined();
  });

  it("survives as a detail of a status", () => {
    const bytes = Status.encode({ code: 14, message: "try later", details: [packed] });
    const status = Status.decode(bytes);
    expect(status.details[0]?.unpack(RetryInfo)).toEqual(new RetryInfo({ retryDelay: 1500 }));
  });

  it("needs a registry for JSON, but not for the well-known types", () => {
    const registry = new Map([[RetryInfo.typeName, RetryInfo]]);
    const json = Any.toJson(packed, { registry });
    expect(json).toEqual({ "@type": packed.typeUrl, retryDelay: "1.500s" });
    expect(Any.fromJson(json, { registry })).toEqual(packed);
    expect(() => Any.toJson(packed)).toThrow(/registry has no type google.rpc.RetryInfo/);

    const nested = Any.pack(Any, Any.pack(Duration, 5));
    expect(Any.fromJson(Any.toJson(nested))).toEqual(nested);
  });
});

describe("Struct, Value and ListValue", () => {
  const json = { a: null, b: [1, "x", true, { c: -0.5 }], d: {}, e: [] };

  it("are plain JSON", () => {
    expect(Struct.decode(Struct.encode({ fields: json })).fields).toEqual(json);
    expect(Value.decode(Value.encode({ value: null })).value).toBeNull();
    expect(ListValue.decode(ListValue.encode({ values: [json, 1] })).values).toEqual([json, 1]);
  });

  it("keep a key that JavaScript treats in its own way", () => {
    const fields = JSON.parse('{"__proto__": {"admin": true}}');
    const read = Struct.decode(Struct.encode({ fields })).fields;
    expect(Object.keys(read)).toEqual(["__proto__"]);
    expect(Reflect.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it("refuse what is not JSON, and too deep a nesting", () => {
    expect(() => Value.encode({ value: Number.NaN })).toThrow(RangeError);
    let deep: unknown[] = [];
    for (let level = 0; level < 200; level += 1) deep = [deep];
    const bytes = ListValue.encode(ListValue.fromJson(JSON.parse(JSON.stringify(deep))));
    expect(() => ListValue.decode(bytes)).toThrow(/nested deeper than 100/);
  });
});

describe("FieldMask", () => {
  it("is camel case in JSON, and refuses paths that would not read back", () => {
    expect(FieldMask.toJson({ paths: ["a_b.c", "d"] })).toBe("aB.c,d");
    expect(FieldMask.fromJson("aB.c,d").paths).toEqual(["a_b.c", "d"]);
    expect(() => FieldMask.toJson({ paths: ["aB"] })).toThrow();
    expect(() => FieldMask.fromJson("a_b")).toThrow();
  });
});

describe("unknown fields", () => {
  it("survive a round trip and a copy, unseen", () => {
    const bytes = Uint8Array.of(8, 5, 0x7a, 2, 1, 2);
    const stamp = Timestamp.decode(bytes);
    expect(Object.keys(stamp)).toEqual(["seconds", "nanos"]);
    expect(new Uint8Array(Timestamp.encode(stamp))).toEqual(bytes);
    expect(new Uint8Array(Timestamp.encode(new Timestamp(stamp)))).toEqual(bytes);
  });
});
