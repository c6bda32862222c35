import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cacheFolder, placeAtomically, withLock } from "../../runtime/testing/cache.js";
import { findOnPath, runCommand } from "../../runtime/testing/command.js";
import { unpackDebianPackages } from "../../runtime/testing/debian.js";

/** Real protoc, to compare with. Only tests use it. */
export interface Protoc {
  readonly path: string;
  /** `libprotoc 3.21.12` */
  readonly version: string;
  /** Runs protoc. Rejects with what it printed when it fails. */
  run(args: readonly string[], input?: Uint8Array): Promise<Buffer>;
}

let known: Promise<Protoc> | undefined;

/** Finds protoc: `PROTOC` (a path), PATH, natsgen's cache; else fetches Debian's into the cache. */
export function findProtoc(): Promise<Protoc> {
  known ??= search();
  return known;
}

async function search(): Promise<Protoc> {
  const own = process.env.PROTOC;
  const onPath = own === undefined || own === "" ? findOnPath("protoc") : own;
  if (onPath !== undefined) return describe(onPath);
  const target = path.join(cacheFolder(), "protoc");
  const unpacked = path.join(target, "root");
  if (!existsSync(unpacked)) {
    await withLock(path.join(path.dirname(target), ".lock-protoc"), async () => {
      if (!existsSync(unpacked)) await fetchProtoc(target);
    });
  }
  const libraries = path.join(unpacked, "usr", "lib");
  const folders = readdirSync(libraries).map((folder) => path.join(libraries, folder));
  return describe(path.join(unpacked, "usr", "bin", "protoc"), folders.join(path.delimiter));
}

async function fetchProtoc(target: string): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "natsgen-protoc-"));
  try {
    await unpackDebianPackages(["protobuf-compiler", "libprotoc32", "libprotobuf32"], work);
    chmodSync(work, 0o755);
    await placeAtomically(target, async (incoming) => {
      cpSync(work, path.join(incoming, "root"), { recursive: true, verbatimSymlinks: true });
    });
  } catch (error) {
    throw new Error("no protoc on PATH, and Debian's could not be fetched", { cause: error });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function describe(file: string, libraryPath?: string): Promise<Protoc> {
  const env = libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath };
  const version = (await runCommand(file, ["--version"], { env })).trim();
  return {
    path: file,
    version,
    run: (args, input) =>
      new Promise((resolve, reject) => {
        const child = execFile(
          file,
          args,
          { env: { ...process.env, ...env }, encoding: "buffer", maxBuffer: 64 * 1024 * 1024 },
          (error, stdout, stderr) => {
            if (error === null) resolve(stdout);
            else reject(new Error(`protoc ${args.join(" ")}\n${stderr.toString()}`));
          },
        );
        // A protoc that refuses its arguments reads nothing; what it printed says why.
        child.stdin?.on("error", () => undefined);
        child.stdin?.end(input ?? "");
      }),
  };
}
