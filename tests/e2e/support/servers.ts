import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect, type Nats } from "@natsgen/runtime";
import { findNatsServers, type NatsServer, startNatsServer } from "@natsgen/runtime/testing";

const { found, missing } = await findNatsServers();

export interface Running {
  /** A connection of its own, which ends with the tests. */
  connect(): Promise<Nats>;
  readonly url: string;
}

/**
 * Runs the same tests against the oldest supported and the newest known nats-server, as far
 * as they can be had here; what is missing is printed with its reason.
 */
export function describeOnServers(name: string, tests: (server: Running) => void): void {
  for (const reason of missing) process.stdout.write(`not tested: ${reason}\n`);
  it("finds at least one nats-server", () => {
    expect(found).not.toEqual([]);
  });
  describe.each(found)(`${name} on nats-server $version`, ({ path }) => {
    let server: NatsServer | undefined;
    const connections: Nats[] = [];
    const running = (): NatsServer => {
      if (server === undefined) throw new Error("the server is not running yet");
      return server;
    };
    beforeAll(async () => {
      server = await startNatsServer({ binary: path });
    });
    afterAll(async () => {
      await Promise.all(connections.map((nats) => nats.close()));
      await server?.stop();
    });
    tests({
      get url() {
        return running().url;
      },
      async connect() {
        const nats = await connect({ servers: running().url, logger: false });
        connections.push(nats);
        return nats;
      },
    });
  });
}
