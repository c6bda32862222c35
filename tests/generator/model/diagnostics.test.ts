import { describe, expect, it } from "@jest/globals";
import type { BuildResult } from "../../../generator/model/index.js";
import { buildBody, findings, serviceOf } from "./support.js";

/** A service with one method that has the given options; they start in line 2, column 1. */
function method(options: string, head = "rpc Get(Order) returns (Order)"): Promise<BuildResult> {
  return buildBody(
    `${options.includes("service)") ? "" : ""}service S { ${head} {\n${options}\n} }`,
  );
}

/** `line:column-endColumn severity rule`. */
function summary(result: BuildResult): readonly string[] {
  return findings(result).map(({ position, severity, rule }) =>
    position === undefined
      ? `${severity} ${rule}`
      : `${position.line}:${position.column}-${position.endColumn} ${severity} ${rule}`,
  );
}

describe("routes", () => {
  it.each([
    ['option (google.api.http) = {get: "/v1/{id"};', "3:39-40 error http-path", "never closed"],
    [
      'option (google.api.http) = {get: "/v1/{idd}"};',
      "3:40-41 error http-variable",
      'no field "idd"',
    ],
    [
      'option (google.api.http) = {get: "/v1/{tags}"};',
      "3:40-41 error http-variable",
      "is repeated",
    ],
    [
      'option (google.api.http) = {get: "/v1/{labels}"};',
      "3:40-41 error http-variable",
      "is a map",
    ],
    [
      'option (google.api.http) = {get: "/v1/{parent}"};',
      "3:40-41 error http-variable",
      "is a message",
    ],
    [
      'option (google.api.http) = {get: "/v1/{id.x}"};',
      "3:40-41 error http-variable",
      "has no fields",
    ],
    [
      'option (google.api.http) = {get: "/v1/{parent.tags}"};',
      "3:40-41 error http-variable",
      "is repeated",
    ],
    ['option (google.api.http) = {get: "/{id}/{id}"};', "3:42-43 error http-variable", "twice"],
    [
      'option (google.api.http) = {post: "/v1" body: "idd"};',
      "3:47-52 error http-body",
      'no field "idd"',
    ],
    [
      'option (google.api.http) = {post: "/v1/{id}" body: "id"};',
      "3:52-56 error http-body",
      "already",
    ],
    [
      'option (google.api.http) = {get: "/v1" response_body: "x.y"};',
      "3:55-60 error http-body",
      "not a path",
    ],
    ['option (google.api.http) = {get: "/v1" body: "*"};', "3:46-49 warning http-body", "no body"],
    [
      'option (google.api.http) = {custom: {kind: "A B" path: "/v1"}};',
      "3:44-49 error http-rule",
      "HTTP method",
    ],
    ['option (google.api.http) = {body: "*"};', "3:1-39 error http-rule", "no path"],
  ])("%s", async (options, expected, message) => {
    const result = await method(options);
    expect(summary(result)).toEqual([expected]);
    expect(findings(result)[0]?.message).toContain(message);
  });

  it("suggest the field that was meant", async () => {
    const result = await method('option (google.api.http) = {get: "/v1/{versoin}"};');
    expect(findings(result)[0]?.suggestion).toBe('did you mean "version"?');
  });

  it("refuse bindings inside of bindings, and keep the others", async () => {
    const result = await method(
      'option (google.api.http) = {get: "/a" additional_bindings: {get: "/b" additional_bindings: {get: "/c"}} additional_bindings: {custom: {kind: "head" path: "/d"}}};',
    );
    expect(summary(result)).toEqual([
      expect.stringMatching(/^3:\d+-\d+ error http-nested-bindings$/),
    ]);
    const routes = serviceOf(result).methods[0]?.routes;
    expect(routes?.map((route) => `${route.httpMethod} ${route.path}`)).toEqual([
      "GET /a",
      "GET /b",
      "HEAD /d",
    ]);
  });

  it("bind the update's body beside a variable inside of it, and keep escapes as written", async () => {
    const result = await method(
      'option (google.api.http) = {patch: "/v1/%C3%A9/{parent.id}" body: "parent" response_body: "parent"};',
    );
    expect(findings(result)).toEqual([]);
    expect(serviceOf(result).methods[0]?.routes[0]).toMatchObject({
      segments: [{ value: "v1" }, { value: "%C3%A9" }, { kind: "wildcard" }],
      body: "parent",
      responseBody: "parent",
    });
  });
});

describe("rules of a method", () => {
  it.each([
    ["timeout: {seconds: 0}", "timeout must be above zero"],
    ["timeout: {seconds: -1}", "timeout must be above zero"],
    ["timeout: {nanos: 1}", "whole milliseconds"],
    ["timeout: {seconds: 2147484}", "at most 2147483647 ms"],
    ["retry: {max_attempts: 11}", "from 1 to 10"],
    ["retry: {max_attempts: 0}", "from 1 to 10"],
    ["retry: {backoff_multiplier: 0.5}", "from 1 to 100"],
    ["retry: {initial_backoff: {seconds: 2} max_backoff: {seconds: 1}}", "shorter than initial"],
    ["breaker: {failure_ratio: 0}", "above 0 and at most 1"],
    ["breaker: {failure_ratio: 1.5}", "above 0 and at most 1"],
    ["breaker: {failure_ratio: nan}", "above 0 and at most 1"],
    ["breaker: {minimum_calls: 0}", "at least 1"],
    ["idempotency: {ttl: {}}", "ttl must be above zero"],
    ["cache: {}", "needs a ttl"],
    ["max_concurrency: 0", "at least 1"],
  ])("{%s} is refused: %s", async (rules, message) => {
    const result = await method(`option (natsgen.v1.method) = {${rules}};`);
    const errors = findings(result).filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ rule: "invalid-rule", position: { line: 3 } }]);
    expect(errors[0]?.message).toContain(message);
  });

  it.each([
    ["retry: {max_attempts: 3}", "retry-not-safe"],
    ["cache: {ttl: {seconds: 1}}", "cache-not-safe"],
    ["stream: {window_messages: 1}", "rule-without-effect"],
  ])("{%s} alone does nothing, and that is said: %s", async (rules, rule) => {
    const result = await method(`option (natsgen.v1.method) = {${rules}};`);
    expect(findings(result)).toMatchObject([{ severity: "warning", rule }]);
  });

  it("are the service's defaults with the method's own over them, field by field", async () => {
    const result = await buildBody(
      `service S {
        option (natsgen.v1.service) = {subject: "shop" queue_group: "w" version: "1.2.3-rc.1" metadata: {key: "b" value: "2"} metadata: {key: "a" value: "1"}
          defaults: {timeout: {seconds: 2} retry: {max_attempts: 5 max_backoff: {seconds: 3}} idempotency: {key: IDEMPOTENCY_KEY_REQUIRED} max_concurrency: 4}};
        rpc One(Empty) returns (Empty) { option (natsgen.v1.method) = {subject: "one.two" retry: {max_attempts: 2} idempotency: {ttl: {seconds: 60}} timeout: {seconds: 1 nanos: 500000000}}; }
      }`,
    );
    expect(findings(result)).toEqual([]);
    const service = serviceOf(result);
    expect(service).toMatchObject({
      subject: "shop",
      queueGroup: "w",
      version: "1.2.3-rc.1",
      metadata: [
        ["a", "1"],
        ["b", "2"],
      ],
    });
    expect(service.methods[0]).toMatchObject({ subject: "shop.one.two" });
    expect(service.methods[0]?.rules).toEqual({
      timeoutMs: 1500,
      retry: { maxAttempts: 2, maxBackoffMs: 3000 },
      idempotencyKey: { mode: "required", ttlMs: 60_000 },
      maxConcurrency: 4,
    });
  });
});

describe("a service", () => {
  it.each([
    ['subject: "a b"', "3:43-44 error invalid-subject"],
    ['subject: "a..b"', "3:44-45 error invalid-subject"],
    ['subject: "a.*"', "3:44-45 error invalid-subject"],
    ['subject: ""', "3:41-43 error invalid-subject"],
    ['subject: "_INBOX.a"', "3:42-43 error invalid-subject"],
    ['queue_group: "a.b"', "3:47-48 error invalid-queue-group"],
    ['version: "1.0"', "3:42-43 error invalid-version"],
  ])("%s is refused", async (rules, expected) => {
    const result = await buildBody(`service S {\noption (natsgen.v1.service) = {${rules}};\n}`);
    expect(summary(result)).toEqual([expected]);
  });
});

describe("events", () => {
  const event = (rules: string) =>
    buildBody(
      `message Placed {\noption (natsgen.v1.event) = {${rules}};\nstring order_id = 1; repeated string tags = 2; double total = 3; bool paid = 4; oneof by { string who = 5; } Order order = 6; }\n` +
        'message Other { string id = 1; option (natsgen.v1.event) = {stream: "orders" subject: "other.{id}"}; }',
    );

  it("are on <package>.events.<Message> by default", async () => {
    const { schema } = await event('stream: "orders"');
    expect(schema.packages[0]?.events[0]).toMatchObject({
      localName: "Placed",
      wildcard: "shop.v1.events.Placed",
      subject: [{ kind: "literal", value: "shop.v1.events.Placed" }],
    });
  });

  it("have parameters in their subjects", async () => {
    const { schema } = await event(
      'stream: "orders" subject: "o.{order_id}.x.{paid}" dedupe_field: "order_id"',
    );
    expect(schema.packages[0]?.events[0]).toMatchObject({
      wildcard: "o.*.x.*",
      dedupeField: "order_id",
      subject: [
        { kind: "literal", value: "o." },
        { kind: "parameter", field: "order_id", localName: "orderId" },
        { kind: "literal", value: ".x." },
        { kind: "parameter", field: "paid", localName: "paid" },
      ],
    });
    expect(schema.packages[0]?.streams).toMatchObject([
      { name: "orders", localName: "OrdersStream", subjects: ["o.*.x.*", "other.*"] },
    ]);
  });

  it.each([
    ['subject: "o.{order_idd}"', "event-field", 'no field "order_idd"'],
    ['subject: "o.{tags}"', "event-field", "it is repeated"],
    ['subject: "o.{total}"', "event-field", "it is of type double"],
    ['subject: "o.{who}"', "event-field", "oneof"],
    ['subject: "o.{order}"', "event-field", "it is a message"],
    ['subject: "o.{order.id}"', "invalid-subject", "whole token"],
    ['subject: "o.x{order_id}"', "invalid-subject", "whole token"],
    ['subject: "{order_id}.o"', "invalid-subject", "fixed token"],
    ['subject: "o.*"', "invalid-subject", "wildcard"],
    ['subject: "o..p"', "invalid-subject", "empty token"],
    ['dedupe_field: "paid"', "event-field", "taken for repeats"],
    ['ordering_field: "tags"', "event-field", "ordering_field"],
  ])("%s is refused", async (rules, rule, message) => {
    const result = await event(`stream: "orders" ${rules}`);
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ rule, position: { line: 3 } }]);
    expect(errors[0]?.message).toContain(message);
  });

  it("point into the subject", async () => {
    const result = await event('stream: "orders" subject: "o.{order_idd}"');
    const position = result.diagnostics.find(({ rule }) => rule === "event-field")?.position;
    expect(result.diagnostics[0]?.suggestion).toBe('did you mean "order_id"?');
    expect(position).toMatchObject({ line: 3, column: 60, endColumn: 61 });
  });
});
