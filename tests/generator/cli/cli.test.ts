import { spawn } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createFolder, type Folder } from "../output/folder.js";
import { BIN, natsgen } from "./run.js";

const ORDERS = `syntax = "proto3";

package shop.orders.v1;

// Takes orders.
service OrderService {
  // Places an order.
  rpc CreateOrder(CreateOrderRequest) returns (CreateOrderResponse);
}

// An order to place.
message CreateOrderRequest {
  // What to order.
  string sku = 1;
}

// The order that was placed.
message CreateOrderResponse {
  // Its number.
  string order_id = 1;
}
`;
const STOCK = `syntax = "proto3";

package shop.stock.v1;

// What is in stock.
message Item {
  // Its name.
  string sku = 1;
}
`;

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
  folder.write("proto/shop/orders/v1/orders.proto", ORDERS);
  folder.write("proto/shop/stock/v1/stock.proto", STOCK);
});
afterEach(() => folder.remove());

const run = (...args: string[]) => natsgen(args, { cwd: folder.path });
const generate = () => run("proto/", "--out", "generated/");
const check = () => run("proto/", "--out", "generated/", "--check");
const generated = () =>
  Object.fromEntries(
    Object.entries(folder.files()).filter(([path]) => path.startsWith("generated/")),
  );

/** The lines of a report that name files: `stale: generated/a.ts`. */
const named = (text: string) =>
  text.split("\n").filter((line) => /^(missing|stale|extra): /.test(line));

describe("natsgen proto/ --out generated/", () => {
  it("writes code for every package, says so in one line, and is done", async () => {
    const { code, stdout, stderr } = await generate();
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^generated\/: 10 files written, 0 unchanged, from 2 schemas \(\d+\.\d\d s\)\n$/,
    );
    expect(code).toBe(0);
    expect(Object.keys(generated())).toEqual([
      "generated/index.ts",
      "generated/natsgen.manifest.json",
      "generated/shop/orders/v1/codec.ts",
      "generated/shop/orders/v1/index.ts",
      "generated/shop/orders/v1/messages.ts",
      "generated/shop/orders/v1/service.ts",
      "generated/shop/stock/v1/codec.ts",
      "generated/shop/stock/v1/index.ts",
      "generated/shop/stock/v1/messages.ts",
      "generated/subjects.ts",
    ]);
  });

  it("touches nothing when nothing changes", async () => {
    await generate();
    const times = () =>
      Object.keys(generated()).map((path) => statSync(join(folder.path, path)).mtimeMs);
    const before = times();
    const { stdout } = await generate();
    expect(stdout).toMatch(/^generated\/: 0 files written, 10 unchanged, from 2 schemas/);
    expect(times()).toEqual(before);
  });

  it("removes what belongs to a schema that is gone", async () => {
    await generate();
    rmSync(join(folder.path, "proto/shop/stock"), { recursive: true });
    const { stdout, code } = await generate();
    expect(stdout).toMatch(/ 2 files written, 3 removed, 5 unchanged, from 1 schema /);
    expect(code).toBe(0);
    expect(existsSync(join(folder.path, "generated/shop/stock"))).toBe(false);
  });

  it("writes the same bytes in any locale, time zone and order of the inputs", async () => {
    const files = ["proto/shop/orders/v1/orders.proto", "proto/shop/stock/v1/stock.proto"];
    await generate();
    const first = generated();
    rmSync(join(folder.path, "generated"), { recursive: true });
    const args = [...files.reverse(), "-I", "proto", "-o", "generated"];
    const env = { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Asia/Tokyo" };
    expect(await natsgen(args, { cwd: folder.path, env })).toMatchObject({ code: 0, stderr: "" });
    expect(generated()).toEqual(first);
  });

  it("refuses to overwrite a file that it did not write, and writes nothing", async () => {
    folder.write("generated/shop/orders/v1/index.ts", "export const mine = 1;\n");
    const before = folder.files();
    const { code, stdout, stderr } = await generate();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      "natsgen: nothing was written: generated/ holds files that natsgen does not own\n" +
        "  generated/shop/orders/v1/index.ts: natsgen did not write it\n" +
        "Move or delete them, or choose another folder with --out.\n",
    );
    expect(folder.files()).toEqual(before);
  });

  it("leaves the old output whole when a schema is broken", async () => {
    await generate();
    const before = generated();
    folder.write("proto/shop/orders/v1/orders.proto", ORDERS.replace("string sku", "strin sku"));
    folder.write("proto/shop/stock/v1/stock.proto", STOCK.replace("= 1", "= 0"));
    const { code, stdout, stderr } = await generate();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain('proto/shop/orders/v1/orders.proto:14:3: error: unknown type "strin"');
    expect(stderr).toContain("\n  strin sku = 1;\n  ^~~~~\n");
    expect(stderr).toContain("proto/shop/stock/v1/stock.proto:8:16: error: ");
    expect(stderr).toMatch(/\n2 errors\n$/);
    expect(generated()).toEqual(before);
  });
});

describe("--check", () => {
  beforeEach(async () => {
    expect(await generate()).toMatchObject({ code: 0 });
  });

  it("passes when all is up to date", async () => {
    const { code, stdout, stderr } = await check();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^generated\/ is up to date: 10 files, from 2 schemas/);
  });

  it("names exactly the files that a changed comment changes, and writes nothing", async () => {
    const changed = ORDERS.replace("Places an order.", "Places one order.");
    folder.write("proto/shop/orders/v1/orders.proto", changed);
    const before = folder.files();
    const { code, stdout, stderr } = await check();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(named(stderr)).toEqual([
      "stale: generated/natsgen.manifest.json",
      "stale: generated/shop/orders/v1/service.ts",
    ]);
    expect(stderr).toContain("    -  /** Places an order. */\n    +  /** Places one order. */\n");
    expect(stderr).toContain("To update it, run: npx natsgen proto/ --out generated/\n");
    expect(folder.files()).toEqual(before);
    await generate();
    expect(Object.keys(before).filter((path) => folder.read(path) !== before[path])).toEqual([
      "generated/natsgen.manifest.json",
      "generated/shop/orders/v1/service.ts",
    ]);
    expect(await check()).toMatchObject({ code: 0 });
  });

  it("names a file that was deleted, edited or added", async () => {
    rmSync(join(folder.path, "generated/shop/stock/v1/codec.ts"));
    folder.write("generated/subjects.ts", `${folder.read("generated/subjects.ts")}// mine\n`);
    folder.write("generated/shop/mine.ts", "export {};\n");
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(named(stderr)).toEqual([
      "extra: generated/shop/mine.ts",
      "missing: generated/shop/stock/v1/codec.ts",
      "stale: generated/subjects.ts",
    ]);
    expect(stderr).toContain(
      "\ngenerated/ is out of date: 3 files differ\n" +
        "To update it, run: npx natsgen proto/ --out generated/\n" +
        "natsgen did not write generated/shop/mine.ts: move or delete it\n",
    );
  });

  it("fails where nothing was generated yet", async () => {
    rmSync(join(folder.path, "generated"), { recursive: true });
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(named(stderr)).toHaveLength(10);
    expect(existsSync(join(folder.path, "generated"))).toBe(false);
  });
});

describe("wrong usage exits with 2 and says what to do", () => {
  it.each([
    [["proto/", "--out", "g", "--chek"], "there is no option --chek; did you mean --check?"],
    [["proto/", "--out"], "--out needs a value"],
    [["proto/"], "where should the code go? Add --out <folder>"],
    [[], "which schemas? Name a folder or files"],
    [["proto/", "--out", "g", "--check=yes"], "--check takes no value"],
    [["", "--out", "g"], "a schema's name is empty: is a variable unset?"],
    [["proto/", "-o", "a", "-o", "b"], "--out was given more than once"],
    [["proto/", "-o", "a", "--check", "--clean"], "--check writes nothing"],
    [["prot/", "-o", "a"], '"prot/" does not exist'],
    [["prot/", "-o", "a"], 'did you mean "proto"?'],
    [["proto/", "-o", "a", "-I", "nowhere"], 'include folder "nowhere" does not exist'],
    [["proto/", "-o", "a", "--config", "x.json"], 'configuration file "x.json" does not exist'],
    [["proto/", "-o", "proto/shop/stock/v1/stock.proto"], "is a file, not a folder"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(folder.path, "a"))).toBe(false);
  });
});

describe("what is printed", () => {
  it("is nothing with --quiet, but for errors", async () => {
    expect(await run("proto/", "--out", "g", "--quiet")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    folder.write("proto/bad.proto", "syntax = ;\n");
    const { code, stdout, stderr } = await run("proto/", "--out", "g", "--quiet");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("proto/bad.proto:1:10: error: ");
  });

  it("is one JSON document with --json, and nothing else", async () => {
    const first = await run("proto/", "--out", "g", "--json");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(first.stdout)).toMatchObject({
      status: "written",
      out: "g",
      schemas: 2,
      diagnostics: [],
      files: { unchanged: [], removed: [] },
      timings: { total: expect.any(Number), load: expect.any(Number), write: expect.any(Number) },
    });
    expect(JSON.parse(first.stdout).files.written).toHaveLength(10);
    folder.write("proto/bad.proto", 'syntax = "proto3";\nmessage A { Missing b = 1; }\n');
    const second = await run("proto/", "--out", "g", "--json");
    expect(second).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(second.stdout)).toMatchObject({
      status: "invalid",
      diagnostics: [
        {
          severity: "error",
          rule: "unknown-type",
          position: { file: "proto/bad.proto", line: 2, column: 13 },
        },
      ],
    });
  });

  it("names each file and step with --verbose", async () => {
    const { stdout } = await run("proto/", "--out", "g", "--verbose");
    expect(stdout).toContain("wrote g/shop/orders/v1/service.ts\n");
    expect(stdout).toMatch(/\nload: \d+ ms\n/);
  });

  it("has no colours and no overwritten lines in a pipe", async () => {
    const { stdout } = await generate();
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\r");
  });

  it("may find no reader", async () => {
    const child = spawn(process.execPath, [BIN, "--help"], { cwd: folder.path });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("is help with examples, and the version, when asked for", async () => {
    const help = await run("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("natsgen proto/ --out generated/ --check");
    expect(help.stdout).toContain("Exit codes:");
    expect(await run("--version")).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("natsgen.config", () => {
  it("says what the command line does not", async () => {
    folder.write("natsgen.config.json", '{ "inputs": ["proto"], "out": "from-config" }');
    expect(await run()).toMatchObject({ code: 0 });
    expect(existsSync(join(folder.path, "from-config/index.ts"))).toBe(true);
    expect(await run("--out", "from-line", "proto/shop/stock")).toMatchObject({ code: 0 });
    expect(existsSync(join(folder.path, "from-line/shop/orders"))).toBe(false);
  });

  it("may be a module", async () => {
    folder.write("natsgen.config.mjs", 'export default { inputs: ["proto"], out: "gen" };\n');
    expect(await run()).toMatchObject({ code: 0 });
    expect(existsSync(join(folder.path, "gen/index.ts"))).toBe(true);
    folder.write("natsgen.config.mjs", 'export default { inputs: ["proto"], outt: "gen" };\n');
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain('natsgen.config.mjs:1:37: error: unknown key "outt"');
  });

  it("is refused, with the place, where it is wrong", async () => {
    folder.write("natsgen.config.json", '{\n  "input": ["proto"],\n  "out": "g"\n}\n');
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain('natsgen.config.json:2:3: error: unknown key "input"');
    expect(stderr).toContain('did you mean "inputs"?');
  });
});
