import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { messageOf, runCommand } from "../../runtime/testing/command.js";
import { copyInstalled, npm, type Packed, pack, runtimeClosure, unpack } from "./packages.js";

const toolchainOnly = ["ts-morph", "handlebars", "yargs"];
const schema = `syntax = "proto3";
package shop.v1;

// Takes orders.
service OrderService {
  // Takes one order.
  rpc CreateOrder(CreateOrderRequest) returns (CreateOrderResponse);
}
message CreateOrderRequest { string customer = 1; }
message CreateOrderResponse { string order_id = 1; }
`;
const useOfGenerated = `
import { connect, serve } from "@natsgen/runtime";
import { CONTRACT_VERSION } from "@natsgen/runtime/contract";
import { startNatsServer } from "@natsgen/runtime/testing";
import { Timestamp } from "@natsgen/runtime/wkt";
const types = [connect, serve, startNatsServer, Timestamp].map((each) => typeof each);
process.stdout.write(JSON.stringify({ types, contract: CONTRACT_VERSION }));
`;

let folder: string;
let toolchain: Packed;
let runtime: Packed;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "natsgen-pack-"));
  toolchain = await pack(".", folder);
  runtime = await pack("runtime", folder);
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function project(name: string): string {
  const target = path.join(folder, name);
  mkdirSync(path.join(target, "proto"), { recursive: true });
  writeFileSync(path.join(target, "package.json"), '{ "private": true, "type": "module" }');
  writeFileSync(path.join(target, "proto", "shop.proto"), schema);
  return target;
}

async function expectGeneratorToRun(cwd: string): Promise<void> {
  const command = path.join(cwd, "node_modules", "natsgen", "bin", "natsgen.js");
  await runCommand(process.execPath, [command, "proto/", "--out", "generated/"], { cwd });
  expect(readdirSync(path.join(cwd, "generated", "shop", "v1"))).toEqual(
    expect.arrayContaining(["index.ts", "messages.ts", "service.ts"]),
  );
}

async function expectRuntimeToLoad(cwd: string): Promise<void> {
  writeFileSync(path.join(cwd, "use.js"), useOfGenerated);
  const printed = await runCommand(process.execPath, ["use.js"], { cwd });
  expect(JSON.parse(printed)).toEqual({ types: Array(4).fill("function"), contract: 1 });
}

describe("the packed files", () => {
  it("of the toolchain are what the command needs", () => {
    const expected = /^(bin|dist|templates|generator\/include|proto\/natsgen)\//;
    const papers = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    expect(toolchain.files.filter((file) => !expected.test(file))).toEqual(papers);
    expect(toolchain.files).toEqual(
      expect.arrayContaining(["bin/natsgen.js", "dist/generator/cli/main.js"]),
    );
    expect(toolchain.files.filter((file) => file.endsWith(".hbs")).length).toBeGreaterThan(0);
    expect(toolchain.files.filter((file) => /^generator\/.*\.ts$|\.test\./.test(file))).toEqual([]);
  });

  it("of the runtime are its build", () => {
    const papers = ["LICENSE", "README.md", "package.json"];
    expect(runtime.files.filter((file) => !/^dist\/.*\.(js|d\.ts)$/.test(file))).toEqual(papers);
    for (const entry of ["index", "contract", "codec/index", "wkt/index", "rpc/index"]) {
      expect(runtime.files).toEqual(
        expect.arrayContaining([`dist/${entry}.js`, `dist/${entry}.d.ts`]),
      );
    }
  });
});

it("the runtime needs none of the generator's tools", () => {
  const needed = runtimeClosure("runtime").map((place) => place.replace(/.*node_modules\//, ""));
  expect(needed).toEqual(expect.arrayContaining(["nats", "protobufjs", "zod"]));
  expect(needed.filter((name) => toolchainOnly.includes(name))).toEqual([]);
});

describe("put together from what is installed here", () => {
  it("the toolchain runs with its own dependencies and no others", async () => {
    const cwd = project("toolchain");
    await unpack(toolchain.tarball, "natsgen", cwd);
    copyInstalled(runtimeClosure(""), cwd);
    await expectGeneratorToRun(cwd);
  });

  it("the runtime loads with its own dependencies and no others", async () => {
    const cwd = project("runtime");
    await unpack(runtime.tarball, "@natsgen/runtime", cwd);
    copyInstalled(runtimeClosure("runtime"), cwd);
    await expectRuntimeToLoad(cwd);
  });
});

describe("installed by npm in an empty folder", () => {
  it("both packages run, and a service gets no generator tools", async () => {
    const service = project("npm-service");
    const install = ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    try {
      await npm([...install, runtime.tarball], service);
    } catch (error) {
      // Without a network and without npm's cache there is nothing to install from. The
      // tests above have checked the same packages; any other failure is one.
      if (
        !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ENOTCACHED|ETIMEDOUT/.test(messageOf(error))
      ) {
        throw error;
      }
      process.stderr.write(`not installed by npm: ${messageOf(error)}\n`);
      return;
    }
    await expectRuntimeToLoad(service);
    const installed = readdirSync(path.join(service, "node_modules"));
    expect(installed.filter((name) => toolchainOnly.includes(name))).toEqual([]);

    const generator = project("npm-generator");
    await npm([...install, toolchain.tarball], generator);
    expect(existsSync(path.join(generator, "node_modules", ".bin", "natsgen"))).toBe(true);
    await expectGeneratorToRun(generator);
  }, 300_000);
});
