import { describe, expect, it } from "@jest/globals";
import { NatsgenError } from "../../../runtime/errors/error.js";
import { decodeStatus, encodeStatus, retryInfo } from "../../../runtime/errors/status.js";
import { RetryInfo, Status } from "../../../runtime/rpc/index.js";

describe("the hand-written Status", () => {
  const error = new NatsgenError("RESOURCE_EXHAUSTED", "full – ü", {
    details: [retryInfo(1_250), { typeUrl: "type.googleapis.com/a.B", value: new Uint8Array([1]) }],
  });

  it("is what the generated google.rpc.Status reads", () => {
    const status = Status.decode(encodeStatus(error));
    expect(status.code).toBe(8);
    expect(status.message).toBe("full – ü");
    expect(status.details).toHaveLength(2);
    expect(status.details[1]?.typeUrl).toBe("type.googleapis.com/a.B");
  });

  it("reads what the generated one writes", () => {
    const decoded = decodeStatus(
      Status.encode({
        code: 5,
        message: "x",
        details: [{ typeUrl: "t/a.B", value: new Uint8Array([7]) }],
      }),
    );
    expect(decoded.code).toBe("NOT_FOUND");
    expect(decoded.message).toBe("x");
    expect([...(decoded.details[0]?.value ?? [])]).toEqual([7]);
  });

  it("has a RetryInfo that its users can read", () => {
    const [info] = error.findDetails(RetryInfo);
    expect(info?.retryDelay?.toMillis()).toBe(1_250);
  });
});
