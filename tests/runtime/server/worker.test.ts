import { describe, expect, it } from "@jest/globals";
import {
  createClient,
  type HandlerContext,
  NatsgenError,
  type ServerInterceptor,
  serve,
} from "../../../runtime/index.js";
import { type Echo, type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, gate, natsFixture, until } from "../support/fixture.js";

const fixture = natsFixture();

describe("a handler that throws", () => {
  it.each([
    [
      "at once",
      () => {
        throw new Error("secret: select * from users");
      },
    ],
    [
      "later",
      async () => {
        await Promise.resolve();
        throw new Error("secret: select * from users");
      },
    ],
    ["something that is no error", () => Promise.reject("secret")],
  ])("%s is INTERNAL at the caller, whole in the log, and the worker lives", async (_when, say) => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers({ say }));
    const client = createClient<EchoClient>(nats, EchoService);
    const error = await failure(client.say({}));
    expect(error).toMatchObject({ code: "INTERNAL", rawMessage: "internal error" });
    expect(String(error)).not.toContain("secret");
    const line = fixture.logged.find(({ message }) => message === "a handler failed");
    expect(String(line?.fields.error)).toContain("secret");
    expect((await client.slow({ text: "alive" })).text).toBe("alive");
    expect(worker.stats().say).toMatchObject({
      requests: 1,
      errors: 1,
      lastError: "[INTERNAL] internal error",
    });
  });

  it("or returns nothing is INTERNAL", async () => {
    const nats = await fixture.connect();
    const nothing: unknown = undefined;
    await serve(nats, EchoService, echoHandlers({ say: () => nothing as Echo }));
    await expect(createClient<EchoClient>(nats, EchoService).say({})).rejects.toMatchObject({
      code: "INTERNAL",
    });
  });
});

describe("a worker's bounds", () => {
  it("run no more than maxConcurrency, queue the next and refuse the rest", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    let running = 0;
    let most = 0;
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({
        say: async (request) => {
          most = Math.max(most, ++running);
          await hold.opened;
          running--;
          return request;
        },
      }),
      { maxConcurrency: 3, maxQueue: 4 },
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const calls = Array.from({ length: 10 }, (_, count) => client.say({ count }));
    const settled = Promise.allSettled(calls);
    const refused = await Promise.all(calls.slice(7).map(failure));
    for (const error of refused) {
      expect(error).toMatchObject({ code: "RESOURCE_EXHAUSTED" });
      expect(NatsgenError.from(error).details[0]?.typeUrl).toBe(
        "type.googleapis.com/google.rpc.RetryInfo",
      );
    }
    expect(worker.load).toEqual({ running: 3, waiting: 4 });
    hold.open();
    const results = await settled;
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
    expect(most).toBe(3);
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
  });

  it("hold one method to its own limit while others go on", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    let running = 0;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        single: async (request) => {
          running++;
          await hold.opened;
          expect(running).toBe(1);
          running--;
          return request;
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const calls = [1, 2, 3].map((count) => client.single({ count }));
    expect((await client.say({ text: "free" })).text).toBe("free");
    hold.open();
    expect((await Promise.all(calls)).map(({ count }) => count)).toEqual([1, 2, 3]);
  });

  it("do not run a call whose deadline passed while it waited", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    const ran: number[] = [];
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({
        single: async (request) => {
          ran.push(request.count);
          await hold.opened;
          return request;
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const first = client.single({ count: 1 });
    const sent = performance.now();
    await expect(client.single({ count: 2 }, { timeoutMs: 20 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    // The worker counts from the arrival, which is a little later than the call.
    await until(() => performance.now() - sent > 100);
    hold.open();
    await first;
    await until(() => worker.stats().single?.requests === 2);
    expect(ran).toEqual([1]);
    expect(worker.stats().single?.lastError).toContain("DEADLINE_EXCEEDED");
  });

  it("take ten thousand synchronous calls from the queue without a deep stack", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        single: (request) => (request.count === 0 ? hold.opened.then(() => ({})) : request),
      }),
      { maxQueue: 20_000 },
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const calls = Array.from({ length: 10_000 }, (_, count) =>
      client.single({ count }, { timeoutMs: 25_000 }),
    );
    hold.open();
    const replies = await Promise.all(calls);
    expect(replies.at(-1)?.count).toBe(9_999);
  });
});

describe("the handler's context", () => {
  it("has a signal that fires at the deadline with a typed reason", async () => {
    const nats = await fixture.connect();
    let reason: unknown;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (_request, context) =>
          new Promise((_resolve, reject) => {
            context.signal.addEventListener("abort", () => {
              reason = context.signal.reason;
              reject(reason);
            });
          }),
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({}, { timeoutMs: 25 })).rejects.toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    await until(() => reason !== undefined);
    expect(reason).toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });

  it("does not fire after the call is over", async () => {
    const nats = await fixture.connect();
    let context: HandlerContext | undefined;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, given) => {
          context = given;
          expect(given.signal.aborted).toBe(false);
          return request;
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await client.say({}, { timeoutMs: 500 });
    await until(() => (context?.remainingMs() ?? 1) < -40);
    expect(context?.signal.aborted).toBe(false);
    expect(context?.method.name).toBe("Say");
    expect(context?.service.typeName).toBe("test.v1.EchoService");
  });

  it("can be taken apart", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, { remainingMs, signal }) => {
          if (signal.aborted || remainingMs() <= 0) throw new Error("no time is left");
          return request;
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await expect(client.say({ text: "apart" })).resolves.toMatchObject({ text: "apart" });
  });
});

describe("server interceptors", () => {
  it("run around the handler, the first outermost, and may refuse", async () => {
    const nats = await fixture.connect();
    const order: string[] = [];
    const named =
      (name: string): ServerInterceptor =>
      (next) =>
      async (request, context) => {
        order.push(`${name}>`);
        const response = await next(request, context);
        order.push(`<${name}`);
        return response;
      };
    const guard: ServerInterceptor = (next) => (request, context) => {
      if (!context.metadata.has("authorization")) {
        throw new NatsgenError("UNAUTHENTICATED", "who are you?");
      }
      return next(request, context);
    };
    await serve(nats, EchoService, echoHandlers(), {
      interceptors: [named("a"), named("b"), guard],
    });
    const client = createClient<EchoClient>(nats, EchoService);
    await client.say({}, { metadata: { authorization: "x" } });
    expect(order).toEqual(["a>", "b>", "<b", "<a"]);
    await expect(client.say({})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

describe("serve", () => {
  it("names every missing handler and the nearest of an unknown one", async () => {
    const nats = await fixture.connect();
    const { say: _say, ...rest } = echoHandlers();
    const error = await failure(serve(nats, EchoService, { ...rest, sya: () => ({}) }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(String(error)).toContain('no handler for "say"');
    expect(String(error)).toContain('unknown "sya"; did you mean "say"?');
  });

  it("takes a class with helpers of its own, and keeps its this", async () => {
    class Handlers {
      readonly greeting = "hello ";
      say = (request: Echo): object => ({ text: this.greet(request) });
      slow(request: Echo): object {
        return { text: this.greet(request) };
      }
      single = this.slow;
      async *watch(): AsyncIterable<object> {
        yield {};
      }
      upload(): object {
        return {};
      }
      private greet(request: Echo): string {
        return this.greeting + request.text;
      }
    }
    const nats = await fixture.connect();
    await serve(nats, EchoService, new Handlers());
    expect((await createClient<EchoClient>(nats, EchoService).slow({ text: "x" })).text).toBe(
      "hello x",
    );
  });

  it.each([
    { maxConcurrency: 0 },
    { maxQueue: -1 },
    { maxConcurrency: 1.5 },
    { queueGroup: "a b" },
  ])("refuses %p", async (options) => {
    const nats = await fixture.connect();
    await expect(serve(nats, EchoService, echoHandlers(), options)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("shares the calls of a queue group", async () => {
    const served = [0, 0];
    for (const index of [0, 1]) {
      const nats = await fixture.connect();
      await serve(
        nats,
        EchoService,
        echoHandlers({
          say: (request) => {
            served[index] = (served[index] ?? 0) + 1;
            return request;
          },
        }),
      );
    }
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    await Promise.all(Array.from({ length: 400 }, () => client.say({})));
    expect((served[0] ?? 0) + (served[1] ?? 0)).toBe(400);
    // A fair coin stays above 100 of 400 but once in 10^24 runs.
    expect(Math.min(...served)).toBeGreaterThan(100);
  });
});
