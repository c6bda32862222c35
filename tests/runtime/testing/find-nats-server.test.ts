import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { cacheFolder, placeAtomically, withLock } from "../../../runtime/testing/cache.js";
import {
  findNatsServer,
  findNatsServers,
  natsServerVersions,
} from "../../../runtime/testing/find-nats-server.js";
import { checksumOf, releaseName, verifyChecksum } from "../../../runtime/testing/release.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "natsgen-find-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A command that does nothing but name its version. */
function fakeServer(file: string, version: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** PATH and cache in the test's folder: nothing of the machine is seen. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: path.join(folder, "bin"), NATSGEN_CACHE: path.join(folder, "cache"), ...more };
}

describe("findNatsServer", () => {
  it("takes NATS_SERVER before PATH, and PATH before the cache", async () => {
    const cached = fakeServer(path.join(folder, "cache/nats-server/1.0.3/nats-server"), "1.0.3");
    expect(await findNatsServer({ env: environment() })).toEqual({
      path: cached,
      version: "1.0.3",
    });

    const onPath = fakeServer(path.join(folder, "bin/nats-server"), "1.0.2");
    expect(await findNatsServer({ env: environment() })).toEqual({
      path: onPath,
      version: "1.0.2",
    });

    const own = fakeServer(path.join(folder, "mine"), "1.0.1");
    const env = environment({ NATS_SERVER: own });
    expect(await findNatsServer({ env })).toEqual({ path: own, version: "1.0.1" });
  });

  it("takes the newest of the cache, by number", async () => {
    fakeServer(path.join(folder, "cache/nats-server/2.9.10/nats-server"), "2.9.10");
    fakeServer(path.join(folder, "cache/nats-server/2.10.1/nats-server"), "2.10.1");
    expect(await findNatsServer({ env: environment() })).toMatchObject({ version: "2.10.1" });
  });

  it("passes over servers of another version than the one asked for", async () => {
    fakeServer(path.join(folder, "bin/nats-server"), "1.0.2");
    const env = environment({ NATS_SERVER: fakeServer(path.join(folder, "mine"), "1.0.1") });
    fakeServer(path.join(folder, "cache/nats-server/1.0.4/nats-server"), "1.0.4");
    expect(await findNatsServer({ env, version: "1.0.4" })).toMatchObject({ version: "1.0.4" });
    await expect(findNatsServer({ env, version: "1.0.5", fetch: false })).rejects.toThrow(
      /no nats-server 1\.0\.5[\s\S]*NATS_SERVER: .*mine is 1\.0\.1[\s\S]*PATH: .* is 1\.0\.2[\s\S]*cache/,
    );
  });

  it("refuses a NATS_SERVER that cannot be run", async () => {
    const env = environment({ NATS_SERVER: path.join(folder, "nowhere") });
    await expect(findNatsServer({ env })).rejects.toThrow(/nowhere: not an executable file/);
  });

  it("says what was tried when there is none", async () => {
    await expect(findNatsServer({ env: environment(), fetch: false })).rejects.toThrow(
      /NATS_SERVER: not set\n.*PATH: no nats-server\n.*cache: nothing[\s\S]*Set NATS_SERVER/,
    );
  });

  it("has a server to run the tests with", async () => {
    const { path: file, version } = await findNatsServer();
    expect(path.isAbsolute(file)).toBe(true);
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it("names what is missing of the oldest and the newest server", async () => {
    fakeServer(
      path.join(folder, `cache/nats-server/${natsServerVersions.oldest}/nats-server`),
      natsServerVersions.oldest,
    );
    const { found, missing } = await findNatsServers({ env: environment(), fetch: false });
    expect(found.map((binary) => binary.version)).toEqual([natsServerVersions.oldest]);
    expect(missing).toEqual([expect.stringContaining(natsServerVersions.newest)]);
  });
});

describe("the cache", () => {
  it("is NATSGEN_CACHE, else natsgen in the user's cache folder", () => {
    expect(cacheFolder({ NATSGEN_CACHE: "/a/b" })).toBe("/a/b");
    expect(cacheFolder({ XDG_CACHE_HOME: "/c" })).toBe("/c/natsgen");
    expect(cacheFolder({ XDG_CACHE_HOME: "relative" })).toMatch(/\.cache[/\\]natsgen$/);
  });

  it("is filled by one at a time", async () => {
    const lock = path.join(folder, "lock");
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 4 }, () =>
        withLock(lock, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("never shows half of an entry, and takes what another has placed first", async () => {
    const target = path.join(folder, "1.0.0");
    const fill = async (into: string): Promise<void> => writeFileSync(path.join(into, "x"), "x");
    const failing = placeAtomically(target, async (into) => {
      await fill(into);
      throw new Error("the disk is full");
    });
    await expect(failing).rejects.toThrow("the disk is full");
    expect(readdirSync(folder)).toEqual([]);
    await Promise.all([placeAtomically(target, fill), placeAtomically(target, fill)]);
    expect(readdirSync(folder)).toEqual(["1.0.0"]);
    expect(readdirSync(target)).toEqual(["x"]);
  });
});

describe("the release archive", () => {
  const bytes = new TextEncoder().encode("archive");
  const sum = createHash("sha256").update(bytes).digest("hex");

  it("is named by version, system and architecture", () => {
    expect(releaseName("2.15.2", "linux", "x64")).toBe("nats-server-v2.15.2-linux-amd64");
    expect(releaseName("2.15.2", "darwin", "arm64")).toBe("nats-server-v2.15.2-darwin-arm64");
    expect(() => releaseName("2.15.2", "aix", "ppc64")).toThrow("no release for aix on ppc64");
  });

  it("is refused unless its checksum is the one the release names", () => {
    const sums = `${"0".repeat(64)}  other.tar.gz\n${sum}  a.tar.gz\n`;
    expect(() => verifyChecksum(bytes, checksumOf("a.tar.gz", sums), "a.tar.gz")).not.toThrow();
    expect(() => verifyChecksum(bytes, checksumOf("other.tar.gz", sums), "other.tar.gz")).toThrow(
      /other\.tar\.gz has the SHA-256/,
    );
    expect(() => checksumOf("b.tar.gz", sums)).toThrow("do not name b.tar.gz");
  });
});
