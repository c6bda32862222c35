import { describe, expect, it } from "@jest/globals";
import {
  type ClientInterceptor,
  createClient,
  Metadata,
  NatsgenError,
  type ServerInterceptor,
  serve,
} from "../../runtime/index.js";
import { type Echo, type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { failure, natsFixture, until } from "../runtime/support/fixture.js";

const fixture = natsFixture();

/** What JavaScript lets a handler do, whatever its type says. */
function as<T>(value: unknown): T {
  return value as T;
}

const trap = (): never => {
  throw new Error("trap");
};
const traps = new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap });
const THROWN: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["a symbol", Symbol("s")],
  ["a frozen object", Object.freeze({ code: "NOT_FOUND" })],
  ["an object without a prototype", Object.create(null)],
  ["an object whose name is no text", { name: Object.create(null) }],
  ["a Proxy that throws", traps],
  ["an object whose getters throw", Object.defineProperty({}, "name", { get: trap })],
  ["an error of no code", new NatsgenError(as("NOPE"), "x")],
  ["an error that is OK", new NatsgenError(as("OK"), "x")],
  ["an error without a text", new NatsgenError("NOT_FOUND", as(undefined))],
  ["a Proxy around an error", new Proxy(new NatsgenError("NOT_FOUND", "x"), { get: trap })],
];

describe("whatever a handler throws", () => {
  it.each(THROWN)("%s: the caller reads INTERNAL and the worker lives", async (_what, thrown) => {
    const nats = await fixture.connect();
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw thrown;
        },
        slow: () => Promise.reject(thrown),
      }),
      { maxConcurrency: 1, maxQueue: 0 },
    );
    const client = createClient<EchoClient>(nats, EchoService);
    for (const call of [client.say, client.slow]) {
      expect(await failure(call({}, { timeoutMs: 20_000 }))).toMatchObject({
        code: "INTERNAL",
        rawMessage: "internal error",
      });
    }
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
    expect((await client.single({ text: "alive" })).text).toBe("alive");
  });

  it("is frozen and typed: it arrives as it is", async () => {
    const nats = await fixture.connect();
    const error = Object.freeze(new NatsgenError("NOT_FOUND", "no such order"));
    await serve(nats, EchoService, echoHandlers({ say: () => Promise.reject(error) }));
    const client = createClient<EchoClient>(nats, EchoService);
    expect(await failure(client.say({}))).toMatchObject({
      code: "NOT_FOUND",
      rawMessage: "no such order",
    });
  });

  it("has details that cannot be written: the code and the text arrive", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: () => {
          throw new NatsgenError("ABORTED", "twin", {
            details: [{ typeUrl: "a/b", value: as<Uint8Array>(5) }],
          });
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    expect(await failure(client.say({}, { timeoutMs: 20_000 }))).toMatchObject({
      code: "ABORTED",
      rawMessage: "twin",
    });
  });
});

describe("whatever a handler returns", () => {
  const twice = {
    // biome-ignore lint/suspicious/noThenProperty: a library's promise that settles twice
    then(resolve: (value: object) => void, reject: (error: Error) => void) {
      resolve({ text: "once" });
      resolve({ text: "again" });
      reject(new Error("and fails"));
    },
  };
  it.each([
    ["undefined", undefined, "returned undefined; it must return a test.v1.Echo"],
    ["null", null, "returned null"],
    ["a number", 5, "returned number"],
    ["a text", "text", "returned string"],
    ["a field of another type", { text: 5 }, "a string is expected"],
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    ["a thenable that throws", { then: trap }, "trap"],
    ["a Proxy that throws", traps, "trap"],
  ])("%s is INTERNAL, and the log says why", async (_what, value, why) => {
    const nats = await fixture.connect();
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({ say: () => as(value), slow: async () => as(value) }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    expect(await failure(client.say({}, { timeoutMs: 20_000 }))).toMatchObject({
      code: "INTERNAL",
    });
    expect(await failure(client.slow({}, { timeoutMs: 20_000 }))).toMatchObject({
      code: "INTERNAL",
    });
    const lines = fixture.logged.filter(({ message }) => message === "a handler failed");
    expect(lines.map(({ fields }) => String(fields.error))).toEqual([
      expect.stringContaining(why),
      expect.stringContaining(why),
    ]);
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
  });

  it("a promise that settles twice is answered once", async () => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers({ say: () => as<Echo>(twice) }));
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({})).text).toBe("once");
    expect(worker.stats().say).toMatchObject({ requests: 1, errors: 0 });
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
  });
});

describe("server interceptors", () => {
  it.each<[string, ServerInterceptor]>([
    ["throws at once", () => () => trap()],
    ["rejects", () => () => Promise.reject(new Error("trap"))],
    ["returns nothing", () => () => as<object>(undefined)],
    ["returns no function", () => as(undefined)],
  ])("one that %s is INTERNAL", async (_what, interceptor) => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers(), { interceptors: [interceptor] });
    const client = createClient<EchoClient>(nats, EchoService);
    expect(await failure(client.say({}, { timeoutMs: 20_000 }))).toMatchObject({
      code: "INTERNAL",
    });
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
  });

  it("one that calls next twice runs the handler twice and answers once", async () => {
    const nats = await fixture.connect();
    let runs = 0;
    const twice: ServerInterceptor = (next) => async (request, context) => {
      await next(request, context);
      return next(request, context);
    };
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({ say: () => ({ count: ++runs }) }),
      { interceptors: [twice] },
    );
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({})).count).toBe(2);
    expect(worker.stats().say?.requests).toBe(1);
  });
});

describe("client interceptors", () => {
  async function clientWith(interceptor: ClientInterceptor): Promise<EchoClient> {
    const nats = await fixture.connect();
    await serve(nats, EchoService, echoHandlers());
    return createClient<EchoClient>(nats, EchoService, { interceptors: [interceptor] });
  }

  it("one that throws at once rejects the call with its error", async () => {
    const client = await clientWith(() => () => trap());
    await expect(client.say({})).rejects.toThrow("trap");
  });

  it.each([undefined, null, 5, {}, { message: "text" }])(
    "one that returns %p is told so",
    async (value) => {
      const client = await clientWith(() => async () => as(value));
      expect(await failure(client.say({}))).toMatchObject({
        code: "INTERNAL",
        rawMessage: "Say: an interceptor returned no reply; it must return what next() resolves to",
      });
    },
  );

  it("one that waits does not hold a call that is cancelled", async () => {
    const client = await clientWith(() => () => new Promise(() => undefined));
    const controller = new AbortController();
    const during = failure(client.say({}, { signal: controller.signal, timeoutMs: 25_000 }));
    controller.abort(new Error("user left"));
    expect(await during).toMatchObject({ code: "CANCELLED", rawMessage: "user left" });
    const before = failure(client.say({}, { signal: controller.signal, timeoutMs: 25_000 }));
    expect(await before).toMatchObject({ code: "CANCELLED", rawMessage: "user left" });
  });

  it("one that fails after the deadline ends no process", async () => {
    let failed = false;
    const client = await clientWith(() => async (call) => {
      await until(() => call.remainingMs() < -100);
      failed = true;
      throw new Error("late");
    });
    expect(await failure(client.say({}, { timeoutMs: 20 }))).toMatchObject({
      code: "DEADLINE_EXCEEDED",
    });
    await until(() => failed);
  });
});

describe("metadata", () => {
  it("of any alphabet, of a key called __proto__ and of half a megabyte arrives", async () => {
    const nats = await fixture.connect();
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (_request, context) => {
          for (const [key, value] of context.metadata) {
            context.responseMetadata.append(key, value);
          }
          return {};
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const metadata = new Metadata([
      ["__proto__", "own"],
      ["constructor", "too"],
      ["x-text", "日本語 🎲 Ünïcode\ttab"],
      ["x-half", "a\ud800b"],
      ["x-empty", ""],
      ["x-large", "x".repeat(500_000)],
    ]);
    let back: Metadata | undefined;
    await client.say(
      {},
      {
        metadata,
        onResponseMetadata: (got) => {
          back = got;
        },
      },
    );
    expect([...(back ?? [])]).toEqual(
      [...metadata].map(([key, value]) => [key, value.replace("\ud800", "\ufffd")]),
    );
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    await expect(
      client.say({}, { metadata: { "x-large": "x".repeat(1024 * 1024) } }),
    ).rejects.toMatchObject({ code: "RESOURCE_EXHAUSTED" });
    expect((await client.slow({ text: "alive" })).text).toBe("alive");
  });

  it.each([[{ a: 5 }], [{ a: undefined }], [{ a: null }], [{ a: ["x", 5] }]])(
    "%p is INVALID_ARGUMENT",
    async (metadata) => {
      const nats = await fixture.connect();
      const client = createClient<EchoClient>(nats, EchoService);
      await expect(client.say({}, { metadata: as(metadata) })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        rawMessage: expect.stringContaining("it must be a string"),
      });
    },
  );
});
