import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import {
  type ConnectOptions,
  connect,
  createClient,
  type Nats,
  NatsgenError,
  serve,
} from "../../runtime/index.js";
import {
  findNatsServers,
  type NatsServer,
  natsServerVersions,
  startNatsServer,
} from "../../runtime/testing/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { failure, gate, until } from "../runtime/support/fixture.js";

// What docs/PROTOCOL.md lists under "Permissions", and nothing else.
const CONFIG = `
max_payload: 8192
authorization { users: [
  { user: admin, password: p }
  { user: client, password: p, permissions: {
    publish: ["test.v1.EchoService.*"], subscribe: ["_INBOX_client.>"] } }
  { user: worker, password: p, permissions: {
    subscribe: ["test.v1.EchoService.* q", "$SRV.>", "_INBOX_worker.>"], publish: { allow: [] },
    allow_responses: { max: 1, expires: "1m" } } }
  { user: hidden, password: p, permissions: {
    subscribe: ["test.v1.EchoService.* q", "_INBOX_hidden.>"], publish: ["_INBOX_client.>"] } }
] }`;

const { found, missing } = await findNatsServers();

it("both ends of the range of servers are here", () => {
  expect({ versions: found.map(({ version }) => version), missing }).toEqual({
    versions: Object.values(natsServerVersions),
    missing: [],
  });
});

describe.each(found)("nats-server $version", ({ path: binary }) => {
  let server: NatsServer;
  const open: Nats[] = [];
  const logged: string[] = [];
  const note = (fields: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };

  beforeAll(async () => {
    server = await startNatsServer({ binary, config: CONFIG });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((nats) => nats.close()));
    logged.length = 0;
  });
  afterAll(() => server?.stop());

  async function as(user: string, more: ConnectOptions = {}): Promise<Nats> {
    const nats = await connect({
      servers: server.url,
      user,
      password: "p",
      inboxPrefix: `_INBOX_${user}`,
      reconnectDelayMs: 20,
      logger: { info: () => undefined, warn: note, error: note },
      ...more,
    });
    open.push(nats);
    return nats;
  }
  const clientOf = (nats: Nats): EchoClient => createClient<EchoClient>(nats, EchoService);

  it.each(["worker", "hidden"])(
    "the permissions that the protocol lists are enough: a %s answers, fails, is found, drains",
    async (user) => {
      const nats = await as(user);
      const worker = await serve(
        nats,
        EchoService,
        echoHandlers({
          slow: () => {
            throw new NatsgenError("NOT_FOUND", "typed");
          },
        }),
        { discovery: user === "worker" },
      );
      const client = clientOf(await as("client"));
      const metadata = { "x-a": "b" };
      const calls = Array.from({ length: 50 }, (_, count) => client.say({ count }, { metadata }));
      expect((await Promise.all(calls)).map(({ count }) => count)).toEqual([...calls.keys()]);
      expect(await failure(client.slow({}))).toMatchObject({
        code: "NOT_FOUND",
        rawMessage: "typed",
      });
      await worker.drain();
      expect(await failure(client.say({}))).toMatchObject({ code: "UNAVAILABLE" });
      expect(logged).toEqual([]);
    },
  );

  it("one answer is what allow_responses permits, discovery included", async () => {
    await serve(await as("worker"), EchoService, echoHandlers());
    const admin = await as("admin");
    const reply = await admin.request("$SRV.PING.test_v1_EchoService", new Uint8Array(0));
    expect(new TextDecoder().decode(reply.payload)).toContain("io.nats.micro.v1.ping_response");
  });

  it("a worker that is denied discovery works, and says so in the log", async () => {
    await serve(await as("hidden"), EchoService, echoHandlers());
    expect((await clientOf(await as("client")).say({ text: "x" })).text).toBe("x");
    expect(logged.join("\n")).toContain("the server refuses a discovery subject");
  });

  it("a publish, an inbox and a subscription that are refused are PERMISSION_DENIED at once", async () => {
    const limits = { timeoutMs: 25_000 };
    const publish = clientOf(await as("hidden"));
    expect(await failure(publish.say({}, limits))).toMatchObject({
      code: "PERMISSION_DENIED",
      rawMessage: "this connection may not publish to test.v1.EchoService.Say",
    });
    const inbox = clientOf(await as("client", { inboxPrefix: "_INBOX" }));
    expect(await failure(inbox.say({}, limits))).toMatchObject({
      code: "PERMISSION_DENIED",
      rawMessage: expect.stringContaining("inboxPrefix"),
    });
    const subscription = serve(await as("client"), EchoService, echoHandlers());
    expect(await failure(subscription)).toMatchObject({
      code: "PERMISSION_DENIED",
      rawMessage: expect.stringContaining("test.v1.EchoService."),
    });
  });

  it("nobody there is UNAVAILABLE at once", async () => {
    const error = await failure(clientOf(await as("client")).say({}, { timeoutMs: 25_000 }));
    expect(error).toMatchObject({
      code: "UNAVAILABLE",
      rawMessage: "nobody serves test.v1.EchoService.Say (no responders)",
    });
  });

  it("a message of max_payload to the byte passes, one byte more does not", async () => {
    const nats = await as("admin");
    await serve(nats, EchoService, echoHandlers({ say: ({ blob }) => ({ count: blob.length }) }));
    const client = clientOf(nats);
    // `blob`: one byte of tag, two of length. `Natsgen-Timeout-Ms: 4000`: 12 + 18 + 2 + 4 + 2.
    for (const [room, options] of [
      [8192 - 3, {}],
      [8192 - 3 - 38, { timeoutMs: 4_000 }],
    ] as const) {
      const exact = new Uint8Array(room);
      const reply = await client.say({ blob: exact }, options);
      expect(reply.count).toBe(room);
      const above = client.say({ blob: new Uint8Array(room + 1) }, options);
      expect(await failure(above)).toMatchObject({
        code: "RESOURCE_EXHAUSTED",
        rawMessage: expect.stringContaining("8193 bytes"),
      });
    }
    expect(logged).toEqual([]);
  });

  it("a drain loses nothing while calls come", async () => {
    const worker = await serve(
      await as("worker"),
      EchoService,
      echoHandlers({
        say: (request) => new Promise((resolve) => setImmediate(resolve, request)),
      }),
    );
    const client = clientOf(await as("client"));
    const calls = Array.from({ length: 300 }, (_, count) => client.say({ count }));
    await until(() => (worker.stats().say?.requests ?? 0) > 0);
    const drained = worker.drain();
    const outcomes = await Promise.allSettled(calls);
    await drained;
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        expect(String(outcome.reason)).toContain("no responders");
      }
    }
    const answered = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect(worker.stats().say?.requests).toBe(answered);
  });

  it("a drain ends while the connection is being found again, and keeps no call", async () => {
    const own = await startNatsServer({ binary });
    try {
      const hold = gate();
      const nats = await connect({ servers: own.url, logger: false, reconnectDelayMs: 20 });
      open.push(nats);
      const worker = await serve(
        nats,
        EchoService,
        echoHandlers({ say: () => hold.opened.then(() => ({})) }),
      );
      const call = failure(clientOf(nats).say({}, { timeoutMs: 25_000 }));
      await until(() => worker.load.running === 1);
      await own.kill();
      expect(await call).toMatchObject({ code: "UNAVAILABLE" });
      const drained = nats.drain(20_000);
      await own.restart();
      hold.open();
      await drained;
      expect(nats.state).toBe("closed");
      expect(worker.load).toEqual({ running: 0, waiting: 0 });
    } finally {
      await own.stop();
    }
  });
});
