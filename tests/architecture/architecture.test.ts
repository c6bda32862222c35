import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { specifiersOf, targetOf } from "./imports.js";
import { type Import, rules, violationsOf } from "./rules.js";

const root = path.resolve(import.meta.dirname, "../..");
const ownCode = ["generator", "runtime", "generated", "bin", "scripts", "examples", "templates"];
const longest = 400;

/** Paths from the root, with `/`, of all files below a folder that are not built or installed. */
function filesBelow(folder: string, extensions: RegExp): readonly string[] {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(folder);
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return /^(dist|node_modules|golden)$/.test(entry.name) ? [] : filesBelow(file, extensions);
    }
    return extensions.test(entry.name) ? [file] : [];
  });
}

function list(folder: string) {
  return readdirSync(path.join(root, folder), { withFileTypes: true });
}

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

const imports: readonly Import[] = ownCode
  .flatMap((folder) => filesBelow(folder, /\.(ts|js)$/))
  .flatMap((file) =>
    specifiersOf(read(file)).map((specifier) => ({ file, target: targetOf(file, specifier) })),
  );

it("sees the imports of the tree", () => {
  expect(imports).toContainEqual({
    file: "runtime/testing/index.ts",
    target: "runtime/testing/start-nats-server.ts",
  });
  expect(imports.length).toBeGreaterThan(50);
});

describe.each(rules)("$name", (rule) => {
  it("holds", () => {
    expect(violationsOf(rule, imports)).toEqual([]);
  });

  it("would be missed: a violation is found", () => {
    const { file, specifier } = rule.violation;
    const source = `import { x } from "${specifier}";\n`;
    const forbidden = specifiersOf(source).map((each) => ({ file, target: targetOf(file, each) }));
    expect(violationsOf(rule, forbidden)).toHaveLength(1);
  });
});

describe("what counts as an import", () => {
  it.each([
    ['import { a } from "nats";', ["nats"]],
    ['import type { A } from "nats";', ["nats"]],
    ['import {\n  a,\n  b as c,\n} from "./x.js";', ["./x.js"]],
    ['import "side-effect";', ["side-effect"]],
    ['import * as a from "a"; import b from "b";', ["a", "b"]],
    ['export { a } from "nats";\nexport * from "b";', ["nats", "b"]],
    ['const a = await import("nats");', ["nats"]],
    ['let a: import("nats").NatsConnection;', ["nats"]],
    ['/** import { a } from "nats"; */', []],
    ['// import { a } from "nats";', []],
    ['const url = "http://x"; import("a");', ["a"]],
    ['export const name = "nats";', []],
  ])("%j", (source, expected) => {
    expect(specifiersOf(source)).toEqual(expected);
  });

  it("is the same with and without the node: prefix", () => {
    expect(targetOf("generator/model/a.ts", "fs")).toBe("npm:node:fs");
    expect(targetOf("generator/model/a.ts", "node:fs")).toBe("npm:node:fs");
  });
});

describe("files", () => {
  const handwritten = [
    ...["generator", "runtime", "bin", "scripts", "examples", "tests"].flatMap((folder) =>
      filesBelow(folder, /\.(ts|js)$/),
    ),
    ...filesBelow("templates", /\.hbs$/),
  ];
  const lengths = (files: readonly string[]) =>
    files.map((file) => ({ file, lines: read(file).split("\n").length - 1 }));

  it(`are at most ${longest} lines long`, () => {
    expect(lengths(handwritten).filter(({ lines }) => lines > longest)).toEqual([]);
  });

  it("name no path of the machine that they were made on", () => {
    const machinePath = /(?:^|["'`\s(=:])\/(?:home|root|Users|work)\/[\w.]/m;
    expect(machinePath.test('"/home/someone/x"')).toBe(true);
    expect(handwritten.filter((file) => machinePath.test(read(file)))).toEqual([
      "tests/architecture/architecture.test.ts",
    ]);
  });
});
