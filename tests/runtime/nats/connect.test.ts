import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import {
  type ConnectOptions,
  connect,
  createClient,
  type Nats,
  serve,
} from "../../../runtime/index.js";
import { startNatsServer } from "../../../runtime/testing/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, natsFixture } from "../support/fixture.js";

const open: Nats[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((nats) => nats.close()));
});

async function link(options: ConnectOptions): Promise<Nats> {
  const nats = await connect({ logger: false, ...options });
  open.push(nats);
  return nats;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("connect", () => {
  const fixture = natsFixture();

  it("takes a URL", async () => {
    const nats = await connect(fixture.server.url);
    open.push(nats);
    expect(nats.state).toBe("connected");
    expect(nats.prefix).toBe("");
  });

  it("says where nobody answers, and what to do", async () => {
    const port = await freePort();
    const error = await failure(connect(`nats://127.0.0.1:${port}`));
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(String(error)).toContain(`no NATS server answers at nats://127.0.0.1:${port}`);
    expect(String(error)).toContain("NATS_URL");
  });

  it("fails in time where something answers that is no NATS server", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    try {
      const port = typeof address === "object" && address !== null ? address.port : 0;
      await expect(
        connect({ servers: `nats://127.0.0.1:${port}`, connectTimeoutMs: 100 }),
      ).rejects.toMatchObject({ code: "UNAVAILABLE" });
    } finally {
      // The client leaves the socket of a failed attempt open.
      for (const socket of sockets) {
        socket.destroy();
      }
      silent.close();
    }
  });

  it("sends and receives raw messages", async () => {
    const nats = await link({ servers: fixture.server.url });
    const got: string[] = [];
    const subscription = await nats.subscribe("raw.*", (message) => {
      got.push(message.subject);
      nats.transport.publish(message.replyTo ?? "", message.payload, [...message.metadata]);
    });
    const reply = await nats.request("raw.a", new Uint8Array([1, 2]), { metadata: { k: "v" } });
    expect([...reply.payload]).toEqual([1, 2]);
    expect(reply.metadata.get("k")).toBe("v");
    await subscription.drain();
    await expect(nats.request("raw.a", new Uint8Array(0))).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(got).toEqual(["raw.a"]);
  });

  it("leaves no timer behind that would keep the process", async () => {
    const nats = await link({ servers: fixture.server.url });
    await serve(nats, EchoService, echoHandlers());
    await createClient<EchoClient>(nats, EchoService).say({});
    await nats.drain();
    expect(nats.state).toBe("closed");
  });
});

describe("authentication", () => {
  it.each([
    ["user and password", "authorization { user: u, password: p }", { user: "u", password: "p" }],
    ["a token", "authorization { token: s3cret }", { token: "s3cret" }],
  ])("by %s, and a refusal says what is missing", async (_how, config, credentials) => {
    const server = await startNatsServer({ config });
    try {
      const nats = await link({ servers: server.url, ...credentials });
      expect(nats.state).toBe("connected");
      const error = await failure(connect({ servers: server.url, logger: false }));
      expect(error).toMatchObject({ code: "UNAUTHENTICATED" });
      expect(String(error)).toContain("NATS_CREDS");
    } finally {
      await server.stop();
    }
  });

  it("by user and password in the URL", async () => {
    const server = await startNatsServer({ config: "authorization { user: u, password: p }" });
    try {
      const nats = await link({ servers: server.url.replace("nats://", "nats://u:p@") });
      expect(nats.state).toBe("connected");
    } finally {
      await server.stop();
    }
  });
});

describe("permissions", () => {
  const fixture = natsFixture({
    config: `authorization { users: [
      { user: all, password: p },
      { user: worker, password: p, permissions: {
        subscribe: ["test.v1.EchoService.*", "$SRV.>", "_PRIVATE.worker.>"], publish: { deny: "test.>" } } },
      { user: confined, password: p, permissions: { subscribe: ["_PRIVATE.confined.>"] } }
    ] }`,
  });
  const as = (user: string, more: ConnectOptions = {}): Promise<Nats> =>
    link({ servers: fixture.server.url, user, password: "p", ...more });

  it("a private inbox prefix is enough for calls", async () => {
    await serve(await as("all"), EchoService, echoHandlers());
    const nats = await as("confined", { inboxPrefix: "_PRIVATE.confined" });
    expect((await createClient<EchoClient>(nats, EchoService).say({ text: "x" })).text).toBe("x");
  });

  it("without it, calls say why they fail", async () => {
    const nats = await as("confined");
    const error = await failure(createClient<EchoClient>(nats, EchoService).say({}));
    expect(error).toMatchObject({ code: "PERMISSION_DENIED" });
    expect(String(error)).toContain("inboxPrefix");
  });

  it("a call on a subject that may not be published is PERMISSION_DENIED at once", async () => {
    const nats = await as("worker", { inboxPrefix: "_PRIVATE.worker" });
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({}, { timeoutMs: 20_000 })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      rawMessage: expect.stringContaining("test.v1.EchoService.Say"),
    });
  });

  it("a worker that may not subscribe does not start", async () => {
    const nats = await as("confined", { inboxPrefix: "_PRIVATE.confined" });
    await expect(serve(nats, EchoService, echoHandlers())).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
  });
});
