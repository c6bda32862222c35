import { readFile } from "node:fs/promises";
import {
  type ConnectionOptions,
  credsAuthenticator,
  type NatsConnection,
  connect as natsConnect,
  nkeyAuthenticator,
} from "nats";
import { NatsgenError } from "../errors/error.js";
import { createNats, type Nats } from "../handle.js";
import { checkPublishSubject, normalizePrefix } from "../subjects/check.js";
import { createNatsTransport } from "./connection.js";
import { withEnvironment } from "./environment.js";
import { explainConnectError } from "./explain.js";
import { consoleLogger, guarded, silentLogger } from "./log.js";
import { type ConnectOptions, parseConnectOptions, type TlsOptions } from "./options.js";
import { parseServers, type ServerList } from "./servers.js";

const CONNECT_MS = 5_000;
const MAX_INBOX_PREFIX = 128;

/**
 * Connects to NATS.
 *
 * `connect("nats://host:4222")`, `connect({ servers, user, password, … })`, or
 * `connect()` with everything from the environment: NATS_URL, NATS_USER,
 * NATS_PASSWORD, NATS_TOKEN, NATS_NKEY_SEED, NATS_CREDS, NATS_CA, NATS_CERT,
 * NATS_KEY, NATS_PREFIX, NATS_INBOX_PREFIX, NATS_NAME. What the code says wins.
 *
 * @throws NatsgenError INVALID_ARGUMENT (options), UNAVAILABLE (no server
 * answers), UNAUTHENTICATED (the server refuses the credentials).
 */
export async function connect(options: string | ConnectOptions = {}): Promise<Nats> {
  const given = parseConnectOptions(typeof options === "string" ? { servers: options } : options);
  const settings = withEnvironment(given, process.env);
  const servers = parseServers(settings.servers);
  const prefix = normalizePrefix(settings.prefix);
  const inboxPrefix = checkPublishSubject(settings.inboxPrefix ?? "_INBOX");
  if (inboxPrefix.length > MAX_INBOX_PREFIX) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `connect: inboxPrefix has ${inboxPrefix.length} characters; the limit is ${MAX_INBOX_PREFIX}`,
    );
  }
  const log = settings.logger === false ? silentLogger : guarded(settings.logger ?? consoleLogger);
  const connection = await dial(await toNatsOptions(settings, servers), servers);
  const transport = createNatsTransport(connection, {
    log,
    inboxPrefix,
    offlineBuffer: settings.offlineBuffer ?? 0,
  });
  try {
    // The inbox is in place before the first request can be made.
    await transport.flush(settings.connectTimeoutMs ?? CONNECT_MS);
  } catch (error) {
    await transport.close();
    throw error;
  }
  return createNats(transport, prefix);
}

async function toNatsOptions(
  settings: ConnectOptions,
  servers: ServerList,
): Promise<ConnectionOptions> {
  const user = settings.user ?? servers.user;
  const password = settings.password ?? servers.password;
  const token = settings.token ?? servers.token;
  const reconnectMs = settings.reconnectDelayMs ?? 1_000;
  const tls = settings.tls ?? (servers.tls ? {} : undefined);
  if (tls !== undefined) {
    await checkTlsFiles(tls);
  }
  return {
    servers: [...servers.servers],
    timeout: settings.connectTimeoutMs ?? CONNECT_MS,
    reconnect: settings.reconnect ?? true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: reconnectMs,
    // Spreads a reconnect storm: hundreds of clients of one server come back at once.
    reconnectJitter: reconnectMs,
    reconnectJitterTLS: 2 * reconnectMs,
    pingInterval: settings.pingIntervalMs ?? 10_000,
    maxPingOut: 2,
    waitOnFirstConnect: settings.waitForServer ?? false,
    // An error with its stack for each request is the client's costliest habit; natsgen makes its own.
    noAsyncTraces: true,
    ...(settings.name === undefined ? {} : { name: settings.name }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { pass: password }),
    ...(token === undefined ? {} : { token }),
    ...(tls === undefined ? {} : { tls: withoutUndefined(tls) }),
    ...(await authenticator(settings)),
  };
}

async function authenticator(
  settings: ConnectOptions,
): Promise<Pick<ConnectionOptions, "authenticator">> {
  const { credentialsFile, nkeySeed } = settings;
  if (credentialsFile !== undefined) {
    const bytes = await read("credentialsFile", credentialsFile);
    try {
      return { authenticator: credsAuthenticator(bytes) };
    } catch (cause) {
      throw new NatsgenError(
        "INVALID_ARGUMENT",
        `connect: ${credentialsFile} is no credentials file`,
        { cause },
      );
    }
  }
  if (nkeySeed !== undefined) {
    return { authenticator: nkeyAuthenticator(new TextEncoder().encode(nkeySeed)) };
  }
  return {};
}

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Read here and not left to the client, whose error says neither which option nor what to do. */
async function read(option: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new NatsgenError("INVALID_ARGUMENT", `connect: cannot read ${option} ${file}`, { cause });
  }
}

async function checkTlsFiles(tls: TlsOptions): Promise<void> {
  for (const option of ["caFile", "certFile", "keyFile"] as const) {
    const file = tls[option];
    if (file !== undefined) {
      await read(`tls.${option}`, file);
    }
  }
}

async function dial(options: ConnectionOptions, servers: ServerList): Promise<NatsConnection> {
  try {
    return await natsConnect(options);
  } catch (cause) {
    throw explainConnectError(cause, servers.servers);
  }
}
