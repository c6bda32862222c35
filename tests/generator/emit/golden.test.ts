import { execFile } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { type GenerateResult, generate } from "../../../generator/pipeline.js";
import { ROOT } from "../cli/run.js";
import { createFolder } from "../output/folder.js";

const GOLDEN = join(ROOT, "tests/golden");
const FEATURES = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "messages")
  .map(({ name }) => name);

const run = (feature: string, check: boolean): Promise<GenerateResult> =>
  generate({
    inputs: [join("tests/golden", feature, "proto")],
    out: join("tests/golden", feature, "generated"),
    cwd: ROOT,
    check,
  });

/** What a program printed, whatever its exit code. */
const outputOf = (args: readonly string[], cwd = ROOT): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_error, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    );
  });

/**
 * The generated text itself, kept in tests/golden to be read and reviewed.
 * After a change that is meant: UPDATE_GOLDEN=1 npm test -- tests/generator
 */
describe.each(FEATURES)("golden output: %s", (feature) => {
  it("is what the golden files have, and no more", async () => {
    if (process.env.UPDATE_GOLDEN === "1") await run(feature, false);
    const { diagnostics, findings, status } = await run(feature, true);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect({ errors, findings, status }).toEqual({ errors: [], findings: [], status: "fresh" });
  });
});

describe("all golden output", () => {
  it.each(["nodenext", "bundler"])(
    "compiles under strict flags and %s resolution",
    async (resolution) => {
      const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
      expect(await outputOf([tsc, "-p", `tests/types/golden/tsconfig.${resolution}.json`])).toBe(
        "",
      );
    },
    60_000,
  );

  it("is as Biome formats, sorts and lints it, and so is generated/", async () => {
    const folder = createFolder();
    try {
      // The project's own configuration, but for what it leaves out: generated code.
      const config = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
      const { formatter, javascript, linter } = config;
      folder.write("biome.json", JSON.stringify({ root: true, formatter, javascript, linter }));
      const copy = { recursive: true };
      cpSync(join(ROOT, "generated"), join(folder.path, "generated"), copy);
      for (const name of FEATURES) {
        cpSync(join(GOLDEN, name, "generated"), join(folder.path, "golden", name), copy);
      }
      const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
      const args = ["check", "--colors=off", "generated", "golden"];
      expect(await outputOf([biome, ...args], folder.path)).toMatch(
        /^Checked \d+ files in \d+m?s\. No fixes applied\.\n$/,
      );
    } finally {
      folder.remove();
    }
  });
});
