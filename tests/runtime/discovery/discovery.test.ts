import { describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import { type NatsConnection, connect as natsConnect, RequestStrategy } from "nats";
import { semanticVersion, serviceName } from "../../../runtime/discovery/names.js";
import { createClient, NatsgenError, serve } from "../../../runtime/index.js";
import { type EchoClient, EchoService, echoHandlers } from "../support/echo.js";
import { failure, natsFixture } from "../support/fixture.js";
import { infoSchema, pingSchema, statsSchema } from "./micro-schemas.js";

const fixture = natsFixture();
const ajv = new Ajv({ allErrors: true, strict: true });

/** Asks as the `nats` command line does: one request, many answers. */
async function ask(connection: NatsConnection, subject: string, count: number): Promise<unknown[]> {
  const answers: unknown[] = [];
  const messages = await connection.requestMany(subject, "", {
    strategy: RequestStrategy.Count,
    maxWait: 5_000,
    maxMessages: count,
  });
  for await (const message of messages) {
    answers.push(message.json());
  }
  return answers;
}

async function withPlainClient<T>(use: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const connection = await natsConnect({ servers: fixture.server.url });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

function checked(schema: object, value: unknown): unknown {
  const validate = ajv.compile(schema);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
  return value;
}

describe("$SRV", () => {
  it("answers PING for all, for the name and for the id, from every instance", async () => {
    const nats = await fixture.connect();
    const first = await serve(nats, EchoService, echoHandlers());
    const second = await serve(nats, EchoService, echoHandlers());
    await withPlainClient(async (plain) => {
      for (const subject of ["$SRV.PING", "$SRV.PING.test_v1_EchoService"]) {
        const pings = await ask(plain, subject, 2);
        const ids = pings.map((ping) => (checked(pingSchema, ping) as { id: string }).id);
        expect(ids.sort()).toEqual([first.id, second.id].sort());
      }
      const [ping] = await ask(plain, `$SRV.PING.test_v1_EchoService.${first.id}`, 1);
      expect(checked(pingSchema, ping)).toMatchObject({
        name: "test_v1_EchoService",
        id: first.id,
        version: "1.2.3",
      });
    });
  });

  it("answers INFO with the real subjects and queue group", async () => {
    const nats = await fixture.connect({ prefix: "staging" });
    await serve(nats, EchoService, echoHandlers(), { queueGroup: "blue", metadata: { team: "x" } });
    await withPlainClient(async (plain) => {
      const [info] = await ask(plain, "$SRV.INFO.test_v1_EchoService", 1);
      expect(checked(infoSchema, info)).toMatchObject({
        description: "Says what it hears.",
        metadata: { team: "x", "natsgen.service": "test.v1.EchoService" },
        endpoints: expect.arrayContaining([
          {
            name: "Say",
            subject: "staging.test.v1.EchoService.Say",
            queue_group: "blue",
            metadata: {
              "natsgen.kind": "unary",
              "natsgen.input": "test.v1.Echo",
              "natsgen.output": "test.v1.Echo",
            },
          },
        ]),
      });
    });
  });

  it("counts calls and errors, and times the whole of an async handler", async () => {
    const nats = await fixture.connect();
    const workMs = 30;
    await serve(
      nats,
      EchoService,
      echoHandlers({
        say: async (request) => {
          const end = performance.now() + workMs;
          while (performance.now() < end) {
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
          return request;
        },
        slow: async () => {
          await Promise.resolve();
          throw new NatsgenError("NOT_FOUND", "no such thing");
        },
      }),
    );
    const client = createClient<EchoClient>(nats, EchoService);
    await client.say({});
    await client.say({});
    await failure(client.slow({}));
    await withPlainClient(async (plain) => {
      // Another connection: what the worker has answered, it has counted.
      const [stats] = await ask(plain, "$SRV.STATS.test_v1_EchoService", 1);
      const { endpoints } = checked(statsSchema, stats) as {
        endpoints: { name: string; processing_time: number; average_processing_time: number }[];
      };
      const say = endpoints.find(({ name }) => name === "Say");
      expect(say).toMatchObject({ num_requests: 2, num_errors: 0, last_error: "" });
      expect(say?.processing_time).toBeGreaterThanOrEqual(2 * workMs * 1e6);
      expect(say?.average_processing_time).toBe(Math.round((say?.processing_time ?? 0) / 2));
      expect(endpoints.find(({ name }) => name === "Slow")).toMatchObject({
        num_requests: 1,
        num_errors: 1,
        last_error: "[NOT_FOUND] no such thing",
      });
    });
  });

  it("is silent when told so, and after the drain", async () => {
    const nats = await fixture.connect();
    await serve(nats, EchoService, echoHandlers(), { discovery: false });
    const drained = await serve(nats, EchoService, echoHandlers());
    await drained.drain();
    await expect(nats.request("$SRV.PING", new Uint8Array(0))).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });
});

describe("names", () => {
  it("are what ADR-32 allows", () => {
    expect(serviceName("game.orders.v1.OrderService")).toBe("game_orders_v1_OrderService");
    expect(semanticVersion("1.2.3-rc.1+b")).toBe("1.2.3-rc.1+b");
    expect(semanticVersion("v1")).toBe("0.0.0");
  });
});
