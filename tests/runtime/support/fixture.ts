import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { type ConnectOptions, connect, type Logger, type Nats } from "../../../runtime/index.js";
import {
  type NatsServer,
  type NatsServerOptions,
  startNatsServer,
} from "../../../runtime/testing/index.js";

export interface Fixture {
  readonly server: NatsServer;
  /** A connection that ends with the test. */
  connect(options?: ConnectOptions): Promise<Nats>;
  /** What the connections have logged in this test. */
  readonly logged: LogLine[];
}

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** One server for the tests of a file, and connections for each of them. */
export function natsFixture(options: NatsServerOptions = {}): Fixture {
  let server: NatsServer | undefined;
  const open: Nats[] = [];
  const logged: LogLine[] = [];

  beforeAll(async () => {
    server = await startNatsServer(options);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((nats) => nats.close()));
    logged.length = 0;
  });
  afterAll(async () => {
    await server?.stop();
  });

  const log =
    (level: LogLine["level"]): Logger["info"] =>
    (fields, message) => {
      logged.push({ level, fields, message });
    };
  return {
    get server() {
      if (server === undefined) {
        throw new Error("the server has not been started");
      }
      return server;
    },
    logged,
    async connect(more = {}) {
      const nats = await connect({
        servers: this.server.url,
        logger: { info: log("info"), warn: log("warn"), error: log("error") },
        reconnectDelayMs: 50,
        ...more,
      });
      open.push(nats);
      return nats;
    },
  };
}

/** Waits until something is so; the test's own timeout ends it. */
export async function until(what: () => boolean): Promise<void> {
  while (!what()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The error that a promise fails with; fails itself when there is none. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it was expected to fail");
}

/** A promise to be settled by hand, for handlers that a test holds. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
