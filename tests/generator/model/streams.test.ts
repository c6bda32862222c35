import { describe, expect, it } from "@jest/globals";
import { build, findings } from "./support.js";

/** A package with a stream of the given rules (line 2), and an event in `stream` (line 3). */
function withStream(rules: string, stream = "orders") {
  return build({
    "a.proto": `syntax = "proto3"; package a; import "natsgen/v1/options.proto";
${rules === "" ? "" : `option (natsgen.v1.stream) = {${rules}};`}
message Placed { option (natsgen.v1.event) = {stream: "${stream}"}; }`,
  });
}

describe("streams", () => {
  it("have NATS's defaults for what the schema leaves out", async () => {
    const { schema } = await withStream('name: "orders"');
    expect(schema.packages[0]?.streams[0]).toMatchObject({
      name: "orders",
      localName: "OrdersStream",
      subjects: ["a.events.Placed"],
      maxAgeMs: undefined,
      maxBytes: undefined,
      replicas: 1,
      storage: "file",
      duplicateWindowMs: 120_000,
    });
  });

  it("never keep ids longer than events by default", async () => {
    const { schema } = await withStream('name: "orders" max_age: {seconds: 60}');
    expect(schema.packages[0]?.streams[0]).toMatchObject({
      maxAgeMs: 60_000,
      duplicateWindowMs: 60_000,
    });
  });

  it("are made with a warning where an event names one that is defined nowhere", async () => {
    const result = await withStream("", "payments");
    expect(findings(result)).toMatchObject([
      { severity: "warning", rule: "undefined-stream", position: { line: 3 } },
    ]);
    expect(result.schema.packages[0]?.streams).toMatchObject([
      { name: "payments", localName: "PaymentsStream", subjects: ["a.events.Placed"] },
    ]);
  });

  it("are not made for what looks like a slip", async () => {
    const result = await withStream('name: "orders"', "ordres");
    expect(result.diagnostics).toMatchObject([
      {
        severity: "error",
        rule: "unknown-stream",
        position: { line: 3 },
        suggestion: 'did you mean "orders"?',
      },
    ]);
    expect(result.schema.packages[0]?.streams).toHaveLength(1);
  });

  it.each([
    ['name: "a.b"', "invalid-stream"],
    ['name: ""', "invalid-stream"],
    ['name: "orders" replicas: 6', "invalid-rule"],
    ['name: "orders" max_bytes: 0', "invalid-rule"],
    ['name: "orders" max_age: {}', "invalid-rule"],
    ['name: "orders" max_age: {seconds: 1} duplicate_window: {seconds: 2}', "invalid-rule"],
  ])("{%s} is refused", async (rules, rule) => {
    const { diagnostics } = await withStream(rules);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ rule, position: { line: 2 } }]);
  });
});
