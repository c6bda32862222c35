import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type NatsServer, startNatsServer } from "@natsgen/runtime/testing";
import { codeBlocks, root, writeFiles } from "./code-blocks.js";
import { emptyFolder, natsgen, runNode, type Started, startNode, tsc } from "./run.js";

const tsconfig = {
  extends: path.join(root, "tsconfig.base.json"),
  compilerOptions: { rootDir: ".", outDir: "dist" },
  include: ["**/*.ts"],
  exclude: ["dist"],
};

let server: NatsServer | undefined;
let worker: Started | undefined;
afterEach(async () => {
  worker?.child.kill("SIGKILL");
  await server?.stop();
});

describe("README.md", () => {
  const blocks = codeBlocks("README.md");

  it("begins with the two commands", () => {
    const commands = blocks.filter(({ language }) => language === "sh").map(({ code }) => code);
    expect(commands.slice(0, 2)).toEqual([
      "npm ci && npx natsgen proto/ --out generated/\n",
      "npm ci && npm test\n",
    ]);
  });

  it("has a walk that compiles, runs and prints what it says", async () => {
    const folder = emptyFolder("readme");
    const excerpts = blocks.filter(({ code }) => code.startsWith("// from "));
    const written = writeFiles(blocks, folder);
    expect(written).toEqual(["proto/shop/v1/shop.proto", "src/worker.ts", "src/client.ts"]);
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');

    await runNode(folder, [natsgen, "proto/", "--out", "generated/"]);
    expect(excerpts).toHaveLength(1);
    for (const { code } of excerpts) {
      const [first = "", ...lines] = code.split("\n");
      const file = path.join(folder, first.replace("// from ", ""));
      expect(readFileSync(file, "utf8")).toContain(lines.join("\n"));
    }
    await runNode(folder, [tsc, "--project", "."]);

    server = await startNatsServer();
    const env = { NATS_URL: server.url };
    worker = startNode(folder, ["dist/src/worker.js"], env);
    expect(await worker.firstLine).toBe("ready");
    const { output } = startNode(folder, ["dist/src/client.js"], env);
    const expected = blocks.find(({ language }) => language === "text")?.code;
    expect(await output).toBe(expected);
    worker.child.kill("SIGTERM");
    expect(await worker.output).toBe("ready\n");
  }, 120_000);
});

describe("docs/getting-started.md", () => {
  it("leads to a project whose tests pass", async () => {
    const folder = emptyFolder("getting-started");
    const written = writeFiles(codeBlocks("docs/getting-started.md"), folder);
    expect(written).toEqual([
      "package.json",
      "tsconfig.json",
      "proto/counter/v1/counter.proto",
      "src/handlers.ts",
      "src/main.ts",
      "src/counter.test.ts",
    ]);
    const { scripts } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const commands = { generate: natsgen, build: tsc, test: "" };
    for (const [name, program] of Object.entries(commands)) {
      // `natsgen proto/ …` is the command that an installed package links.
      const args = String(scripts[name]).split(" ").slice(1);
      await runNode(folder, program === "" ? args : [program, ...args]);
    }
  }, 120_000);
});

describe.each(["docs/errors.md", "docs/generated-code.md"])("%s", (page) => {
  it("has code that compiles and runs", async () => {
    const folder = emptyFolder(path.basename(page, ".md"));
    const files = writeFiles(codeBlocks(page), folder);
    expect(files.length).toBeGreaterThan(0);
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    if (files.some((file) => file.endsWith(".proto"))) {
      await runNode(folder, [natsgen, "proto/", "--out", "generated/"]);
    }
    await runNode(folder, [tsc, "--project", "."]);
    for (const file of files.filter((each) => each.endsWith(".ts"))) {
      await runNode(folder, [path.join("dist", file.replace(/\.ts$/, ".js"))]);
    }
  }, 120_000);
});

describe("links", () => {
  it.each([
    "README.md",
    "CONTRIBUTING.md",
    "examples/README.md",
    "examples/ai-worker/README.md",
    "examples/ai-client/README.md",
    "examples/load-balancing/README.md",
    "docs/getting-started.md",
    "docs/generated-code.md",
    "docs/errors.md",
    "docs/ci.md",
  ])("of %s lead to files that exist", (page) => {
    const text = readFileSync(path.join(root, page), "utf8");
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^https?:/.test(target))
      .map((target) => target.replace(/#.*$/, ""));
    const broken = targets.filter(
      (target) => !existsSync(path.join(root, path.dirname(page), target)),
    );
    expect(broken).toEqual([]);
  });
});
