import { afterEach, describe, expect, it } from "@jest/globals";
import { startNatsServer } from "@natsgen/runtime/testing";
import { endAll, isAlive, npm, signalGroup, startedBy } from "./npm.js";

afterEach(endAll);

describe("npm run demo", () => {
  it("shows a call, its errors, and two workers that share the load", async () => {
    const demo = npm(["run", "demo"]);
    const code = await demo.ended;
    const output = demo.output();

    expect(output).toMatch(/nats-server listens at nats:\/\/127\.0\.0\.1:\d+/);
    expect(output).toContain("worker-1 is ready");
    expect(output).toContain('"name":"game_ai_integration_v1_AiIntegrationService"');
    expect(output).toMatch(/Generate: .+ silver /);
    expect(output).toContain("by worker-1, local-small, FINISH_REASON_STOP");
    expect(output).toMatch(/tokens: 7 in, \d+ out/);
    expect(output).toContain("No messages: INVALID_ARGUMENT: messages: 1 to 200 are due, not 0");
    expect(output).toContain("the field messages 1 to 200 are due, not 0");
    expect(output).toContain("Unknown model: NOT_FOUND");
    expect(output).toContain("Deadline of 50 ms: DEADLINE_EXCEEDED");
    expect(output).toContain("Cancelled after 50 ms: CANCELLED");
    expect(output).toContain("the generation ended with FINISH_REASON_CANCELLED");
    expect(output).toContain("worker-b is told to stop");
    const [a, b] = ["a", "b"].map((name) =>
      Number(new RegExp(`worker-${name} answered (\\d+) calls`).exec(output)?.[1]),
    );
    expect(a).toBeGreaterThan(0);
    expect(b).toBeGreaterThan(0);
    expect(Number(a) + Number(b)).toBe(200);
    expect(output).toContain("0 calls failed");
    expect(output).toContain("Done; everything has ended.");
    expect(output).not.toContain("Warning");
    expect(code).toBe(0);
    expect(startedBy(demo).filter(isAlive)).toEqual([]);
  }, 120_000);

  it.each([
    { when: "a client calls", text: "CountTokens: " },
    { when: "two workers share the load", text: "200 calls, 16 at a time" },
  ])(
    "ends everything at Ctrl-C while $when",
    async ({ text }) => {
      const demo = npm(["run", "demo"]);
      await demo.printed(text);
      const started = startedBy(demo);
      expect(started.length).toBeGreaterThanOrEqual(3);
      signalGroup(demo, "SIGINT");
      await demo.ended;
      expect(startedBy(demo).filter(isAlive)).toEqual([]);
      expect(demo.output()).toContain("Interrupted; everything has ended.");
    },
    120_000,
  );
});

describe("the examples by themselves", () => {
  it("a worker stops at SIGTERM with what it has done", async () => {
    const server = await startNatsServer();
    const env = { NATS_URL: server.url, WORKER_NAME: "alone" };
    const worker = npm(["start", "-w", "examples/ai-worker"], env);
    await worker.printed("alone is ready");
    const client = npm(["start", "-w", "examples/ai-client"], env);
    expect(await client.ended).toBe(0);
    expect(client.output()).toContain("by alone, local-small");
    signalGroup(worker, "SIGTERM");
    await worker.ended;
    expect(worker.output()).toMatch(/alone has stopped after [1-9]\d* calls/);
    await server.stop();
  }, 120_000);

  it("a client says what is missing", async () => {
    const server = await startNatsServer();
    const client = npm(["start", "-w", "examples/ai-client"], { NATS_URL: server.url });
    expect(await client.ended).not.toBe(0);
    expect(client.output()).toContain("does a worker run? npm start -w examples/ai-worker");
    await server.stop();
  }, 120_000);
});
