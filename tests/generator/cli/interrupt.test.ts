import { spawn } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createFolder, type Folder } from "../output/folder.js";
import { BIN, natsgen } from "./run.js";

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

/** Enough files that writing them takes a while. */
function writeSchemas(field: string): void {
  for (let index = 0; index < 60; index++) {
    const messages = Array.from(
      { length: 20 },
      (_, n) => `message M${n} { string ${field} = 1; M${n} next = 2; }`,
    );
    folder.write(
      `proto/big/p${index}/v1/big.proto`,
      `syntax = "proto3";\npackage big.p${index}.v1;\n${messages.join("\n")}\n`,
    );
  }
}

const generated = () =>
  Object.entries(folder.files()).filter(
    ([path]) => path.startsWith("out/") && !path.startsWith("out/.natsgen-"),
  );

/** Runs natsgen and sends `signal` as soon as it begins to write beside the old files. */
async function interrupted(signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [BIN, "proto", "--out", "out"], {
    cwd: folder.path,
    stdio: "ignore",
  });
  const watcher = watch(join(folder.path, "out"), (_event, name) => {
    if (name?.startsWith(".natsgen-")) child.kill(signal);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (_code, by) => resolve(by));
    });
  } finally {
    watcher.close();
  }
}

describe("a run that is stopped while it writes", () => {
  it.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)(
    "by %s leaves only whole files, and the next run completes it",
    async (signal) => {
      writeSchemas("first");
      expect(await natsgen(["proto", "--out", "out"], { cwd: folder.path })).toMatchObject({
        code: 0,
      });
      const before = new Map(generated());
      writeSchemas("second");
      expect(await interrupted(signal)).toBe(signal);
      const between = new Map(generated());
      expect(await natsgen(["proto", "--out", "out"], { cwd: folder.path })).toMatchObject({
        code: 0,
      });
      const after = new Map(generated());
      for (const [path, text] of between)
        expect([before.get(path), after.get(path)]).toContain(text);
      if (signal !== "SIGKILL") {
        // A signal that can be caught comes before the first rename or after the last.
        expect([before, after]).toContainEqual(between);
      }
      expect([...after.keys()]).toEqual([...before.keys()]);
      expect(existsSync(join(folder.path, "out/big/p0/v1/messages.ts"))).toBe(true);
      expect(Object.keys(folder.files()).filter((path) => path.includes(".natsgen-"))).toEqual([]);
    },
  );
});
