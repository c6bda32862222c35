import { describe, expect, it } from "@jest/globals";
import { createClient, Metadata, NatsgenError, serve } from "../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { natsFixture } from "../runtime/support/fixture.js";

const MAX_PAYLOAD = 4096;
const fixture = natsFixture({ config: `max_payload: ${MAX_PAYLOAD}` });

describe("above max_payload", () => {
  it("a request is RESOURCE_EXHAUSTED and the connection survives", async () => {
    const nats = await fixture.connect();
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({ blob: new Uint8Array(MAX_PAYLOAD) })).rejects.toMatchObject({
      code: "RESOURCE_EXHAUSTED",
      rawMessage: expect.stringContaining("max_payload"),
    });
    // Fits without its headers, and not with them.
    await expect(
      client.say({ blob: new Uint8Array(MAX_PAYLOAD - 100) }, { metadata: { a: "b".repeat(200) } }),
    ).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
    expect((await client.say({ blob: new Uint8Array(MAX_PAYLOAD - 10) })).blob).toHaveLength(
      MAX_PAYLOAD - 10,
    );
    expect(disconnects()).toBe(0);
  });

  it("a reply is RESOURCE_EXHAUSTED at the caller and the worker survives", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({ say: () => ({ blob: new Uint8Array(2 * MAX_PAYLOAD) }) }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({})).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
    expect((await client.slow({ text: "alive" })).text).toBe("alive");
    expect(disconnects()).toBe(0);
  });

  it("an error's details are left out, and its code arrives", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("ABORTED", "x".repeat(10_000), {
            details: [{ typeUrl: "a/b", value: new Uint8Array(MAX_PAYLOAD) }],
            metadata: new Metadata({ "x-a": "y".repeat(5_000) }),
          });
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({})).rejects.toMatchObject({
      code: "ABORTED",
      rawMessage: "x".repeat(512),
      details: [],
    });
    expect(disconnects()).toBe(0);
  });
});

describe("subjects that would break the protocol", () => {
  it.each([
    ["above the control line", "a".repeat(5_000)],
    ["with a wildcard", "u.*.set"],
    ["with a full wildcard", "u.>"],
    ["with a blank", "a b"],
    ["with CR LF", "a\r\nPUB b 0\r\n"],
    ["empty", ""],
  ])("%s are INVALID_ARGUMENT and the connection survives", async (_what, subject) => {
    const nats = await fixture.connect();
    await expect(nats.request(subject, new Uint8Array(0))).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    const service = {
      ...EchoService,
      methods: { say: { ...EchoService.methods.say, subject } },
    };
    expect(() => createClient(nats, service)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
    await expect(serve(nats, service, echoHandlers())).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    await nats.transport.flush(5_000);
    expect(disconnects()).toBe(0);
  });

  it("the longest subject that is let through does reach its worker", async () => {
    const nats = await fixture.connect();
    const service = {
      ...EchoService,
      methods: { say: { ...EchoService.methods.say, subject: "a".repeat(3_840) } },
    };
    await serve(nats, service, { say: echoHandlers().say });
    const client = createClient<Pick<EchoClient, "say">>(nats, service);
    expect((await client.say({ text: "far" }, { metadata: { a: "b" } })).text).toBe("far");
    expect(disconnects()).toBe(0);
  });
});

function disconnects(): number {
  return fixture.logged.filter(({ message }) => message === "disconnected from NATS").length;
}
