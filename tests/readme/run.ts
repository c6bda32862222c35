import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./code-blocks.js";

/**
 * An empty folder inside the tree, so that what runs in it finds `@natsgen/runtime` in
 * node_modules as an installed project would.
 */
export function emptyFolder(name: string): string {
  const folder = path.join(root, ".cache/tests", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves with the first line printed. */
  readonly firstLine: Promise<string>;
  /** Resolves with all that was printed; rejects with it when the exit code is not 0. */
  readonly output: Promise<string>;
}

/** Starts a script of node in a folder. */
export function startNode(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let heard: (line: string) => void = () => undefined;
  const line = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const onData = (chunk: Buffer): void => {
    printed += chunk.toString();
    const end = printed.indexOf("\n");
    if (end >= 0) heard(printed.slice(0, end));
  };
  child.stdout.on("data", onData);
  child.stderr.on("data", onData);
  const output = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${args.join(" ")} ended with code ${code}:\n${printed}`));
    });
  });
  return { child, firstLine: Promise.race([line, output]), output };
}

export function runNode(folder: string, args: readonly string[]): Promise<string> {
  return startNode(folder, args).output;
}

/** The command, as `npx natsgen` would run it. */
export const natsgen = path.join(root, "bin/natsgen.js");
export const tsc = path.join(root, "node_modules/typescript/bin/tsc");
