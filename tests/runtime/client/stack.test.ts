import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import {
  type ClientInterceptor,
  createClient,
  Metadata,
  NatsgenError,
  serve,
} from "../../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, natsFixture } from "../support/fixture.js";

const fixture = natsFixture();
const passing: ClientInterceptor = (next) => async (call) => {
  const reply = await next(call);
  return reply;
};

describe("the stack of an error", () => {
  it.each<[string, readonly ClientInterceptor[]]>([
    ["without interceptors", []],
    ["through interceptors", [passing, (next) => next, passing]],
  ])("leads to the caller's line %s, whatever the outcome", async (_how, interceptors) => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("NOT_FOUND", "no such order");
        },
        slow: () => new Promise(() => undefined),
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService, { interceptors });
    const nobody = createClient<EchoClient>({ ...nats, prefix: "x." }, EchoService, {
      interceptors,
    });
    const controller = new AbortController();
    const placeOrders = {
      NOT_FOUND: async () => void (await client.say({})),
      UNAVAILABLE: async () => void (await nobody.say({})),
      DEADLINE_EXCEEDED: async () => void (await client.slow({}, { timeoutMs: 10 })),
      INVALID_ARGUMENT: async () => void (await client.say({}, { timeoutMs: -1 })),
      CANCELLED: async () => void (await client.slow({}, { signal: controller.signal })),
    };
    setImmediate(() => controller.abort());
    for (const [code, placeOrder] of Object.entries(placeOrders)) {
      const error = await failure(placeOrder());
      expect(error).toMatchObject({ code });
      // Source maps name the caller's frame by what it calls when nothing was awaited before.
      expect((error as Error).stack).toMatch(new RegExp(`at (${code}|say) .*stack\\.test\\.ts`));
    }
  });
});

describe("console.log of an error", () => {
  it("shows what it is, and none of the metadata, which may hold a credential", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("NOT_FOUND", "no order 17", {
            metadata: new Metadata({ authorization: "s3cr3t" }),
            cause: new Error("s3cr3t: the worker's own"),
          });
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService, {
      metadata: { authorization: "s3cr3t" },
    });
    const error = await failure(client.say({}, { idempotencyKey: "s3cr3t" }));
    const text = inspect(error, { depth: 10 });
    expect(text).toContain("NatsgenError: [NOT_FOUND] no order 17");
    expect(text).toContain("code: 'NOT_FOUND'");
    expect(text).not.toContain("s3cr3t");
    expect(text.split("\n").length).toBeLessThan(25);
  });
});
