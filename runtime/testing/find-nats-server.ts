import { copyFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder, placeAtomically, withLock } from "./cache.js";
import { findOnPath, isExecutableFile, messageOf, runCommand } from "./command.js";
import { unpackDebianPackages } from "./debian.js";
import { unpackRelease } from "./release.js";

/** The oldest server that natsgen supports, and the newest that it was tested with. */
export const natsServerVersions = { oldest: "2.9.10", newest: "2.15.2" } as const;

export interface NatsServerBinary {
  readonly path: string;
  /** `2.15.2`: without a `v`. */
  readonly version: string;
}

export interface FindOptions {
  /** This version and no other: `2.9.10`. Default: whichever is found first. */
  readonly version?: string;
  /** Default true. False: look, but fetch nothing. */
  readonly fetch?: boolean;
  /** Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
}

const fileName = process.platform === "win32" ? "nats-server.exe" : "nats-server";

/**
 * Finds a nats-server, in this order: `NATS_SERVER` (a path), PATH, natsgen's
 * cache; then fetches one into the cache: Debian's package, the official release
 * archive, `go install`. Needs no root. Several processes may call it at once.
 *
 * Throws an error that says what was tried, and why each try failed.
 */
export async function findNatsServer(options: FindOptions = {}): Promise<NatsServerBinary> {
  const env = options.env ?? process.env;
  const tried: string[] = [];
  const found =
    (await fromEnvironment(env, options.version, tried)) ??
    (await fromPath(env, options.version, tried)) ??
    (await fromCache(env, options.version));
  if (found !== undefined) return found;
  const cache = path.join(cacheFolder(env), "nats-server");
  tried.push(`cache: nothing that fits in ${cache}`);
  if (options.fetch === false) throw notFound(options.version, tried);
  return withLock(path.join(cache, `.lock-${options.version ?? "any"}`), async () => {
    // Whoever held the lock before may have fetched it.
    const fetched = await fromCache(env, options.version);
    return fetched ?? (await fetchNatsServer(cache, options.version, tried));
  });
}

/**
 * The servers to test against: the oldest supported and the newest known, as far
 * as they can be had here. `missing` says why one cannot.
 */
export async function findNatsServers(
  options: Omit<FindOptions, "version"> = {},
): Promise<{ readonly found: readonly NatsServerBinary[]; readonly missing: readonly string[] }> {
  const found: NatsServerBinary[] = [];
  const missing: string[] = [];
  for (const version of Object.values(natsServerVersions)) {
    try {
      found.push(await findNatsServer({ ...options, version }));
    } catch (error) {
      missing.push(messageOf(error));
    }
  }
  return { found, missing };
}

async function fromEnvironment(
  env: NodeJS.ProcessEnv,
  version: string | undefined,
  tried: string[],
): Promise<NatsServerBinary | undefined> {
  const file = env.NATS_SERVER;
  if (file === undefined || file === "") {
    tried.push("NATS_SERVER: not set");
    return undefined;
  }
  // Set and unusable is a mistake to be told, not a reason to take another one.
  if (!isExecutableFile(file)) throw new Error(`NATS_SERVER is ${file}: not an executable file`);
  return matching(await identify(file), version, "NATS_SERVER", tried);
}

async function fromPath(
  env: NodeJS.ProcessEnv,
  version: string | undefined,
  tried: string[],
): Promise<NatsServerBinary | undefined> {
  const file = findOnPath("nats-server", env.PATH ?? "");
  if (file === undefined) {
    tried.push("PATH: no nats-server");
    return undefined;
  }
  return matching(await identify(file), version, "PATH", tried);
}

function matching(
  binary: NatsServerBinary,
  version: string | undefined,
  where: string,
  tried: string[],
): NatsServerBinary | undefined {
  if (version === undefined || binary.version === version) return binary;
  tried.push(`${where}: ${binary.path} is ${binary.version}`);
  return undefined;
}

async function fromCache(
  env: NodeJS.ProcessEnv,
  version: string | undefined,
): Promise<NatsServerBinary | undefined> {
  const cache = path.join(cacheFolder(env), "nats-server");
  const versions = version === undefined ? cachedVersions(cache) : [version];
  return versions
    .map((each) => ({ path: path.join(cache, each, fileName), version: each }))
    .find((binary) => isExecutableFile(binary.path));
}

/** The newest first. */
function cachedVersions(cache: string): readonly string[] {
  const byNumber = new Intl.Collator("en", { numeric: true });
  try {
    return readdirSync(cache)
      .filter((entry) => /^\d/.test(entry))
      .sort((a, b) => byNumber.compare(b, a));
  } catch {
    return [];
  }
}

type Source = (version: string, folder: string) => Promise<string>;

const sources: Readonly<Record<string, Source>> = {
  "Debian package": async (_version, folder) => {
    await unpackDebianPackages(["nats-server"], folder);
    return path.join(folder, "usr", "sbin", fileName);
  },
  "release archive": async (version, folder) =>
    path.join(await unpackRelease(version, folder), fileName),
  "go install": async (version, folder) => {
    await runCommand("go", ["install", `github.com/nats-io/nats-server/v2@v${version}`], {
      env: { GOBIN: folder, CGO_ENABLED: "0", GOFLAGS: "-trimpath" },
      timeoutMs: 600_000,
    });
    return path.join(folder, fileName);
  },
};

async function fetchNatsServer(
  cache: string,
  version: string | undefined,
  tried: string[],
): Promise<NatsServerBinary> {
  for (const [name, source] of Object.entries(sources)) {
    const folder = await mkdtemp(path.join(tmpdir(), "natsgen-fetch-"));
    try {
      const file = await source(version ?? natsServerVersions.newest, folder);
      const binary = matching(await identify(file), version, name, tried);
      if (binary === undefined) continue;
      const target = path.join(cache, binary.version);
      await placeAtomically(target, async (incoming) => {
        copyFileSync(binary.path, path.join(incoming, fileName));
      });
      return { path: path.join(target, fileName), version: binary.version };
    } catch (error) {
      tried.push(`${name}: ${messageOf(error)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw notFound(version, tried);
}

async function identify(file: string): Promise<NatsServerBinary> {
  const printed = await runCommand(file, ["--version"]);
  const version = /v?(\d+\.\d+\.\d+\S*)/.exec(printed)?.[1];
  if (version === undefined)
    throw new Error(`${file} is no nats-server: it says ${printed.trim()}`);
  return { path: file, version };
}

function notFound(version: string | undefined, tried: readonly string[]): Error {
  const what = version === undefined ? "nats-server" : `nats-server ${version}`;
  const lines = tried.map((line) => `  - ${line}`).join("\n");
  return new Error(
    `no ${what} was found, and none could be fetched:\n${lines}\nSet NATS_SERVER to the path of one.`,
  );
}
