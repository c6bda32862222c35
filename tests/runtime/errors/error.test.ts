import { describe, expect, it } from "@jest/globals";
import {
  codeFromHttpStatus,
  codeFromNumber,
  codeNumber,
  codeToHttpStatus,
} from "../../../runtime/errors/code.js";
import { abortError, NatsgenError } from "../../../runtime/errors/error.js";
import { decodeStatus, encodeStatus } from "../../../runtime/errors/status.js";
import { Code } from "../../../runtime/index.js";
import { Echo } from "../support/echo.js";

describe("Code", () => {
  it("has the numbers of google/rpc/code.proto", () => {
    expect(Object.values(Code).map(codeNumber)).toEqual([...Array(17).keys()]);
    expect(codeFromNumber(5)).toBe("NOT_FOUND");
    expect(codeFromNumber(17)).toBeUndefined();
  });

  it.each([
    ["CANCELLED", 499],
    ["UNKNOWN", 500],
    ["INVALID_ARGUMENT", 400],
    ["DEADLINE_EXCEEDED", 504],
    ["NOT_FOUND", 404],
    ["ALREADY_EXISTS", 409],
    ["PERMISSION_DENIED", 403],
    ["UNAUTHENTICATED", 401],
    ["RESOURCE_EXHAUSTED", 429],
    ["FAILED_PRECONDITION", 400],
    ["ABORTED", 409],
    ["OUT_OF_RANGE", 400],
    ["UNIMPLEMENTED", 501],
    ["INTERNAL", 500],
    ["UNAVAILABLE", 503],
    ["DATA_LOSS", 500],
  ] as const)("%s is HTTP %i", (code, status) => {
    expect(codeToHttpStatus(code)).toBe(status);
  });

  it("reads a code from any HTTP status", () => {
    expect(codeFromHttpStatus(404)).toBe("NOT_FOUND");
    expect(codeFromHttpStatus(418)).toBe("FAILED_PRECONDITION");
    expect(codeFromHttpStatus(599)).toBe("UNKNOWN");
    expect(codeFromHttpStatus(Number.NaN)).toBe("UNKNOWN");
  });
});

describe("NatsgenError", () => {
  it("puts the code before the text", () => {
    const error = new NatsgenError("NOT_FOUND", "no order 17");
    expect(error.message).toBe("[NOT_FOUND] no order 17");
    expect(error.rawMessage).toBe("no order 17");
    expect(error.name).toBe("NatsgenError");
    expect(new NatsgenError("ABORTED", "").message).toBe("[ABORTED]");
  });

  it("packs details and finds them by type", () => {
    const error = new NatsgenError("ABORTED", "x", {
      details: [
        { type: Echo, value: { text: "current", count: 4 } },
        { typeUrl: "type.googleapis.com/test.v1.Other", value: new Uint8Array([1]) },
        { typeUrl: "other.example/test.v1.Echo", value: Echo.encode({ text: "second" }) },
        { typeUrl: "type.googleapis.com/test.v1.Echo", value: new Uint8Array([255]) },
      ],
    });
    expect(error.findDetails(Echo).map((echo) => echo.text)).toEqual(["current", "second"]);
  });

  it("survives the wire as google.rpc.Status", () => {
    const error = new NatsgenError("DATA_LOSS", "gap – ü", {
      details: [{ type: Echo, value: { count: 9 } }],
    });
    expect(decodeStatus(encodeStatus(error))).toEqual({
      code: "DATA_LOSS",
      message: "gap – ü",
      details: error.details.map(({ typeUrl, value }) => ({
        typeUrl,
        value: expect.objectContaining({ length: value.length }),
      })),
    });
  });

  it("recognises an error of another copy of the package", () => {
    const foreign = Object.assign(new Error("[ABORTED] twin"), {
      [Symbol.for("natsgen.error")]: true,
      code: "ABORTED",
    });
    expect(foreign).toBeInstanceOf(NatsgenError);
    expect(NatsgenError.from(foreign)).toBe(foreign);
    expect(new Error("x")).not.toBeInstanceOf(NatsgenError);
  });

  it.each([
    [{ name: "NatsError", code: "503", message: "" }, "UNAVAILABLE"],
    [{ name: "NatsError", code: "TIMEOUT", message: "" }, "DEADLINE_EXCEEDED"],
    [{ name: "NatsError", code: "PERMISSIONS_VIOLATION", message: "" }, "PERMISSION_DENIED"],
    [{ name: "NatsError", code: "AUTHORIZATION_VIOLATION", message: "" }, "UNAUTHENTICATED"],
    [{ name: "NatsError", code: "CONNECTION_CLOSED", message: "" }, "UNAVAILABLE"],
    [{ name: "NatsError", code: "CONNECTION_DRAINING", message: "" }, "UNAVAILABLE"],
    [{ name: "NatsError", code: "MAX_PAYLOAD_EXCEEDED", message: "" }, "RESOURCE_EXHAUSTED"],
    [{ name: "NatsError", code: "SOMETHING_NEW", message: "" }, "UNKNOWN"],
    [new DOMException("gone", "AbortError"), "CANCELLED"],
    [new DOMException("late", "TimeoutError"), "DEADLINE_EXCEEDED"],
    [new TypeError("x is not a function"), "UNKNOWN"],
    ["a string", "UNKNOWN"],
    [undefined, "UNKNOWN"],
  ])("from(%p) has the code %s and the value as cause", (value, code) => {
    const error = NatsgenError.from(value);
    expect(error.code).toBe(code);
    expect(error.cause).toBe(value);
  });

  it("takes the code of a NatsgenError that an abort gives as reason", () => {
    const controller = new AbortController();
    controller.abort(new NatsgenError("UNAVAILABLE", "shutting down"));
    expect(abortError(controller.signal)).toMatchObject({ code: "UNAVAILABLE" });
    expect(abortError(AbortSignal.abort("why")).code).toBe("CANCELLED");
    expect(abortError(AbortSignal.abort()).code).toBe("CANCELLED");
  });
});
