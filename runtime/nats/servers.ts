import { NatsgenError } from "../errors/error.js";

export interface ServerList {
  /** `host:port` without credentials: what errors and logs may show. */
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
}

const DEFAULT_SERVER = "nats://127.0.0.1:4222";

/**
 * Reads server URLs: `nats://host:port`, `tls://…`, `host:port`, with
 * `user:password@` or `token@`, several separated by commas. The client itself
 * drops the credentials of a URL, so they are taken out here.
 */
export function parseServers(input: string | readonly string[] | undefined): ServerList {
  const texts = (typeof input === "string" ? [input] : (input ?? [DEFAULT_SERVER]))
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
  if (texts.length === 0) {
    throw new NatsgenError("INVALID_ARGUMENT", "connect: servers is empty");
  }
  const urls = texts.map(parseUrl);
  const withUser = urls.find((url) => url.username !== "");
  const user = decodePart(withUser?.username);
  const password = decodePart(withUser?.password);
  return {
    servers: urls.map((url) => `${url.hostname}:${url.port || "4222"}`),
    tls: texts.some((text) => text.startsWith("tls://")),
    ...(user === "" ? {} : password === "" ? { token: user } : { user, password }),
  };
}

function parseUrl(text: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "nats" && scheme !== "tls") {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `connect: ${scheme}:// is not supported; use nats:// or tls://`,
    );
  }
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3);
  try {
    // `nats:` is no special scheme to URL, which then accepts almost anything as a host.
    const url = new URL(`http://${rest}`);
    if (url.port === "" && /:80$/.test(rest)) {
      url.protocol = "https:";
      url.port = "80";
    }
    return url;
  } catch {
    // Neither the text nor Node's error, which has it as `input`: it may hold a password.
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      "connect: a server is not a URL like nats://host:4222",
    );
  }
}

function decodePart(text = ""): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      'connect: the credentials in a server URL are not percent-encoded; write "%" as "%25"',
    );
  }
}
