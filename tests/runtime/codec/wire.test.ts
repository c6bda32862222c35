import { describe, expect, it } from "@jest/globals";
import * as codec from "@natsgen/runtime/codec";
import { Status } from "@natsgen/runtime/rpc";
import { Any, FieldMask } from "@natsgen/runtime/wkt";

describe("values that a field cannot hold", () => {
  const write = <T>(encode: (writer: codec.Writer, tag: number, value: T) => void, value: T) =>
    codec.encodeMessage((input: T, writer) => encode(writer, 8, input), value);

  it.each([2 ** 31, -(2 ** 31) - 1, 1.5, Number.NaN])("int32 refuses %s", (value) => {
    expect(() => write(codec.writeInt32, value)).toThrow(RangeError);
  });

  it.each([-1, 2 ** 32, 0.5])("uint32 refuses %s", (value) => {
    expect(() => write(codec.writeUint32, value)).toThrow(RangeError);
  });

  it("float refuses what would become infinite, and takes what is", () => {
    expect(() => write(codec.writeFloat, 1e39)).toThrow(RangeError);
    expect(write(codec.writeFloat, Number.POSITIVE_INFINITY)).toHaveLength(5);
  });

  it("a wrong type is a TypeError, and not a silent zero", () => {
    const wrong: unknown = 5;
    expect(() => Status.encode({ message: wrong as string })).toThrow(TypeError);
    expect(() => Any.encode({ typeUrl: "x/y", value: ["text"] as never })).toThrow(TypeError);
  });
});

describe("malformed input", () => {
  it.each([
    ["a length past the end", [18, 5, 97]],
    ["a varint cut short", [8, 0x80]],
    ["field number 0", [0, 1]],
    ["an end tag without its group", [12]],
    ["invalid UTF-8", [18, 1, 0xff]],
    ["a nested field past the end of its message", [26, 2, 10, 4, 97, 97, 97, 97]],
  ])("%s is refused", (_, bytes) => {
    expect(() => Status.decode(Uint8Array.from(bytes))).toThrow();
  });

  it("groups nested without end are refused, not followed", () => {
    expect(() => Status.decode(new Uint8Array(10_000).fill(0x7b))).toThrow();
  });
});

describe("the shared writer", () => {
  it("survives an encode inside of an encode", () => {
    const inner = () => Status.encode({ message: "inner" });
    const outer = {
      code: 5,
      get message() {
        return String(inner().length);
      },
    };
    const status = Status.decode(Status.encode(outer));
    expect(status).toEqual(new Status({ code: 5, message: "7" }));
  });

  it("is clean after an encode that threw halfway", () => {
    const before = Status.encode({ message: "x" });
    expect(() =>
      Status.encode({ code: 1, message: "y", details: [{ typeUrl: 1 as never }] }),
    ).toThrow();
    expect(Status.encode({ message: "x" })).toEqual(before);
  });

  it("gives each caller bytes of its own", () => {
    const first = FieldMask.encode({ paths: ["a"] });
    FieldMask.encode({ paths: ["b"] });
    expect(FieldMask.decode(first).paths).toEqual(["a"]);
  });
});

describe("decoded bytes", () => {
  it("are a copy: changing the input does not change the message", () => {
    const input = Any.encode({ typeUrl: "x/y", value: Uint8Array.of(1, 2, 3) });
    const any = Any.decode(input);
    input.fill(0);
    expect(any.value).toEqual(Uint8Array.of(1, 2, 3));
  });
});
