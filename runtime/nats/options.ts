import { z } from "zod";
import { describeUnknown } from "../check-keys.js";
import { NatsgenError } from "../errors/error.js";
import type { Logger } from "../transport.js";

const isFunction = (value: unknown): boolean => typeof value === "function";

const logger = z.custom<Logger>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    ["info", "warn", "error"].every((level) => isFunction(Reflect.get(value, level))),
  "must have info, warn and error functions",
);

const milliseconds = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);

const schema = z.strictObject({
  servers: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  name: z.string().optional(),
  prefix: z.string().optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  token: z.string().optional(),
  nkeySeed: z.string().optional(),
  credentialsFile: z.string().optional(),
  tls: z
    .strictObject({
      ca: z.string().optional(),
      caFile: z.string().optional(),
      cert: z.string().optional(),
      certFile: z.string().optional(),
      key: z.string().optional(),
      keyFile: z.string().optional(),
      handshakeFirst: z.boolean().optional(),
    })
    .optional(),
  inboxPrefix: z.string().optional(),
  connectTimeoutMs: milliseconds.optional(),
  waitForServer: z.boolean().optional(),
  reconnect: z.boolean().optional(),
  reconnectDelayMs: milliseconds.optional(),
  pingIntervalMs: milliseconds.optional(),
  offlineBuffer: z.number().int().nonnegative().optional(),
  logger: z.union([logger, z.literal(false)]).optional(),
});

/** How to reach NATS. Everything is optional; the environment fills in what is absent. */
export interface ConnectOptions {
  /** `nats://host:port`, several, or one text with commas. Default `nats://127.0.0.1:4222`. */
  readonly servers?: string | readonly string[] | undefined;
  /** Name of the connection, shown by NATS tools. */
  readonly name?: string | undefined;
  /** Put before every subject of clients, services and events: `staging`. */
  readonly prefix?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** Seed of an NKey: `SU…`. */
  readonly nkeySeed?: string | undefined;
  /** Path of a `.creds` file (JWT and seed). */
  readonly credentialsFile?: string | undefined;
  /** PEM text, or paths of PEM files. `{}`: TLS with the system's authorities. */
  readonly tls?: TlsOptions | undefined;
  /** Prefix of reply inboxes, for accounts that confine them. Default `_INBOX`. */
  readonly inboxPrefix?: string | undefined;
  /** Default 5,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Keep trying until a server answers, in place of failing at once. Default false. */
  readonly waitForServer?: boolean | undefined;
  /** Reconnect for ever after a lost connection. Default true. */
  readonly reconnect?: boolean | undefined;
  /** Wait between two attempts at the same server, with jitter. Default 1,000. */
  readonly reconnectDelayMs?: number | undefined;
  /** A server that leaves two of these unanswered is gone. Default 10,000. */
  readonly pingIntervalMs?: number | undefined;
  /**
   * Requests that are held while disconnected, each until its own deadline, and
   * sent after the reconnect. Default 0: they fail with UNAVAILABLE at once.
   */
  readonly offlineBuffer?: number | undefined;
  /** Default: warnings and errors to the console. `false`: silent. */
  readonly logger?: Logger | false | undefined;
}

export interface TlsOptions {
  readonly ca?: string | undefined;
  readonly caFile?: string | undefined;
  readonly cert?: string | undefined;
  readonly certFile?: string | undefined;
  readonly key?: string | undefined;
  readonly keyFile?: string | undefined;
  /** TLS before the server's INFO line, as its `handshake_first` asks. */
  readonly handshakeFirst?: boolean | undefined;
}

/** Checks options; throws INVALID_ARGUMENT that lists everything wrong with them. */
export function parseConnectOptions(options: unknown): ConnectOptions {
  const result = schema.safeParse(options);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") {
      return [`${path.join(".") || "options"}: ${issue.message}`];
    }
    const known = path[0] === "tls" ? TLS_KEYS : KEYS;
    return issue.keys.map((key) => {
      const problem = describeUnknown(key, known);
      return path.length === 0 ? problem : `${path.join(".")}: ${problem}`;
    });
  });
  throw new NatsgenError("INVALID_ARGUMENT", `connect: ${problems.join("; ")}`);
}

const KEYS = Object.keys(schema.shape);
const TLS_KEYS = Object.keys(schema.shape.tls.unwrap().shape);
