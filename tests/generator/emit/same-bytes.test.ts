import { execFile } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { generate } from "../../../generator/pipeline.js";
import { ROOT } from "../cli/run.js";
import { createFolder, type Folder } from "../output/folder.js";

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

const check = (input: string) =>
  generate({ inputs: [input], out: join(ROOT, "generated"), cwd: ROOT, check: true });

describe("the committed generated/", () => {
  it("is what proto/ generates", async () => {
    expect(await check("proto")).toMatchObject({ status: "fresh", findings: [] });
  });

  it("is what proto/ generates with the line ends of Windows", async () => {
    cpSync(join(ROOT, "proto"), join(folder.path, "proto"), { recursive: true });
    const schemas = readdirSync(folder.path, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".proto"),
    );
    for (const file of schemas) folder.write(file, folder.read(file).replaceAll("\n", "\r\n"));
    expect(folder.read("proto/game/auth/v1/auth.proto")).toContain(";\r\n");
    const result = await check(join(folder.path, "proto"));
    expect(result).toMatchObject({ status: "fresh", findings: [] });
  });

  it("is what a descriptor set generates that buf made of proto/", async () => {
    const set = join(folder.path, "schemas.binpb");
    const buf = join(ROOT, "node_modules/@bufbuild/buf/bin/buf");
    await promisify(execFile)(process.execPath, [buf, "build", "-o", set], { cwd: ROOT });
    expect(readFileSync(set).length).toBeGreaterThan(10_000);
    expect(await check(set)).toMatchObject({ status: "fresh", findings: [] });
  });
});
