import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type NatsServer, type NatsServerOptions, startNatsServer } from "./start-nats-server.js";

export interface NatsCluster {
  readonly servers: readonly NatsServer[];
  /** The clients' addresses of all members. */
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

const pollMs = 20;

/**
 * Starts `size` servers that know each other, and waits until each has a route to
 * every other and, with JetStream, until the cluster has a leader.
 */
export async function startNatsCluster(
  size: number,
  options: Omit<NatsServerOptions, "port"> = {},
): Promise<NatsCluster> {
  const ports = await freePorts(size);
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(",");
  const started = await Promise.allSettled(
    ports.map((port, index) =>
      startNatsServer({
        ...options,
        args: [
          ...["-n", `natsgen-${index + 1}`, "--cluster_name", "natsgen"],
          ...["--cluster", `nats://127.0.0.1:${port}`, "--routes", routes],
          ...(options.args ?? []),
        ],
      }),
    ),
  );
  const servers = started.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    for (const each of started) if (each.status === "rejected") throw each.reason;
    const end = Date.now() + (options.timeoutMs ?? 30_000);
    for (const server of servers) {
      await waitUntil(() => isMember(server, size, options.jetstream === true), end);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { servers, urls: servers.map((server) => server.url), stop };
}

async function isMember(server: NatsServer, size: number, jetstream: boolean): Promise<boolean> {
  const { routes = [] } = await monitor<{ routes?: { remote_id: string }[] }>(server, "routez");
  // Newer servers hold several routes to each of the others.
  if (new Set(routes.map((route) => route.remote_id)).size < size - 1) return false;
  if (!jetstream) return true;
  const { meta_cluster: meta } = await monitor<{
    meta_cluster?: {
      leader?: string;
      cluster_size?: number;
      replicas?: { name: string; current?: boolean; offline?: boolean }[];
    };
  }>(server, "jsz");
  if (meta?.cluster_size !== size || (meta.leader ?? "") === "") return false;
  const { leader, replicas = [] } = meta;
  // Only the leader knows who keeps up, and it places no replica on a member that does not.
  if (replicas.some(({ name }) => name === leader)) return true;
  return replicas.every(({ current, offline }) => current === true && offline !== true);
}

async function monitor<T>(server: NatsServer, endpoint: string): Promise<T> {
  const response = await fetch(`${server.monitorUrl}/${endpoint}`);
  const body: T = JSON.parse(await response.text());
  return body;
}

async function waitUntil(condition: () => Promise<boolean>, end: number): Promise<void> {
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("the NATS cluster did not form in time");
    await delay(pollMs);
  }
}

/** Held together until all are known, so that none is given out twice. */
async function freePorts(count: number): Promise<readonly number[]> {
  const holders = await Promise.all(Array.from({ length: count }, holdPort));
  await Promise.all(holders.map((holder) => holder.release()));
  return holders.map((holder) => holder.port);
}

function holdPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const holder = createServer();
    holder.once("error", reject);
    holder.listen(0, "127.0.0.1", () => {
      const address = holder.address();
      if (address === null || typeof address === "string") {
        reject(new Error("the system gave no port"));
        return;
      }
      const release = (): Promise<void> => new Promise((done) => holder.close(() => done()));
      resolve({ port: address.port, release });
    });
  });
}
