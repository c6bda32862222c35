import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { loadConfig } from "../../../generator/config/config.js";
import { createFolder, type Folder } from "../output/folder.js";

let folder: Folder;
beforeEach(() => {
  folder = createFolder();
});
afterEach(() => folder.remove());

const load = (path?: string) => loadConfig(folder.path, path);
/** `line:column message` of each problem. */
const problems = async (path?: string) =>
  (await load(path)).diagnostics.map(({ message, position }) =>
    position === undefined ? message : `${position.line}:${position.column} ${message}`,
  );

describe("a configuration", () => {
  it("may be missing", async () => {
    expect(await load()).toMatchObject({ config: {}, diagnostics: [] });
  });

  it("has paths from its own folder", async () => {
    folder.write(
      "sub/natsgen.config.json",
      '{"inputs":["proto","../x.proto"],"out":"gen","include":["."]}',
    );
    const { config, diagnostics } = await load("sub/natsgen.config.json");
    expect(diagnostics).toEqual([]);
    expect(config).toEqual({
      inputs: [join("sub", "proto"), "x.proto"],
      out: join("sub", "gen"),
      include: ["sub"],
    });
  });

  it("is refused with all that is wrong, each at its place", async () => {
    folder.write(
      "natsgen.config.json",
      '{\n  "outt": "x",\n  "inputs": "proto",\n  "out": ""\n}\n',
    );
    expect(await problems()).toEqual([
      '3:3 "inputs": Invalid input: expected array, received string',
      '4:3 "out": a path cannot be empty',
      '2:3 unknown key "outt"',
    ]);
  });

  it("is refused where it is no JSON", async () => {
    folder.write("natsgen.config.json", '{\n  "out": x\n}\n');
    expect(await problems()).toEqual([
      expect.stringContaining('"natsgen.config.json" is no JSON: Unexpected token'),
    ]);
    folder.write("natsgen.config.json", '{\n  "out": "x"\n  "include": []\n}\n');
    expect(await problems()).toEqual([
      expect.stringMatching(/^3:3 "natsgen.config.json" is no JSON: Expected ',' or '}'/),
    ]);
  });

  it("is refused where it is no object", async () => {
    folder.write("natsgen.config.json", "[]");
    expect(await problems()).toEqual([
      "the configuration: Invalid input: expected object, received array",
    ]);
  });

  it("has to exist where it is named, and to be of a known kind", async () => {
    folder.write("natsgen.yaml", "out: x\n");
    expect(await problems("gone.json")).toEqual(['configuration file "gone.json" does not exist']);
    expect(await problems("natsgen.yaml")).toEqual([
      '"natsgen.yaml" is no configuration: it has to end in .json, .js or .mjs',
    ]);
  });
});
