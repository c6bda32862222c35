import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { type Generated, generateMessages, ROOT, SCHEMAS } from "../../protobuf/generate.js";

const GOLDEN = join(ROOT, "tests/golden/messages");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

/**
 * The generated text itself, kept in tests/golden/messages to be read and
 * reviewed. After a change that is meant: UPDATE_GOLDEN=1 npx jest tests/generator/messages
 */
describe("generated messages", () => {
  let generated: Generated;

  beforeAll(async () => {
    const inputs = ["everything.proto", "legacy.proto", "other.proto"];
    generated = await generateMessages(inputs.map((file) => join(SCHEMAS, file)));
    if (process.env.UPDATE_GOLDEN !== "1") return;
    for (const { path, content } of generated.files) {
      mkdirSync(dirname(join(GOLDEN, path)), { recursive: true });
      writeFileSync(join(GOLDEN, path), content);
    }
  });

  it("are what the golden files have, and no more", () => {
    const golden = readdirSync(GOLDEN, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => relative(GOLDEN, join(GOLDEN, file)));
    expect(golden.sort()).toEqual(generated.files.map(({ path }) => path).sort());
    for (const { path, content } of generated.files) {
      expect({ path, content }).toEqual({
        path,
        content: readFileSync(join(GOLDEN, path), "utf8"),
      });
    }
  });

  it("are the same whatever the order of the inputs", async () => {
    const inputs = ["other.proto", "legacy.proto", "everything.proto"];
    const again = await generateMessages(inputs.map((file) => join(SCHEMAS, file)));
    expect(again.files).toEqual(generated.files);
  });

  it("compile under strict flags, and refuse what must not compile", async () => {
    expect(existsSync(TSC)).toBe(true);
    const run = promisify(execFile)(process.execPath, [
      TSC,
      "-p",
      join(ROOT, "tests/types/messages"),
    ]);
    const output = await run.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    );
    expect(output).toBe("");
  }, 60_000);
});
