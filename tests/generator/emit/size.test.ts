import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { generate } from "../../../generator/pipeline.js";
import { createFolder, type Folder } from "../output/folder.js";

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

describe("a large schema", () => {
  it("of 500 messages and 500 methods in one file becomes one package", async () => {
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    const messages = numbers.map(
      (n) => `message M${n} { M${(n + 1) % 500} next = 1; map<string, M${n}> all = 2; }`,
    );
    const methods = numbers.map((n) => `  rpc Call${n}(M${n}) returns (M${(n + 7) % 500});`);
    const text = `syntax = "proto3";\npackage big.v1;\nservice BigService {\n${methods.join("\n")}\n}\n${messages.join("\n")}\n`;
    folder.write("big.proto", text);
    const result = await generate({ inputs: ["big.proto"], out: "out", cwd: folder.path });
    expect(result.status).toBe("written");
    const service = folder.read("out/big/v1/service.ts");
    expect(service.match(/^ {6}kind: "unary",$/gm)).toHaveLength(500);
    expect(folder.read("out/big/v1/messages.ts").match(/^export class /gm)).toHaveLength(500);
  });
});

describe("a file name with a line end", () => {
  it("does not end the header's comment", async () => {
    folder.write("a\nexport const injected = 1; .proto", 'syntax = "proto3";\nmessage A {}\n');
    const inputs = ["a\nexport const injected = 1; .proto"];
    const { status } = await generate({ inputs, out: "out", cwd: folder.path });
    expect(status).toBe("written");
    expect(folder.read("out/no-package/messages.ts")).not.toMatch(/^export const injected/m);
  });
});

describe("the order of the inputs", () => {
  it("does not matter", async () => {
    const names = ["a", "b", "c", "d"];
    for (const name of names) {
      folder.write(
        `p/${name}.proto`,
        `syntax = "proto3";\npackage same.v1;\n// Of ${name}.\nmessage ${name.toUpperCase()} {}\nservice ${name.toUpperCase()}Service { rpc Get(${name.toUpperCase()}) returns (${name.toUpperCase()}); }\n`,
      );
    }
    const run = async (order: readonly string[], out: string) => {
      const inputs = order.map((name) => join("p", `${name}.proto`));
      const options = { inputs, include: ["p"], out, cwd: folder.path };
      expect(await generate(options)).toMatchObject({ status: "written" });
    };
    await run(names, "one");
    await run(["c", "a", "d", "b"], "two");
    const below = (root: string) =>
      Object.entries(folder.files())
        .filter(([path]) => path.startsWith(`${root}/`))
        .map(([path, text]) => [path.slice(root.length), text]);
    expect(below("two")).toEqual(below("one"));
    expect(below("one")).not.toEqual([]);
  });
});
