import { afterEach, describe, expect, it } from "@jest/globals";
import { createClient, serve } from "../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { failure, natsFixture, until } from "../runtime/support/fixture.js";
import { type RawConnection, rawConnection } from "./raw-connection.js";

const fixture = natsFixture();
const SAY = "test.v1.EchoService.Say";
const opened: RawConnection[] = [];

async function raw(): Promise<RawConnection> {
  const connection = await rawConnection(fixture.server.port);
  opened.push(connection);
  return connection;
}

afterEach(() => {
  for (const connection of opened.splice(0)) {
    connection.close();
  }
});

/** Header blocks that the client library throws on, or reads in a way of its own. */
const BLOCKS = [
  ["a key with a blank", "NATS/1.0\r\na b: c\r\n\r\n"],
  ["a key of other bytes", "NATS/1.0\r\n\xff\xfe: c\r\n\r\n"],
  ["a line feed in a value", "NATS/1.0\r\na: b\nc: d\r\n\r\n"],
  ["no version", "garbage\r\n\r\n"],
  ["nothing but bytes", "\x00\x01\x02\xff"],
  ["a status that is no number", "NATS/1.0 abc def\r\n\r\n"],
] as const;

describe("a request with broken headers", () => {
  it.each(BLOCKS)("%s is answered, and its place is free again", async (_what, block) => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers(), {
      maxConcurrency: 2,
      maxQueue: 0,
    });
    const peer = await raw();
    peer.write("SUB answers 1\r\n");
    for (let i = 0; i < 10; i++) {
      peer.publishBlock(SAY, "answers", block);
    }
    await until(() => (peer.received().match(/MSG answers/g) ?? []).length === 10);
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({ text: "alive" })).text).toBe("alive");
  });
});

describe("a reply", () => {
  /** A peer that answers the first request of Say by hand. */
  async function answering(answer: (peer: RawConnection, inbox: string) => void) {
    const nats = await fixture.connect();
    const peer = await raw();
    peer.write(`SUB ${SAY} 1\r\nPING\r\n`);
    await until(() => (peer.received().match(/PONG/g) ?? []).length === 2);
    const client = createClient<EchoClient>(nats, EchoService);
    const call = client.say({ text: "hi" }, { timeoutMs: 20_000 });
    call.catch(() => undefined);
    let inbox: string | undefined;
    await until(() => {
      inbox = /MSG \S+ 1 (\S+) \d+/.exec(peer.received())?.[1];
      return inbox !== undefined;
    });
    answer(peer, inbox ?? "");
    return { nats, call, inbox: inbox ?? "", peer };
  }

  it.each(BLOCKS.slice(0, 3))("with %s ends the call at once", async (_what, block) => {
    const { call } = await answering((peer, inbox) => peer.publishBlock(inbox, "", block));
    expect(await failure(call)).toMatchObject({
      code: "INTERNAL",
      rawMessage: `the headers of the reply from ${SAY} cannot be read`,
    });
  });

  it.each([
    ["an unknown code", "NATS/1.0\r\nNatsgen-Code: NOPE\r\n\r\n", "UNKNOWN"],
    [
      "the code OK",
      "NATS/1.0\r\nNatsgen-Code: OK\r\nNats-Service-Error-Code: 200\r\n\r\n",
      "UNKNOWN",
    ],
    ["a name of Object's", "NATS/1.0\r\nNatsgen-Code: constructor\r\n\r\n", "UNKNOWN"],
    ["a status that is no number", "NATS/1.0\r\nNats-Service-Error-Code: x\r\n\r\n", "UNKNOWN"],
    ["a status beyond all codes", "NATS/1.0\r\nNats-Service-Error-Code: 1e9\r\n\r\n", "UNKNOWN"],
    ["an own 503 with a body", "NATS/1.0\r\nNats-Service-Error-Code: 503\r\n\r\n", "UNAVAILABLE"],
  ])("with %s is an error of a known code", async (_what, block, code) => {
    const { call } = await answering((peer, inbox) => peer.publishBlock(inbox, "", block, "x"));
    expect(await failure(call)).toMatchObject({ name: "NatsgenError", code });
  });

  it("to another token does not end the call, and a second one is ignored", async () => {
    const { nats, call, inbox, peer } = await answering((from, to) => {
      const base = to.slice(0, to.lastIndexOf(".") + 1);
      for (const token of ["", "x", "-1", "99999", "0x0", "1e0", "9".repeat(40), "__proto__"]) {
        from.write(`PUB ${base}${token || "0.0"} 2\r\n\n\x00\r\n`);
      }
      from.write(`PUB ${to} 4\r\n\n\x02ok\r\n`);
      from.write(`PUB ${to} 5\r\n\n\x03two\r\n`);
    });
    expect((await call).text).toBe("ok");
    peer.write(`PUB ${inbox} 5\r\n\n\x03two\r\nPING\r\n`);
    await nats.transport.flush(5_000);
    expect(nats.state).toBe("connected");
    expect(fixture.logged.filter(({ level }) => level === "error")).toEqual([]);
  });
});
