import { beforeAll, describe, expect, it } from "@jest/globals";
import { load } from "../../../generator/load/load.js";
import { type BuildResult, buildSchema } from "../../../generator/model/index.js";
import { ROOT } from "../../protobuf/generate.js";
import { findings } from "./support.js";

/** The schemas in proto/: 22 services, and what they share. */
describe("the project's own schemas", () => {
  let result: BuildResult;
  beforeAll(async () => {
    const loaded = await load(["proto"], { cwd: ROOT, include: [] });
    expect(loaded.diagnostics).toEqual([]);
    result = buildSchema(loaded.files);
  });

  it("have nothing to complain about", () => {
    expect(findings(result)).toEqual([]);
  });

  it("are 23 packages with 22 services, one each but for game.common.v1", () => {
    const { packages } = result.schema;
    expect(packages).toHaveLength(23);
    expect(packages.flatMap(({ services }) => services)).toHaveLength(22);
    const without = packages.filter(({ services }) => services.length !== 1);
    expect(without.map(({ name }) => name)).toEqual(["game.common.v1"]);
  });

  it("come sorted by package and path", () => {
    const names = result.schema.packages.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    const paths = result.schema.files.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
  });

  it("need no suffix for any name", () => {
    const { messages, enums, packages } = result.schema;
    const names = [
      ...[...messages.values()].flatMap((message) => [
        message.localName,
        ...message.fields.map(({ localName }) => localName),
      ]),
      ...[...enums.values()].flatMap((item) => [
        item.localName,
        ...item.values.map(({ localName }) => localName),
      ]),
      ...packages.flatMap((pkg) => [
        ...pkg.services.flatMap(({ localName, methods }) => [
          localName,
          ...methods.map((method) => method.localName),
        ]),
        ...pkg.events.map(({ localName }) => localName),
        ...pkg.streams.map(({ localName }) => localName),
      ]),
    ];
    expect(names.length).toBeGreaterThan(1000);
    expect(names.filter((name) => name.includes("$"))).toEqual([]);
  });

  it("have the rules that state_manager declares", () => {
    const pkg = result.schema.packages.find(({ name }) => name === "game.state_manager.v1");
    const service = pkg?.services[0];
    expect(service).toMatchObject({
      localName: "StateManagerService",
      subject: "game.state_manager.v1.StateManagerService",
      queueGroup: "q",
      version: "1.0.0",
    });
    expect(service?.methods.find(({ name }) => name === "WatchStates")).toMatchObject({
      localName: "watchStates",
      kind: "serverStreaming",
      idempotency: "noSideEffects",
      rules: { timeoutMs: 86_400_000, stream: { windowMessages: 256, heartbeatMs: 5000 } },
      routes: [
        { httpMethod: "GET", path: "/v1/states:watch", verb: "watch", variables: [] },
        { path: "/v1/states/{key}:watch", variables: [{ fieldPath: ["key"], start: 2, end: 3 }] },
      ],
    });
    expect(service?.methods.find(({ name }) => name === "UpdateState")?.rules).toEqual({
      timeoutMs: 2000,
      idempotencyKey: { mode: "optional" },
    });
  });

  it("are the same whatever the order of the files", async () => {
    const loaded = await load(["proto"], { cwd: ROOT, include: [] });
    expect(buildSchema([...loaded.files].reverse()).schema).toEqual(result.schema);
  });

  it("are frozen to their leaves", () => {
    const method = result.schema.packages[0]?.services[0]?.methods[0];
    expect(Object.isFrozen(result.schema.packages)).toBe(true);
    expect(Object.isFrozen(method?.rules)).toBe(true);
    expect(Object.isFrozen(method?.routes[0]?.segments)).toBe(true);
  });
});
