import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { connect, createClient, type Nats, NatsgenError, serve } from "../../runtime/index.js";
import { type NatsServer, startNatsServer } from "../../runtime/testing/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../runtime/support/echo.js";
import { until } from "../runtime/support/fixture.js";

const CALLS = 50_000;
const IN_FLIGHT = 128;
/** About five seconds on an idle machine. */
const SOAK_MS = 120_000;
/** What 40,000 calls may leave behind. A leak of one request each would be ten times this. */
const HEAP_GROWTH_BYTES = 4 * 1024 * 1024;

let server: NatsServer;
const open: Nats[] = [];
const rejections: unknown[] = [];
const warnings: Error[] = [];
const onRejection = (reason: unknown): void => {
  rejections.push(reason);
};
const onWarning = (warning: Error): void => {
  warnings.push(warning);
};

beforeAll(async () => {
  process.on("unhandledRejection", onRejection);
  process.on("warning", onWarning);
  server = await startNatsServer();
});
afterAll(async () => {
  process.off("unhandledRejection", onRejection);
  process.off("warning", onWarning);
  await Promise.all(open.splice(0).map((nats) => nats.close()));
  await server?.stop();
});

async function link(): Promise<Nats> {
  const nats = await connect({ servers: server.url, logger: false, reconnectDelayMs: 20 });
  open.push(nats);
  return nats;
}

/** Bytes in use once the garbage is gone. Jest's own process has no `gc` without this. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof gc !== "function") {
    throw new Error("this Node has no gc");
  }
  gc();
  return process.memoryUsage().heapUsed;
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

async function subscriptions(): Promise<number> {
  const response = await fetch(`${server.monitorUrl}/varz`);
  return ((await response.json()) as { subscriptions: number }).subscriptions;
}

/** Kinds of calls, and the codes that each may end with while the server is there. */
const KINDS = {
  ok: ["OK"],
  typed: ["NOT_FOUND"],
  thrown: ["INTERNAL"],
  timeout: ["DEADLINE_EXCEEDED"],
  cancelled: ["CANCELLED"],
  nobody: ["UNAVAILABLE"],
} as const;
type Kind = keyof typeof KINDS;
const MIX: readonly Kind[] = [
  ...Array<Kind>(45).fill("ok"),
  ...Array<Kind>(20).fill("typed"),
  ...Array<Kind>(10).fill("thrown"),
  ...Array<Kind>(10).fill("nobody"),
  ...Array<Kind>(10).fill("cancelled"),
  ...Array<Kind>(5).fill("timeout"),
];

it(
  "50,000 calls of all outcomes and a restart of the server leave nothing behind",
  async () => {
    const workerSide = await link();
    const clientSide = await link();
    const resting = timers();
    const worker = await serve(
      workerSide,
      EchoService,
      echoHandlers({
        say: async (request) => {
          if (request.text === "typed") {
            throw new NatsgenError("NOT_FOUND", "typed");
          }
          if (request.text === "thrown") {
            throw new Error("thrown");
          }
          return request;
        },
        // Ends when its caller has given up; whichever of the two is first says the same.
        slow: (_request, context) =>
          new Promise((_resolve, reject) => {
            context.signal.addEventListener("abort", () => reject(context.signal.reason));
          }),
      }),
    );
    const subscribed = await subscriptions();
    const client = createClient<EchoClient>(clientSide, EchoService);
    const nobody = createClient<EchoClient>({ ...clientSide, prefix: "nobody." }, EchoService);
    const shared = new AbortController();

    function start(kind: Kind, count: number): Promise<unknown> {
      switch (kind) {
        case "timeout":
          return client.slow({ count }, { timeoutMs: 10, signal: shared.signal });
        case "cancelled": {
          const controller = new AbortController();
          const call = client.slow({ count }, { timeoutMs: 50, signal: controller.signal });
          controller.abort();
          return call;
        }
        case "nobody":
          return nobody.say({ count });
        default:
          return client.say({ text: kind, count }, { timeoutMs: 20_000, signal: shared.signal });
      }
    }

    const outcomes = new Map<string, number>();
    let sent = 0;
    let away = false;
    async function caller(last: number): Promise<void> {
      while (sent < last) {
        const count = sent++;
        const kind = MIX[count % MIX.length] ?? "ok";
        const wasAway = away;
        const code = await start(kind, count).then(
          () => "OK",
          (error: unknown) => NatsgenError.from(error).code,
        );
        outcomes.set(`${kind}: ${code}`, (outcomes.get(`${kind}: ${code}`) ?? 0) + 1);
        if (wasAway || away) {
          expect([...KINDS[kind], "UNAVAILABLE", "DEADLINE_EXCEEDED"]).toContain(code);
          // Without it the rest of the calls would be used up on a server that is not there.
          await until(() => clientSide.state === "connected" && workerSide.state === "connected");
        } else {
          expect({ kind, code }).toEqual({ kind, code: KINDS[kind][0] });
        }
      }
    }
    const run = (to: number): Promise<unknown> =>
      Promise.all(Array.from({ length: IN_FLIGHT }, () => caller(to)));

    await run(CALLS / 5);
    const before = heapUsed();
    const rest = run(CALLS);
    await until(() => sent >= CALLS / 2);
    away = true;
    await server.kill();
    await until(() => clientSide.state === "disconnected" && workerSide.state === "disconnected");
    await server.restart();
    await until(() => clientSide.state === "connected" && workerSide.state === "connected");
    // Confirmed: the worker's subscriptions are in place again.
    await workerSide.transport.flush(20_000);
    away = false;
    await rest;

    expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(CALLS);
    for (const [kind, codes] of Object.entries(KINDS)) {
      expect(outcomes.get(`${kind}: ${codes[0]}`)).toBeGreaterThan(1_000);
    }
    await until(() => worker.load.running === 0);
    expect(worker.load).toEqual({ running: 0, waiting: 0 });
    // Every request and every watched context has a place on its connection's timer
    // wheel, and a wheel ticks while it has any: so none is left when no timer is.
    await until(() => timers() <= resting);
    expect(await subscriptions()).toBe(subscribed);
    expect(heapUsed() - before).toBeLessThan(HEAP_GROWTH_BYTES);
    expect({ rejections, warnings }).toEqual({ rejections: [], warnings: [] });
  },
  SOAK_MS,
);
