import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { createWorkbench, errorsOf } from "./compile.js";
import { CORPUS } from "./corpus.js";
import { roundTrip } from "./round-trip.js";

const CASES = Object.keys(CORPUS);

/** The schemas of corpus.ts: names, types, texts and layouts that break careless generators. */
describe("valid schemas that mean harm", () => {
  const bench = createWorkbench("adversarial");
  const found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    for (const [name, schemas] of Object.entries(CORPUS)) {
      const result = await bench.generate(name, schemas);
      found.set(name, errorsOf(result));
    }
  }, 60_000);

  it.each(CASES)("%s: are taken without an error", (name) => {
    expect(found.get(name)).toEqual([]);
  });

  it("compile under strict flags, for Node and for bundlers", () => {
    expect(bench.compile()).toBe("");
  }, 240_000);

  it.each(CASES)(
    "%s: random messages round-trip",
    async (name) => {
      const folder = join(bench.path, name);
      expect(await roundTrip(join(folder, "proto"), join(folder, "out"))).toBeGreaterThan(0);
    },
    60_000,
  );
});
