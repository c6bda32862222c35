import { startNatsServer } from "@natsgen/runtime/testing";
import { type Child, startChild } from "../lib/child.js";
import type { ClientInit, LoadRequest, LoadResult } from "./client-program.js";
import type { ClosedLoopOptions, ClosedLoopResult } from "./closed-loop.js";
import type { ServerInit } from "./server-program.js";
import type { VariantName } from "./variant.js";

/** A server process and a client process of one variant. */
export interface Pair {
  readonly variant: VariantName;
  load<Q extends LoadRequest>(request: Q): Promise<LoadResult<Q>>;
  /** CPU time of the server process so far, in microseconds. */
  serverCpuMicros(): Promise<number>;
  stop(): Promise<void>;
}

/** How each variant is named in tables. */
export const titles: Readonly<Record<VariantName, string>> = {
  "bare-request": "bare `nc.request()` + pbjs",
  "bare-multiplexer": "bare multiplexer + pbjs",
  grpc: "grpc-js",
  fastify: "Fastify JSON + undici",
  natsgen: "natsgen",
};

/**
 * Runs `body` with the processes of these variants and one nats-server. All end
 * with it, whatever it does.
 *
 * @param nodeArguments for Node, by variant and process.
 */
export async function withPairs<T>(
  variants: readonly VariantName[],
  body: (pairs: readonly Pair[]) => Promise<T>,
  nodeArguments: (process: "client" | "server") => readonly string[] = () => [],
): Promise<T> {
  const nats = await startNatsServer();
  const pairs: Pair[] = [];
  try {
    for (const variant of variants) {
      pairs.push(await startPair(variant, nats.url, nodeArguments));
    }
    return await body(pairs);
  } finally {
    await Promise.all(pairs.map((pair) => pair.stop()));
    await nats.stop();
  }
}

async function startPair(
  variant: VariantName,
  natsUrl: string,
  nodeArguments: (process: "client" | "server") => readonly string[],
): Promise<Pair> {
  const server: Child<null, number> = await startChild(
    new URL("./server-program.js", import.meta.url),
    { init: { variant, natsUrl } satisfies ServerInit, execArgv: nodeArguments("server") },
  );
  try {
    const client: Child<LoadRequest, LoadResult> = await startChild(
      new URL("./client-program.js", import.meta.url),
      {
        init: { variant, url: String(server.ready) } satisfies ClientInit,
        execArgv: nodeArguments("client"),
      },
    );
    return {
      variant,
      load: async <Q extends LoadRequest>(request: Q) =>
        (await client.run(request)) as LoadResult<Q>,
      serverCpuMicros: () => server.run(null),
      async stop() {
        await client.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export interface ClosedRound extends ClosedLoopResult {
  /** CPU time of the server process for each call, in microseconds. */
  readonly serverCpuMicros: number;
}

/** One round of calls in so many lanes, with what it cost both processes. */
export async function closedRound(pair: Pair, options: ClosedLoopOptions): Promise<ClosedRound> {
  const before = await pair.serverCpuMicros();
  const result = await pair.load({ kind: "closed", ...options });
  const after = await pair.serverCpuMicros();
  return { ...result, serverCpuMicros: (after - before) / result.calls };
}
