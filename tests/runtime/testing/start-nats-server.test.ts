import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { connect } from "nats";
import { findNatsServer } from "../../../runtime/testing/find-nats-server.js";
import { startNatsCluster } from "../../../runtime/testing/start-nats-cluster.js";
import {
  type NatsServer,
  type NatsServerOptions,
  startNatsServer,
} from "../../../runtime/testing/start-nats-server.js";

const running: { stop(): Promise<void> }[] = [];

async function start(options?: NatsServerOptions): Promise<NatsServer> {
  const server = await startNatsServer(options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function echo(url: string): Promise<string> {
  const connection = await connect({ servers: url, reconnect: false });
  try {
    const subscription = connection.subscribe("echo", {
      callback: (_error, message) => {
        message.respond(message.data);
      },
    });
    const reply = await connection.request("echo", "hello", { timeout: 10_000 });
    subscription.unsubscribe();
    return reply.string();
  } finally {
    await connection.close();
  }
}

/** A process that has ended and that nobody has waited for yet does not count as one. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, "latin1")));
}

/** Waits for something that another process does; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe("startNatsServer", () => {
  it("gives a server that answers, on a port of its own", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.port).not.toBe(second.port);
    expect(await echo(first.url)).toBe("hello");
    expect(await echo(second.url)).toBe("hello");
  });

  it("has its monitoring endpoints", async () => {
    const server = await start();
    const response = await fetch(`${server.monitorUrl}/varz`);
    expect(await response.json()).toMatchObject({ port: server.port });
  });

  it("leaves no process behind", async () => {
    const server = await start({ jetstream: true });
    const { pid } = server;
    expect(exists(pid)).toBe(true);
    await server.stop();
    expect(exists(pid)).toBe(false);
    expect(server.running).toBe(false);
    await server.stop();
  });

  it("keeps port and JetStream store over a crash", async () => {
    const server = await start({ jetstream: true });
    const before = await connect({ servers: server.url, reconnect: false });
    const manager = await before.jetstreamManager();
    await manager.streams.add({ name: "kept", subjects: ["kept.*"] });
    await before.jetstream().publish("kept.one", "x");
    const { port, pid } = server;
    await server.kill();
    expect(server.running).toBe(false);
    await before.closed();

    await server.restart();
    expect(server.port).toBe(port);
    expect(server.pid).not.toBe(pid);
    const after = await connect({ servers: server.url });
    const info = await (await after.jetstreamManager()).streams.info("kept");
    expect(info.state.messages).toBe(1);
    await after.close();
  });

  it("can be paused: connections stay open and nothing is answered", async () => {
    const server = await start();
    const connection = await connect({ servers: server.url });
    server.pause();
    // The signal takes effect a moment after it is sent: what is flushed before is answered.
    let flushed = Promise.resolve("flushed");
    let first: unknown = "flushed";
    while (first === "flushed") {
      flushed = connection.flush().then(() => "flushed");
      first = await Promise.race([
        flushed,
        new Promise((resolve) => setTimeout(resolve, 50, "pending")),
      ]);
    }
    expect(first).toBe("pending");
    server.resume();
    expect(await flushed).toBe("flushed");
    await connection.close();
  });

  it("takes a configuration, and another one on SIGHUP", async () => {
    const server = await start({ config: "max_payload: 2048" });
    const connection = await connect({ servers: server.url });
    expect(connection.info?.max_payload).toBe(2048);
    server.configure("max_payload: 4096");
    server.signal("SIGHUP");
    await until(() => server.log().includes("Reloaded server configuration"));
    await connection.close();
    const again = await connect({ servers: server.url });
    expect(again.info?.max_payload).toBe(4096);
    await again.close();
  });

  it("says what the server printed when it cannot start", async () => {
    await expect(startNatsServer({ config: "max_payload: [" })).rejects.toThrow(
      /did not become ready[\s\S]*Parse error/,
    );
  });

  it("ends with a parent that is killed", async () => {
    const { path: binary } = await findNatsServer();
    // The parent runs the built runtime, for it is a plain Node process.
    const entry = path.resolve(import.meta.dirname, "../../../runtime/dist/testing/index.js");
    const script = `
      const { startNatsServer } = await import(${JSON.stringify(entry)});
      const server = await startNatsServer({ binary: ${JSON.stringify(binary)}, jetstream: true });
      const store = (await (await fetch(server.monitorUrl + "/jsz")).json()).config.store_dir;
      process.stdout.write(JSON.stringify({ pid: server.pid, store }) + "\\n");
      setInterval(() => {}, 1000);
    `;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(parent.stdout, "data");
    const { pid, store }: { pid: number; store: string } = JSON.parse(String(line));
    expect(exists(pid)).toBe(true);
    expect(existsSync(store)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !existsSync(store));
    await until(() => !exists(pid));
  });
});

describe("startNatsCluster", () => {
  it("carries messages from member to member, and has a JetStream leader", async () => {
    const cluster = await startNatsCluster(3, { jetstream: true });
    running.push(cluster);
    const [first, second] = await Promise.all(
      cluster.urls.slice(0, 2).map((servers) => connect({ servers })),
    );
    if (first === undefined || second === undefined) throw new Error("two connections expected");
    const manager = await first.jetstreamManager();
    const info = await manager.streams.add({ name: "s", subjects: ["s.*"], num_replicas: 3 });
    expect(info.cluster?.replicas).toHaveLength(2);
    await second.jetstream().publish("s.one", "x");
    expect((await manager.streams.info("s")).state.messages).toBe(1);
    await Promise.all([first.close(), second.close()]);
  });
});
