import { describe, expect, it } from "@jest/globals";
import { createClient, serve } from "../../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, gate, natsFixture, until } from "../support/fixture.js";

const fixture = natsFixture();

describe("worker.drain", () => {
  it("loses no call: what runs and what waits is answered, what comes later finds nobody", async () => {
    const workerSide = await fixture.connect();
    const clientSide = await fixture.connect();
    const hold = gate();
    const worker = await serve(
      workerSide,
      EchoService,
      echoHandlers({
        say: async (request) => {
          await hold.opened;
          return request;
        },
      }),
      { maxConcurrency: 2 },
    );
    const client = createClient<EchoClient>(clientSide, EchoService);
    const calls = Array.from({ length: 50 }, (_, count) => client.say({ count }));
    await until(() => worker.load.running + worker.load.waiting === 50);
    const drained = worker.drain();
    // UNSUB is on its way: discovery's is the last, and its answers need no free place.
    let isThere = true;
    while (isThere) {
      isThere = await clientSide.request("$SRV.PING", new Uint8Array(0)).then(
        () => true,
        () => false,
      );
    }
    const probe = createClient<EchoClient>(clientSide, EchoService);
    await expect(probe.slow({})).rejects.toMatchObject({ code: "UNAVAILABLE" });
    hold.open();
    await drained;
    expect((await Promise.all(calls)).map(({ count }) => count)).toEqual([...Array(50).keys()]);
    await worker.stopped;
    await expect(client.say({})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("loses nothing while calls pour in: each is answered or found nobody", async () => {
    const workerSide = await fixture.connect();
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    let handled = 0;
    const worker = await serve(
      workerSide,
      EchoService,
      echoHandlers({
        say: async (request) => {
          await new Promise((resolve) => setImmediate(resolve));
          handled++;
          return request;
        },
      }),
    );
    let answered = 0;
    let stop = false;
    const callers = Array.from({ length: 32 }, async () => {
      while (!stop) {
        try {
          await client.say({});
          answered++;
        } catch (error) {
          expect(error).toMatchObject({ code: "UNAVAILABLE" });
          expect(String(error)).toContain("no responders");
        }
      }
    });
    await until(() => answered > 200);
    await worker.drain();
    stop = true;
    await Promise.all(callers);
    expect(handled).toBe(answered);
  });

  it("ends at its timeout: signals abort, and waiting calls are UNAVAILABLE", async () => {
    const workerSide = await fixture.connect();
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    const worker = await serve(
      workerSide,
      EchoService,
      echoHandlers({
        single: (_request, context) =>
          new Promise((_resolve, reject) => {
            context.signal.addEventListener("abort", () => reject(context.signal.reason));
          }),
      }),
    );
    const calls = [1, 2, 3].map((count) => failure(client.single({ count })));
    await until(() => worker.load.running + worker.load.waiting === 3);
    await worker.drain(200);
    for (const error of await Promise.all(calls)) {
      expect(error).toMatchObject({
        code: "UNAVAILABLE",
        rawMessage: "this worker of test.v1.EchoService stopped before the call had a result",
      });
    }
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
  });

  it("does not wait for ever for a handler that ignores its signal", async () => {
    const workerSide = await fixture.connect();
    const client = createClient<EchoClient>(await fixture.connect(), EchoService);
    const worker = await serve(
      workerSide,
      EchoService,
      echoHandlers({ say: () => new Promise(() => undefined) }),
    );
    const call = failure(client.say({}, { timeoutMs: 2_000 }));
    await until(() => worker.load.running === 1);
    await worker.drain(100);
    await worker.stopped;
    expect(await call).toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });
});

describe("nats.drain", () => {
  it("drains the workers and lets their nested calls and the own calls end", async () => {
    const backend = await fixture.connect();
    const hold = gate();
    await serve(
      backend,
      EchoService,
      echoHandlers({ slow: (request) => hold.opened.then(() => request) }),
    );
    const middle = await fixture.connect({ prefix: "middle" });
    const inner = createClient<EchoClient>({ ...middle, prefix: "" }, EchoService);
    const worker = await serve(
      middle,
      EchoService,
      echoHandlers({ say: (request, context) => inner.slow(request, { context }) }),
    );
    const outside = await fixture.connect({ prefix: "middle" });
    const outer = createClient<EchoClient>(outside, EchoService);
    const call = outer.say({ text: "through" });
    const own = inner.slow({ text: "own" });
    await until(() => worker.load.running === 1);
    const drained = middle.drain();
    hold.open();
    expect((await call).text).toBe("through");
    expect((await own).text).toBe("own");
    await drained;
    expect(middle.state).toBe("closed");
    await worker.stopped;
    await expect(inner.say({})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("close ends calls in flight with UNAVAILABLE, and the worker stops", async () => {
    const nats = await fixture.connect();
    const worker = await serve(
      nats,
      EchoService,
      echoHandlers({ say: () => new Promise(() => undefined) }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    const call = failure(client.say({}));
    await until(() => worker.load.running === 1);
    await nats.close();
    expect(await call).toMatchObject({ code: "UNAVAILABLE" });
    await worker.stopped;
    await expect(serve(nats, EchoService, echoHandlers())).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });
});
