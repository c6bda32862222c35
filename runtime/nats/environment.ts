import type { ConnectOptions, TlsOptions } from "./options.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says about the connection. Names follow NATS's own
 * command line (NATS_URL, NATS_USER, NATS_PASSWORD, NATS_CREDS, NATS_NKEY,
 * NATS_CA, NATS_CERT, NATS_KEY); the rest is natsgen's.
 *
 * An empty variable counts as absent, since that is how most deployments say it.
 */
export function fromEnvironment(env: Environment): ConnectOptions {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  const tls: TlsOptions = {
    caFile: read("NATS_CA"),
    certFile: read("NATS_CERT"),
    keyFile: read("NATS_KEY"),
  };
  const hasTls = Object.values(tls).some((value) => value !== undefined);
  return {
    servers: read("NATS_URL"),
    name: read("NATS_NAME"),
    prefix: read("NATS_PREFIX"),
    user: read("NATS_USER"),
    password: read("NATS_PASSWORD"),
    token: read("NATS_TOKEN"),
    nkeySeed: read("NATS_NKEY_SEED") ?? read("NATS_NKEY"),
    credentialsFile: read("NATS_CREDS"),
    inboxPrefix: read("NATS_INBOX_PREFIX"),
    tls: hasTls ? tls : undefined,
  };
}

const CREDENTIALS = ["user", "password", "token", "nkeySeed", "credentialsFile"] as const;

/**
 * Options over the environment. Credentials go as one: options that name any of
 * them get none from the environment, so that a token in the code and a user in
 * the environment never mix.
 */
export function withEnvironment(options: ConnectOptions, env: Environment): ConnectOptions {
  const merged: Record<string, unknown> = { ...fromEnvironment(env) };
  if (CREDENTIALS.some((key) => options[key] !== undefined)) {
    for (const key of CREDENTIALS) {
      merged[key] = undefined;
    }
  }
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined) {
      merged[key] = value;
    }
  }
  return merged;
}
