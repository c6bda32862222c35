import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { createClient, type HandlerContext, serve } from "../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { failure, gate, natsFixture, until } from "../runtime/support/fixture.js";

const fixture = natsFixture();

/** Subscriptions that the server knows, over all connections. */
async function subscriptions(): Promise<number> {
  const response = await fetch(`${fixture.server.monitorUrl}/varz`);
  const { subscriptions: count } = (await response.json()) as { subscriptions: number };
  return count;
}

describe("drain and close, again and late", () => {
  it("a second drain or close is fine, and a drain after close ends at once, in silence", async () => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers());
    await Promise.all([nats.drain(), nats.drain(), worker.drain(), worker.drain()]);
    await nats.close();
    await nats.drain();
    await worker.drain();
    expect(nats.state).toBe("closed");

    const closed = await fixture.connect();
    const other = await serve(closed, EchoService, echoHandlers());
    await closed.close();
    await closed.drain();
    await other.drain();
    await other.stopped;
    expect(fixture.logged.filter(({ level }) => level !== "info")).toEqual([]);
  });

  it.each([Number.NaN, -1])("drain(%p) is refused, and nothing is drained", async (timeoutMs) => {
    const nats = await fixture.connect();
    const worker = await serve(nats, EchoService, echoHandlers());
    await expect(nats.drain(timeoutMs)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(worker.drain(timeoutMs)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    const client = createClient<EchoClient>(nats, EchoService);
    expect((await client.say({ text: "alive" })).text).toBe("alive");
  });

  it.each([1e12, Number.POSITIVE_INFINITY])("drain(%p) waits for its calls", async (timeoutMs) => {
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    const nats = await fixture.connect();
    const hold = gate();
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({ say: (request) => hold.opened.then(() => request) }),
    );
    const call = client.say({ text: "kept" });
    await until(() => worker.load.running === 1);
    const drained = nats.drain(timeoutMs);
    // A timer above 2^31-1 ms fires after 1 ms: this wait is longer than that.
    const stopped = performance.now();
    await until(() => performance.now() - stopped > 20);
    expect(nats.state).toBe("connected");
    hold.open();
    expect((await call).text).toBe("kept");
    await drained;
  });

  it.each(["an idle", "a busy", "a paused"])(
    "close ends a drain without a limit, on %s connection",
    async (how) => {
      const nats = await fixture.connect();
      const client = createClient<EchoClient>(await fixture.connect(), EchoService);
      const worker = await serve(
        nats,
        EchoService,
        echoHandlers({ say: () => new Promise(() => undefined) }),
      );
      if (how === "a busy") {
        client.say({}, { timeoutMs: 10 }).catch(() => undefined);
        await until(() => worker.load.running === 1);
      }
      if (how === "a paused") {
        fixture.server.pause();
      }
      try {
        const drains = [nats.drain(Number.POSITIVE_INFINITY), worker.drain(1e12)];
        await nats.close();
        await Promise.all(drains);
        expect(nats.state).toBe("closed");
      } finally {
        fixture.server.resume();
      }
    },
  );

  it("calls, serve and subscribe after the end, or in a drain, are UNAVAILABLE", async () => {
    const nats = await fixture.connect();
    const hold = gate();
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({ say: (request) => hold.opened.then(() => request) }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const call = client.say({});
    await until(() => worker.load.running === 1);
    const drained = nats.drain();
    for (const late of [
      serve(nats, EchoService, echoHandlers()),
      nats.subscribe("late", () => undefined),
    ]) {
      await expect(late).rejects.toMatchObject({
        code: "UNAVAILABLE",
        rawMessage: "the connection is draining",
      });
    }
    hold.open();
    await call;
    await drained;
    for (const late of [
      client.say({}),
      serve(nats, EchoService, echoHandlers()),
      nats.subscribe("late", () => undefined),
      nats.request("late", new Uint8Array(0)),
      nats.transport.flush(20_000),
    ]) {
      await expect(late).rejects.toMatchObject({
        name: "NatsgenError",
        code: "UNAVAILABLE",
        rawMessage: "the connection to NATS is closed",
      });
    }
  });

  it("close aborts what the workers run and drops what waits", async () => {
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    const nats = await fixture.connect();
    const hold = gate();
    const contexts: HandlerContext[] = [];
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({
        single: async (request, context) => {
          contexts.push(context);
          context.signal.addEventListener("abort", hold.open);
          await hold.opened;
          return request;
        },
      }),
    );
    const calls = [1, 2, 3].map((count) => failure(client.single({ count }, { timeoutMs: 500 })));
    await until(() => worker.load.waiting === 2);
    await nats.close();
    await worker.stopped;
    expect(contexts[0]?.signal.reason).toMatchObject({ code: "UNAVAILABLE" });
    await until(() => worker.load.running === 0);
    expect(contexts).toHaveLength(1);
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject({ code: "DEADLINE_EXCEEDED" });
    }
  });

  it("leaves no subscription at the server", async () => {
    const nats = await fixture.connect();
    const before = await subscriptions();
    for (let i = 0; i < 5; i++) {
      const worker = await serve(nats, EchoService, echoHandlers());
      const twin = await serve(nats, EchoService, echoHandlers());
      const raw = await nats.subscribe("raw", () => undefined);
      expect(await subscriptions()).toBeGreaterThan(before);
      await Promise.all([worker.drain(), twin.drain(), raw.drain()]);
      expect(await subscriptions()).toBe(before);
    }
  });
});

describe("the context of a call that is over", () => {
  it("has a signal that never fires, and holds no timer", async () => {
    const nats = await fixture.connect();
    let context: HandlerContext | undefined;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, given) => {
          context = given;
          return request;
        },
      }),
    );
    await createClient<EchoClient>(nats, EchoService).say({}, { timeoutMs: 1e12 });
    const add = jest.spyOn(nats.transport.timers, "add");
    expect(context?.signal.aborted).toBe(false);
    expect(add).not.toHaveBeenCalled();
  });

  it("still lends its deadline to a call that its handler left running", async () => {
    const nats = await fixture.connect();
    const client = createClient<EchoClient>(nats, EchoService);
    let nested: Promise<unknown> | undefined;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: (request, context) => {
          nested = new Promise((resolve) => setImmediate(resolve)).then(() =>
            client.slow({ text: "after" }, { context }),
          );
          return request;
        },
      }),
    );
    await client.say({});
    expect(await nested).toMatchObject({ text: "after" });
  });
});

describe("one AbortSignal for many calls", () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => {
    warnings.push(warning);
  };
  afterEach(() => {
    process.off("warning", note);
    warnings.length = 0;
  });

  it("is no leak to Node, keeps no listener, and ends them all", async () => {
    process.on("warning", note);
    const nats = await fixture.connect();
    const hold = gate();
    await serve(
      nats,
      EchoService,
      echoHandlers({ slow: (request) => hold.opened.then(() => request) }),
      { maxConcurrency: 5_000 },
    );
    const controller = new AbortController();
    const { signal } = controller;
    const add = jest.spyOn(signal, "addEventListener");
    const remove = jest.spyOn(signal, "removeEventListener");
    const client = createClient<EchoClient>(nats, EchoService);
    await Promise.all(Array.from({ length: 1_000 }, () => client.say({}, { signal })));
    expect(add).toHaveBeenCalledTimes(remove.mock.calls.length);
    const calls = Array.from({ length: 1_000 }, () => failure(client.slow({}, { signal })));
    await nats.transport.flush(20_000);
    controller.abort();
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject({ code: "CANCELLED" });
    }
    hold.open();
    // Warnings come by process.nextTick.
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });
});

describe("a raw subscription", () => {
  it("survives a callback that throws, and one that rejects", async () => {
    const nats = await fixture.connect();
    const got: string[] = [];
    await nats.subscribe("raw", (message) => {
      got.push(message.subject);
      throw new Error("at once");
    });
    await nats.subscribe("raw", async () => {
      await Promise.resolve();
      throw new Error("later");
    });
    nats.transport.publish("raw", new Uint8Array(0), undefined);
    nats.transport.publish("raw", new Uint8Array(0), undefined);
    const failures = (): string[] =>
      fixture.logged
        .filter(({ level }) => level === "error")
        .map(({ fields }) => String(fields.error));
    await until(() => failures().length === 4);
    expect(failures().sort()).toEqual([
      "Error: at once",
      "Error: at once",
      "Error: later",
      "Error: later",
    ]);
    expect(got).toEqual(["raw", "raw"]);
  });
});
