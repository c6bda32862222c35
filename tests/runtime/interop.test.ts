import { afterEach, describe, expect, it } from "@jest/globals";
import { headers, type Msg, type NatsConnection, connect as natsConnect } from "nats";
import { decodeStatus } from "../../runtime/errors/status.js";
import { createClient, NatsgenError, serve } from "../../runtime/index.js";
import { Echo, type EchoClient, EchoService, echoHandlers } from "./support/echo.js";
import { failure, natsFixture, until } from "./support/fixture.js";

const fixture = natsFixture();
const SAY = "test.v1.EchoService.Say";
const opened: NatsConnection[] = [];

async function plainClient(): Promise<NatsConnection> {
  const connection = await natsConnect({ servers: fixture.server.url });
  opened.push(connection);
  return connection;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
});

describe("a plain NATS client calls a worker", () => {
  it("with the message alone", async () => {
    await serve(await fixture.connect(), EchoService, echoHandlers());
    const plain = await plainClient();
    const reply = await plain.request(SAY, Echo.encode({ text: "plain" }));
    expect(Echo.decode(reply.data).text).toBe("plain");
    expect(reply.headers).toBeUndefined();
  });

  it("and reads errors as ADR-32 has them", async () => {
    await serve(
      await fixture.connect(),
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("NOT_FOUND", "no\r\norder", {
            details: [{ type: Echo, value: { count: 1 } }],
          });
        },
      }),
    );
    const reply = await (await plainClient()).request(SAY, new Uint8Array(0));
    expect(reply.headers?.get("Nats-Service-Error-Code")).toBe("404");
    expect(reply.headers?.get("Nats-Service-Error")).toBe("no order");
    expect(reply.headers?.get("Natsgen-Code")).toBe("NOT_FOUND");
    expect(decodeStatus(reply.data)).toMatchObject({
      code: "NOT_FOUND",
      message: "no\r\norder",
      details: [{ typeUrl: "type.googleapis.com/test.v1.Echo" }],
    });
  });

  it.each([
    ["bytes that do not decode", new Uint8Array([10, 200, 1]), {}, "INVALID_ARGUMENT"],
    ["another version of the wire", new Uint8Array(0), { "Natsgen-Wire": "2" }, "UNIMPLEMENTED"],
  ])("and is told about %s", async (_what, bytes, lines, code) => {
    await serve(await fixture.connect(), EchoService, echoHandlers());
    const h = headers();
    for (const [name, value] of Object.entries(lines)) {
      h.append(name, value);
    }
    const reply = await (await plainClient()).request(SAY, bytes, { timeout: 5_000, headers: h });
    expect(reply.headers?.get("Natsgen-Code")).toBe(code);
  });

  it("may state its budget in any case of letters, and one that is no number is ignored", async () => {
    const budgets: number[] = [];
    await serve(
      await fixture.connect(),
      EchoService,
      echoHandlers({
        say: (request, context) => {
          budgets.push(Math.round(context.remainingMs() / 1000));
          return request;
        },
      }),
    );
    const plain = await plainClient();
    for (const [name, value] of [
      ["natsgen-timeout-ms", "90000"],
      ["Natsgen-Timeout-Ms", "soon"],
      ["Natsgen-Timeout-Ms", "99999999999999"],
    ] as const) {
      const h = headers();
      h.append(name, value);
      await plain.request(SAY, new Uint8Array(0), { timeout: 5_000, headers: h });
    }
    expect(budgets).toEqual([90, 5, 2147484]);
  });

  it("cannot slip reserved names into a handler's metadata", async () => {
    let keys: string[] = [];
    await serve(
      await fixture.connect(),
      EchoService,
      echoHandlers({
        say: (request, context) => {
          keys = context.metadata.keys();
          return request;
        },
      }),
    );
    const h = headers();
    h.append("Nats-Expected-Stream", "x");
    h.append("natsgen-internal", "x");
    h.append("X-Ok", "1");
    await (await plainClient()).request(SAY, new Uint8Array(0), { timeout: 5_000, headers: h });
    expect(keys).toEqual(["x-ok"]);
  });

  it("may publish without a reply subject: the handler runs, a failure is logged", async () => {
    const worker = await serve(
      await fixture.connect(),
      EchoService,
      echoHandlers({ say: () => ({}) }),
    );
    const plain = await plainClient();
    plain.publish(SAY, new Uint8Array([10, 200, 1]));
    plain.publish(SAY, new Uint8Array(0));
    await until(() => worker.stats().say?.requests === 2);
    expect(worker.stats().say).toMatchObject({ requests: 2, errors: 1 });
    expect(fixture.logged).toContainEqual(
      expect.objectContaining({ message: "a message without a reply subject failed" }),
    );
  });

  it("is told that a streaming method is not served yet", async () => {
    await serve(await fixture.connect(), EchoService, echoHandlers());
    const reply = await (await plainClient()).request(
      "test.v1.EchoService.Watch",
      new Uint8Array(0),
    );
    expect(reply.headers?.get("Natsgen-Code")).toBe("UNIMPLEMENTED");
    expect(reply.headers?.get("Nats-Service-Error-Code")).toBe("501");
  });
});

describe("a client calls a plain NATS responder", () => {
  async function respond(answer: (message: Msg) => void): Promise<EchoClient> {
    const plain = await plainClient();
    plain.subscribe(SAY, { callback: (_error, message) => answer(message) });
    await plain.flush();
    return createClient<EchoClient>(await fixture.connect(), EchoService);
  }

  it("and reads its message", async () => {
    const client = await respond((message) => message.respond(Echo.encode({ text: "hand-made" })));
    expect((await client.say({})).text).toBe("hand-made");
  });

  it("and a reply that does not decode is INTERNAL", async () => {
    const client = await respond((message) => message.respond(new Uint8Array([10, 200, 1])));
    await expect(client.say({})).rejects.toMatchObject({
      code: "INTERNAL",
      rawMessage: expect.stringContaining("not a test.v1.Echo"),
    });
  });

  it("and an error of another ADR-32 service keeps its meaning", async () => {
    const client = await respond((message) => {
      const h = headers();
      h.append("Nats-Service-Error-Code", "404");
      h.append("Nats-Service-Error", "not here");
      message.respond(new TextEncoder().encode("own body"), { headers: h });
    });
    await expect(client.say({})).rejects.toMatchObject({
      code: "NOT_FOUND",
      rawMessage: "not here",
      details: [],
    });
  });

  it("and a broken Status does not hide the error", async () => {
    const client = await respond((message) => {
      const h = headers();
      h.append("Nats-Service-Error-Code", "409");
      h.append("Nats-Service-Error", "twin");
      h.append("Natsgen-Code", "ABORTED");
      message.respond(new Uint8Array([255]), { headers: h });
    });
    await expect(client.say({})).rejects.toMatchObject({ code: "ABORTED", rawMessage: "twin" });
  });

  it("and a second, late or stray reply harms nothing", async () => {
    const client = await respond((message) => {
      message.respond(Echo.encode({ text: "first" }));
      message.respond(Echo.encode({ text: "second" }));
    });
    expect((await client.say({})).text).toBe("first");
    expect((await client.say({})).text).toBe("first");
    expect(
      await failure(client.say({}, { timeoutMs: 1, signal: AbortSignal.abort() })),
    ).toBeInstanceOf(NatsgenError);
    expect((await client.say({})).text).toBe("first");
  });
});
