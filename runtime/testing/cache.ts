import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Where fetched tools are kept: `NATSGEN_CACHE`, else `natsgen` in the user's
 * cache folder (XDG base directories; `LOCALAPPDATA` on Windows).
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const own = env.NATSGEN_CACHE;
  if (own !== undefined && own !== "") return path.resolve(own);
  const base = process.platform === "win32" ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  // The XDG specification: a relative path in the variable is to be ignored.
  if (base !== undefined && path.isAbsolute(base)) return path.join(base, "natsgen");
  return path.join(homedir(), ".cache", "natsgen");
}

const heartbeatMs = 1_000;
const staleMs = 15_000;
const pollMs = 50;

/**
 * Holds a lock between processes while `work` runs. The lock is a folder, for
 * `mkdir` is atomic on every file system; its age is kept fresh by a heartbeat,
 * so that the lock of a process that died is taken over. A process id in a file
 * was rejected: ids mean nothing between containers that share a cache.
 */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!tryLock(lock)) await delay(pollMs);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimesSync(lock, now, now);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  // Renamed before it is removed: of several that find it stale, one succeeds.
  if (age > staleMs) discard(lock);
  return false;
}

function discard(lock: string): void {
  const grave = `${lock}.${process.pid}.${Date.now()}`;
  try {
    renameSync(lock, grave);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  rmSync(grave, { recursive: true, force: true });
}

/**
 * Fills a folder of the cache in one step: `fill` works in a temporary folder
 * beside it, which is renamed to `target` when complete. Nobody ever sees half.
 */
export async function placeAtomically(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  mkdirSync(path.dirname(target), { recursive: true });
  const incoming = mkdtempSync(path.join(path.dirname(target), ".incoming-"));
  try {
    await fill(incoming);
    renameSync(incoming, target);
  } catch (error) {
    // Another process was first, with the same content.
    if (!hasCode(error, "ENOTEMPTY") && !hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

/** By shape and not by `instanceof`: jest runs tests in a realm with an `Error` of its own. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
