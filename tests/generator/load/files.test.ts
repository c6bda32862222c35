import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { bundledDirectory, protoFilesBelow } from "../../../generator/load/files/roots.js";
import { load } from "../../../generator/load/load.js";
import { inFolder, loadFiles, summary } from "./workspace.js";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const header = 'syntax = "proto3";\n';

async function generated(
  files: Record<string, string>,
  inputs: readonly string[],
  include: readonly string[] = [],
): Promise<readonly string[]> {
  return inFolder(files, async (folder) => {
    const result = await load(inputs, { include, cwd: folder });
    expect(result.diagnostics).toEqual([]);
    return result.files.filter((file) => file.generate).map((file) => file.path);
  });
}

describe("inputs and include roots", () => {
  const money = `${header}package shop.v1;\nmessage Money { int64 units = 1; }\n`;
  const order = `${header}package game.v1;\nimport "shop/v1/money.proto";\nmessage Order { shop.v1.Money price = 1; }\n`;

  it("a folder is an include root, and every schema below it is read", async () => {
    const files = { "proto/shop/v1/money.proto": money, "proto/game/v1/order.proto": order };
    expect(await generated(files, ["proto"])).toEqual([
      "shop/v1/money.proto",
      "game/v1/order.proto",
    ]);
  });

  it("a file finds its root by its package", async () => {
    const files = { "proto/shop/v1/money.proto": money, "proto/game/v1/order.proto": order };
    expect(await generated(files, ["proto/game/v1/order.proto"])).toEqual([
      "shop/v1/money.proto",
      "game/v1/order.proto",
    ]);
  });

  it("-I brings imports that lie elsewhere; they are generated because a field has their type", async () => {
    const files = { "vendor/shop/v1/money.proto": money, "proto/game/v1/order.proto": order };
    expect(await generated(files, ["proto"], ["vendor"])).toEqual([
      "shop/v1/money.proto",
      "game/v1/order.proto",
    ]);
  });

  it("an import that only brings options is not generated", async () => {
    const rules = `${header}package rules;\nimport "google/protobuf/descriptor.proto";\nextend google.protobuf.FieldOptions { string note = 50000; }\n`;
    const a = `${header}import "rules.proto";\nmessage A { string a = 1 [(rules.note) = "x"]; }\n`;
    expect(
      await generated({ "vendor/rules.proto": rules, "proto/a.proto": a }, ["proto"], ["vendor"]),
    ).toEqual(["a.proto"]);
  });

  it("types that the runtime provides are not generated, other bundled types are", async () => {
    const a = `${header}import "google/protobuf/timestamp.proto";\nimport "google/type/money.proto";\nmessage A { google.protobuf.Timestamp at = 1; google.type.Money price = 2; }\n`;
    expect(await generated({ "a.proto": a }, ["."])).toEqual([
      "google/type/money.proto",
      "a.proto",
    ]);
  });

  it("one file under two roots is read once", async () => {
    expect(
      await generated({ "proto/a.proto": `${header}message A {}` }, [
        "proto",
        "proto/a.proto",
        "./proto/",
      ]),
    ).toEqual(["a.proto"]);
  });

  it("a link that leads back up ends", async () => {
    await inFolder({ "proto/a.proto": header }, async (folder) => {
      mkdirSync(join(folder, "proto/sub"));
      symlinkSync(join(folder, "proto"), join(folder, "proto/sub/loop"));
      const result = await load(["proto"], { include: [], cwd: folder });
      expect(result.diagnostics).toEqual([]);
    });
  });

  it("the order of the inputs does not matter", async () => {
    const files = { "a/shop/v1/money.proto": money, "b/game/v1/order.proto": order };
    expect(await generated(files, ["b", "a"])).toEqual(await generated(files, ["a", "b"]));
  });

  it("what cannot be read is said, all of it", async () => {
    const result = await loadFiles({ "a.txt": "", "empty/b.txt": "" }, [
      "nowhere",
      "a.txt",
      "empty",
    ]);
    expect(result.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      '"nowhere" does not exist',
      expect.stringContaining('"a.txt" is neither a folder'),
      '"empty" holds no .proto file',
    ]);
  });
});

describe("imports", () => {
  it("lists the places tried, and the root that is missing", async () => {
    const files = {
      "proto/game/a.proto": `${header}import "game/b.proto";\n`,
      "proto/game/b.proto": header,
    };
    const { diagnostics } = await loadFiles(files, ["proto/game"]);
    expect(diagnostics[0]?.message).toBe(
      'cannot find "game/b.proto"; tried proto/game/game/b.proto, the bundled files',
    );
    expect(diagnostics[0]?.suggestion).toBe("add -I proto");
    expect(diagnostics[0]?.position).toMatchObject({
      file: "proto/game/a.proto",
      line: 2,
      column: 1,
    });
  });

  it("names the files of a cycle once, and still links the rest", async () => {
    const result = await loadFiles({
      "a.proto": `${header}import "b.proto";\nmessage A {}`,
      "b.proto": `${header}import "c.proto";\nmessage B {}`,
      "c.proto": `${header}import "a.proto";\nmessage C {}`,
    });
    expect(result.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      "imports form a cycle: a.proto -> b.proto -> c.proto -> a.proto",
    ]);
  });

  it("a type must be imported, and public imports pass it on", async () => {
    const files = {
      "a.proto": `${header}message A {}`,
      "b.proto": `${header}import public "a.proto";`,
      "c.proto": `${header}import "b.proto";\nmessage C { A a = 1; }`,
      "d.proto": `${header}import "c.proto";\nmessage D { A a = 1; }`,
    };
    const result = await loadFiles(files);
    expect(result.diagnostics).toMatchObject([
      {
        rule: "not-imported",
        suggestion: 'add import "a.proto";',
        position: { file: "d.proto", line: 3, column: 13 },
      },
    ]);
  });

  it("a missing import does not drown in errors about its types", async () => {
    const result = await loadFiles({
      "a.proto": `${header}import "gone.proto";\nmessage A { gone.Type a = 1; Other b = 2; }`,
    });
    expect(summary(result)).toEqual(["2:1-20 unresolved-import"]);
  });

  it("one name in two files is an error that shows both", async () => {
    const result = await loadFiles({
      "a.proto": `${header}message A {}`,
      "b.proto": `${header}message A {}`,
    });
    expect(result.diagnostics).toMatchObject([
      {
        rule: "duplicate-name",
        position: { file: "b.proto" },
        related: [{ position: { file: "a.proto", line: 2, column: 9 } }],
      },
    ]);
  });
});

describe("bytes", () => {
  it("CRLF, a byte-order mark and comments", async () => {
    const result = await loadFiles({
      "a.proto":
        '\ufeffsyntax = "proto3";\r\n// above\r\nmessage A {\r\n  string a = 1; // beside\r\n  Nope b = 2;\r\n}\r\n',
    });
    const message = result.files.find((file) => file.path === "a.proto")?.messages[0];
    expect(message?.comments.leading).toBe("above");
    expect(message?.fields[0]?.comments.trailing).toBe("beside");
    expect(summary(result)).toEqual(["5:3-7 unknown-type"]);
  });

  it("invalid UTF-8 is reported where it is", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}// caf`),
      Buffer.of(0xe9),
      Buffer.from("\nmessage A {}\n"),
    ]);
    expect(summary(await loadFiles({ "a.proto": bytes }))).toEqual(["2:7-8 invalid-utf8"]);
  });

  it("an empty file is a file", async () => {
    expect((await loadFiles({ "a.proto": "" })).diagnostics).toEqual([]);
  });

  it("a descriptor set that is none is refused", async () => {
    const result = await loadFiles({ "a.binpb": "no set at all" }, ["a.binpb"]);
    expect(result.diagnostics).toMatchObject([
      { rule: "invalid-descriptor-set", severity: "error" },
    ]);
  });
});

describe("bundled schemas", () => {
  it("all load without a finding", async () => {
    const result = await load([bundledDirectory()], { include: [], cwd: repository });
    expect(result.diagnostics).toEqual([]);
  });

  it("natsgen's options are the same file in proto/ and in the bundle", () => {
    const copy = readFileSync(
      join(repository, "generator/include/natsgen/v1/options.proto"),
      "utf8",
    );
    expect(copy).toBe(readFileSync(join(repository, "proto/natsgen/v1/options.proto"), "utf8"));
  });

  it("those of others keep their licence", () => {
    const google = protoFilesBelow(join(bundledDirectory(), "google"));
    expect(google.length).toBeGreaterThan(30);
    for (const path of google) {
      expect(readFileSync(path, "utf8").slice(0, 200)).toMatch(
        /Copyright \d{4} Google|Protocol Buffers - Google/,
      );
    }
  });
});
