import { describe, expect, it } from "@jest/globals";
import {
  type ClientInterceptor,
  createClient,
  Metadata,
  NatsgenError,
  serve,
} from "../../../runtime/index.js";
import { Echo, type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, gate, natsFixture, until } from "../support/fixture.js";

const fixture = natsFixture();

describe("a unary call", () => {
  it("carries the message both ways", async () => {
    const nats = await fixture.connect();
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    const reply = await client.say({ text: "hello", count: 3 });
    expect(reply).toEqual(expect.objectContaining({ text: "hello", count: 3 }));
    expect((await client.say({})).text).toBe("");
  });

  it("keeps a thousand calls apart", async () => {
    const nats = await fixture.connect();
    await serve(nats, EchoService, echoHandlers());
    const client = createClient<EchoClient>(nats, EchoService);
    const replies = await Promise.all(
      Array.from({ length: 1000 }, (_, count) => client.say({ count })),
    );
    expect(replies.map((reply) => reply.count)).toEqual([...Array(1000).keys()]);
  });

  it("uses the prefix of its connection", async () => {
    const staging = await fixture.connect({ prefix: "staging" });
    const bare = await fixture.connect();
    await serve(staging, EchoService, echoHandlers());
    expect((await createClient<EchoClient>(staging, EchoService).say({ text: "x" })).text).toBe(
      "x",
    );
    await expect(createClient<EchoClient>(bare, EchoService).say({})).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  it("is UNAVAILABLE at once when nobody serves it, with the caller's line in the stack", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    const start = performance.now();
    async function placeOrder(): Promise<void> {
      await client.say({}, { timeoutMs: 20_000 });
    }
    const error = await failure(placeOrder());
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(String(error)).toContain("test.v1.EchoService.Say");
    expect((error as Error).stack).toContain("placeOrder");
  });

  it("ends at its deadline when the handler does not", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    await serve(nats, EchoService, echoHandlers({ say: () => hold.opened.then(() => ({})) }));
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({}, { timeoutMs: 30 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    hold.open();
  });

  it.each([0, -1, Number.NaN])("refuses a timeout of %p", async (timeoutMs) => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({}, { timeoutMs })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("takes a timeout above 2^31-1 ms without ending at once", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (_request, context) =>
          new Promise((resolve) =>
            setImmediate(() => resolve({ count: Math.floor(context.remainingMs() / 1e6) })),
          ),
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const reply = await client.say({}, { timeoutMs: 2 ** 31 + 5 });
    expect(reply.count).toBe(2147);
    expect((await client.say({}, { timeoutMs: Number.POSITIVE_INFINITY })).count).toBe(2147);
  });

  it("is CANCELLED by its signal, before and during the call", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    await serve(nats, EchoService, echoHandlers({ say: () => hold.opened.then(() => ({})) }));
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "CANCELLED",
    });
    const controller = new AbortController();
    const call = failure(client.say({}, { signal: controller.signal }));
    controller.abort(new Error("user left"));
    expect(await call).toMatchObject({ code: "CANCELLED", rawMessage: "user left" });
    hold.open();
  });

  it("refuses a request that does not encode, without sending it", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    const bad: unknown = { text: 5 };
    await expect(client.say(bad as { text: string })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      rawMessage: expect.stringContaining("text: a string is expected"),
    });
  });

  it("brings a typed error with details and metadata", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("ABORTED", "version 3 was expected;\nit is 4", {
            details: [{ type: Echo, value: { text: "current", count: 4 } }],
            metadata: new Metadata({ "x-shard": "7" }),
          });
        },
      }),
    );
    const error = await failure(createClient<EchoClient>(nats, EchoService).say({}));
    expect(error).toBeInstanceOf(NatsgenError);
    expect(error).toMatchObject({
      code: "ABORTED",
      rawMessage: "version 3 was expected;\nit is 4",
      message: "[ABORTED] version 3 was expected;\nit is 4",
    });
    const typed = NatsgenError.from(error);
    expect(typed.findDetails(Echo)).toMatchObject([{ text: "current", count: 4 }]);
    expect(typed.metadata?.get("x-shard")).toBe("7");
  });

  it("fails clearly for streaming methods", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    const read = async (): Promise<void> => {
      for await (const chunk of client.watch({})) {
        throw new Error(`unexpected ${chunk.text}`);
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "UNIMPLEMENTED" });
    async function* none(): AsyncIterable<object> {
      yield {};
    }
    await expect(client.upload(none())).rejects.toMatchObject({ code: "UNIMPLEMENTED" });
  });
});

describe("metadata", () => {
  it("goes both ways, and reserved names do not", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (_request, context) => {
          context.responseMetadata.set("x-seen", [...context.metadata.keys()].join(" "));
          return { text: context.metadata.getAll("x-tag").join("+") };
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService, { metadata: { "x-app": "a" } });
    let seen: string | undefined;
    const reply = await client.say(
      {},
      {
        metadata: { "X-Tag": ["1", "ü"], traceparent: "00-1-2-01" },
        idempotencyKey: "k1",
        timeoutMs: 777,
        onResponseMetadata: (metadata) => {
          seen = metadata.get("x-seen");
        },
      },
    );
    expect(reply.text).toBe("1+ü");
    expect(seen).toBe("x-app x-tag traceparent");
  });

  it("refuses CR and LF, which would be another header", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    for (const metadata of [{ a: "b\r\nNats-Msg-Id: 1" }, { "a\r\nb": "c" }, { "nats-x": "1" }]) {
      await expect(client.say({}, { metadata })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
      });
    }
    await expect(client.say({}, { idempotencyKey: "a\r\nb: c" })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("hands the idempotency key to the handler", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({ say: (_request, context) => ({ text: context.idempotencyKey ?? "none" }) }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({}, { idempotencyKey: "pay-1" })).text).toBe("pay-1");
    expect((await client.say({})).text).toBe("none");
  });
});

describe("a call made in a handler", () => {
  it("inherits what is left of the deadline, tracing and the named metadata", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService, { propagate: ["x-tenant"] });
    let inner: { budget: number; keys: string[] } | undefined;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, context) => client.slow(request, { context }),
        slow: (_request, context) => {
          inner = { budget: context.remainingMs(), keys: context.metadata.keys() };
          return { text: "inner" };
        },
      }),
    );
    const reply = await client.say(
      {},
      {
        timeoutMs: 4_000,
        metadata: { traceparent: "00-a", "x-tenant": "t", "x-secret": "s" },
      },
    );
    expect(reply.text).toBe("inner");
    // Slow's own default is a minute.
    expect(inner?.budget).toBeLessThanOrEqual(4_000);
    expect(inner?.budget).toBeGreaterThan(0);
    expect(inner?.keys).toEqual(["traceparent", "x-tenant"]);
  });

  it("fails at once when nothing is left, and is cancelled with the handler", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    const errors: unknown[] = [];
    const started = gate();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: async (request, context) => {
          started.open();
          const nested = failure(client.slow(request, { context }));
          errors.push(await nested);
          await until(() => context.remainingMs() <= 0);
          errors.push(await failure(client.slow(request, { context })));
          return {};
        },
        slow: () => new Promise(() => undefined),
      }),
    );
    await expect(client.say({}, { timeoutMs: 60 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    await started.opened;
    await until(() => errors.length === 2);
    expect(errors).toMatchObject([{ code: "DEADLINE_EXCEEDED" }, { code: "DEADLINE_EXCEEDED" }]);
  });
});

describe("client interceptors", () => {
  it("run around the call, the first outermost, and may change it", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, context) => ({ text: `${request.text}${context.metadata.get("x-a")}` }),
      }),
    );
    const order: string[] = [];
    const named =
      (name: string): ClientInterceptor =>
      (next) =>
      async (call) => {
        order.push(`${name}>${call.method.name}`);
        call.metadata.set("x-a", name);
        const reply = await next(call);
        order.push(`<${name}`);
        return reply;
      };
    const client = createClient<EchoClient>(nats, EchoService, {
      interceptors: [named("outer"), named("inner")],
    });
    expect((await client.say({ text: "set by " })).text).toBe("set by inner");
    expect(order).toEqual(["outer>Say", "inner>Say", "<inner", "<outer"]);
  });

  it("may call again, within one deadline", async () => {
    const nats = await fixture.connect();
    let attempts = 0;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          attempts++;
          if (attempts < 3) {
            throw new NatsgenError("UNAVAILABLE", "not yet");
          }
          return { count: attempts };
        },
      }),
    );
    const retry: ClientInterceptor = (next) => async (call) => {
      for (;;) {
        try {
          return await next(call);
        } catch (error) {
          if (NatsgenError.from(error).code !== "UNAVAILABLE") {
            throw error;
          }
        }
      }
    };
    const client = createClient<EchoClient>(nats, EchoService, { interceptors: [retry] });
    expect((await client.say({})).count).toBe(3);
  });

  it("cannot hold a call beyond its deadline", async () => {
    const nats = await fixture.connect();
    const never: ClientInterceptor = () => () => new Promise(() => undefined);
    const client = createClient<EchoClient>(nats, EchoService, { interceptors: [never] });
    await expect(client.say({}, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
  });
});

describe("createClient", () => {
  it("refuses a descriptor of another contract, and says what to do", async () => {
    const nats = await fixture.connect();
    const stale: unknown = { ...EchoService, contract: 0 };
    expect(() => createClient(nats, stale as typeof EchoService)).toThrow(
      /generated for contract 0, and this @natsgen\/runtime speaks contract 1\. Generate again/,
    );
  });

  it("refuses an unknown option and names the nearest", async () => {
    const nats = await fixture.connect();
    const options = { timeoutMS: 5, propagate: [] };
    expect(() => createClient(nats, EchoService, options)).toThrow(/did you mean "timeoutMs"/);
  });
});
