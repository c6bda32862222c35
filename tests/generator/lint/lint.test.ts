import { describe, expect, it } from "@jest/globals";
import { lint } from "../../../generator/lint/index.js";
import type { Diagnostic } from "../../../generator/model/types.js";
import { build, buildBody } from "../model/support.js";

/** What the lint rules find, apart from what the model does. */
async function found(
  files: string | Readonly<Record<string, string>>,
): Promise<readonly Diagnostic[]> {
  const { schema } = typeof files === "string" ? await buildBody(files) : await build(files);
  return lint(schema);
}

const HEAD = 'syntax = "proto3"; import "natsgen/v1/options.proto"; ';

describe("lint", () => {
  it("finds two methods on one subject, across services", async () => {
    const findings = await found(
      "service A { rpc Get(Empty) returns (Empty); }\n" +
        'service B { option (natsgen.v1.service).subject = "shop.v1.A"; rpc Get(Empty) returns (Empty); }',
    );
    expect(findings).toMatchObject([
      {
        severity: "error",
        rule: "duplicate-subject",
        message: 'shop.v1.B.Get and shop.v1.A.Get are both on the subject "shop.v1.A.Get"',
        position: { line: 3, column: 68 },
        related: [{ position: { line: 2, column: 17 } }],
      },
    ]);
  });

  it("finds events whose subjects overlap a method's, or each other's", async () => {
    const event = (name: string, subject: string) =>
      `message ${name} { string id = 1; option (natsgen.v1.event) = {stream: "s" subject: "${subject}"}; }\n`;
    const findings = await found(
      "service A { rpc Get(Empty) returns (Empty); }\n" +
        event("One", "shop.v1.A.{id}") +
        event("Two", "x.{id}.y") +
        event("Three", "x.z.{id}") +
        event("Four", "x.z") +
        event("Five", "x.{id}.w"),
    );
    expect(
      findings.map(({ rule, position, related }) => [
        rule,
        position?.line,
        related?.[0]?.position.line,
      ]),
    ).toEqual([
      ["overlapping-subject", 3, 2],
      ["overlapping-subject", 5, 4],
      ["overlapping-subject", 7, 5],
    ]);
  });

  it("finds two routes that match the same requests", async () => {
    const rpc = (name: string, rule: string) =>
      `rpc ${name}(Order) returns (Order) { option (google.api.http) = {${rule}}; }\n`;
    const findings = await found(
      `service A {\n${[
        rpc("One", 'get: "/v1/{id}"'),
        rpc("Two", 'get: "/v1/{parent.id=*}"'),
        rpc("Three", 'get: "/v1/mine"'),
        rpc("Four", 'post: "/v1/{id}"'),
        rpc("Five", 'get: "/v1/{id}:close"'),
        rpc("Six", 'get: "/v2" additional_bindings: {get: "/v2"}'),
      ].join("")}}`,
    );
    expect(findings).toMatchObject([
      {
        rule: "duplicate-route",
        message:
          'shop.v1.A.Two and shop.v1.A.One are both on the route "GET /v1/{parent.id=*}" (there: /v1/{id})',
        position: { line: 4 },
        related: [{ position: { line: 3 } }],
      },
      { message: 'shop.v1.A.Six has the route "GET /v2" twice', position: { line: 8 } },
    ]);
  });

  it("warns of routes of methods that take a stream", async () => {
    const findings = await found(
      'service A { rpc Send(stream Order) returns (Order) { option (google.api.http) = {post: "/v1" body: "*"}; } }',
    );
    expect(findings).toMatchObject([{ severity: "warning", rule: "streaming-route" }]);
  });

  it("finds streams that disagree between packages, or are defined twice in one", async () => {
    const stream = (rules: string) => `option (natsgen.v1.stream) = {name: "s" ${rules}}; `;
    const event = (name: string) =>
      `message ${name} { option (natsgen.v1.event) = {stream: "s"}; }`;
    const findings = await found({
      "a.proto": `${HEAD} package a; ${stream("replicas: 3")}${event("E")}`,
      "b.proto": `${HEAD} package b; ${stream("max_age: {seconds: 60}")}${event("E")}`,
      "c.proto": `${HEAD} package c; ${stream("replicas: 3")}${stream("replicas: 3")}${event("E")}`,
    });
    expect(findings).toMatchObject([
      {
        rule: "stream-mismatch",
        message: 'stream "s" is defined differently in a: max_age, replicas, duplicate_window',
        position: { file: "b.proto" },
        related: [{ position: { file: "a.proto" } }],
      },
      {
        rule: "duplicate-stream",
        message: 'stream "s" is defined twice in package c',
        position: { file: "c.proto" },
        related: [{ position: { file: "c.proto" } }],
      },
    ]);
  });

  it("warns of a stream that stores nothing", async () => {
    const findings = await found({
      "a.proto": `${HEAD} package a; option (natsgen.v1.stream) = {name: "s"};`,
    });
    expect(findings).toMatchObject([{ severity: "warning", rule: "unused-stream" }]);
  });

  it("finds packages whose folders differ in case alone, or that Windows cannot make", async () => {
    const findings = await found({
      "a.proto": 'syntax = "proto3"; package game.orders.v1; message A {}',
      "b.proto": 'syntax = "proto3"; package game.Orders.v1; message A {}',
      "c.proto": 'syntax = "proto3"; package game.con; message A {}',
    });
    expect(findings).toMatchObject([
      { severity: "error", rule: "folder-case", position: { file: "a.proto" } },
      { severity: "warning", rule: "folder-name", position: { file: "c.proto" } },
    ]);
  });

  it("finds nothing in what is fine", async () => {
    expect(
      await found(
        'service A { rpc Get(Order) returns (Order) { option (google.api.http) = {get: "/v1/{id}"}; } rpc Put(Order) returns (Empty); }',
      ),
    ).toEqual([]);
  });
});
