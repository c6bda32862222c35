import { fork } from "node:child_process";
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  type ConnectOptions,
  connect,
  createClient,
  type Nats,
  serve,
} from "../../runtime/index.js";
import { type NatsServer, startNatsServer } from "../../runtime/testing/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { failure, gate, until } from "../runtime/support/fixture.js";

const servers: NatsServer[] = [];
const open: Nats[] = [];

afterEach(async () => {
  for (const server of servers) {
    if (server.running) {
      server.resume();
    }
  }
  await Promise.all(open.splice(0).map((nats) => nats.close()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(): Promise<NatsServer> {
  const server = await startNatsServer();
  servers.push(server);
  return server;
}

async function link(server: NatsServer, more: ConnectOptions = {}): Promise<Nats> {
  const nats = await connect({
    servers: server.url,
    logger: false,
    reconnectDelayMs: 20,
    ...more,
  });
  open.push(nats);
  return nats;
}

/** SIGSTOP takes effect a moment after it is sent: waits until the server is silent. */
async function pause(server: NatsServer, nats: Nats): Promise<void> {
  server.pause();
  let answers = true;
  while (answers) {
    answers = await nats.transport.flush(20).then(
      () => true,
      () => false,
    );
  }
}

/** Time a call may take beyond its deadline; the rest is for a busy machine. */
const LATE_MS = 100 + 400;

describe("a stopped server (SIGSTOP)", () => {
  it("does not hold a call beyond its deadline", async () => {
    const server = await start();
    const nats = await link(server);
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    await client.say({});
    await pause(server, nats);
    const begun = performance.now();
    const calls = [50, 100, 200].map((timeoutMs) => failure(client.say({}, { timeoutMs })));
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED" });
    }
    expect(performance.now() - begun).toBeLessThan(200 + LATE_MS);
    server.resume();
    await expect(client.say({ text: "again" })).resolves.toMatchObject({ text: "again" });
  });

  it("does not hold flush, serve, drain or close", async () => {
    const server = await start();
    const nats = await link(server);
    const worker = await serve(nats, EchoService, echoHandlers());
    await pause(server, nats);
    await expect(nats.transport.flush(50)).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
    await worker.drain(100);
    await nats.drain(100);
    expect(nats.state).toBe("closed");
  });

  it("does not let connect hang", async () => {
    const server = await start();
    await pause(server, await link(server));
    await expect(
      connect({ servers: server.url, connectTimeoutMs: 100, logger: false }),
    ).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("a server that is gone", () => {
  it("fails calls in flight at once, and new ones while it is away", async () => {
    const server = await start();
    const nats = await link(server);
    const hold = gate();
    await serve(nats, EchoService, echoHandlers({ say: () => hold.opened.then(() => ({})) }));
    const client = createClient<EchoClient>(nats, EchoService);
    const call = failure(client.say({}, { timeoutMs: 25_000 }));
    await nats.transport.flush(5_000);
    await server.kill();
    expect(await call).toMatchObject({
      code: "UNAVAILABLE",
      rawMessage: expect.stringContaining("lost"),
    });
    await until(() => nats.state === "disconnected");
    const begun = performance.now();
    await expect(client.say({}, { timeoutMs: 25_000 })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      rawMessage: "not connected to NATS",
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(() => nats.transport.publish("a", new Uint8Array(0), undefined)).toThrow(
      expect.objectContaining({ code: "UNAVAILABLE" }),
    );
    hold.open();
  });

  it("is found again: clients and workers go on", async () => {
    const server = await start();
    const nats = await link(server);
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    await client.say({});
    await server.kill();
    await until(() => nats.state === "disconnected");
    await server.restart();
    await until(() => nats.state === "connected");
    expect((await client.say({ text: "back" })).text).toBe("back");
  });

  it("gets what a buffer held for it, and no more than the buffer holds", async () => {
    const server = await start();
    const nats = await link(server, { offlineBuffer: 2 });
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    await server.kill();
    await until(() => nats.state === "disconnected");
    await expect(client.say({}, { timeoutMs: 30 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    const held = [
      client.say({ count: 1 }, { timeoutMs: 25_000 }),
      client.say({ count: 2 }, { timeoutMs: 25_000 }),
    ];
    await expect(client.say({})).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
    await server.restart();
    expect((await Promise.all(held)).map(({ count }) => count)).toEqual([1, 2]);
  });

  it("leaves nothing behind: drain and close end while disconnected", async () => {
    const server = await start();
    const nats = await link(server);
    const worker = await serve(nats, EchoService, echoHandlers());
    await server.kill();
    await until(() => nats.state === "disconnected");
    await worker.drain(100);
    await nats.drain(100);
    expect(nats.state).toBe("closed");
  });
});

describe("a worker that dies in the middle of a call", () => {
  it("ends the call at its deadline, and the next one finds nobody", async () => {
    const server = await start();
    const nats = await link(server);
    const child = fork(new URL("./silent-worker.js", import.meta.url).pathname, [server.url]);
    const exited = new Promise((resolve) => child.once("exit", resolve));
    try {
      await new Promise((resolve) => child.once("message", resolve));
      const client = createClient<EchoClient>(nats, EchoService);
      const got = new Promise((resolve) => child.once("message", resolve));
      const call = failure(client.say({}, { timeoutMs: 300 }));
      await got;
      child.kill("SIGKILL");
      await exited;
      expect(await call).toMatchObject({ code: "DEADLINE_EXCEEDED" });
      await expect(client.say({})).rejects.toMatchObject({ code: "UNAVAILABLE" });
    } finally {
      child.kill("SIGKILL");
    }
  });
});
