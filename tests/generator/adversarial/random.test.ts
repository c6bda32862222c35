import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createWorkbench, errorsOf } from "./compile.js";
import { randomSchemas } from "./random-schema.js";
import { roundTrip } from "./round-trip.js";

const SCHEMAS = 40;

/**
 * Random schemas whose names are all nasty ones. Either natsgen says what is
 * wrong with them, or their code compiles and round-trips. tsc takes all of
 * them in one run: the sample is drawn first, so that a failure names its case.
 */
describe("random schemas", () => {
  it("compile and round-trip, or are refused with a diagnostic", async () => {
    const bench = createWorkbench("random");
    const taken: string[] = [];
    for (const [index, schemas] of fc.sample(randomSchemas, SCHEMAS).entries()) {
      const name = `case${index}`;
      const result = await bench.generate(name, schemas);
      if (result.status === "written") taken.push(name);
      else expect(errorsOf(result)).not.toEqual([]);
    }
    expect(taken.length).toBeGreaterThan(SCHEMAS / 2);
    expect(bench.compile()).toBe("");
    for (const name of taken) {
      const folder = join(bench.path, name);
      await roundTrip(join(folder, "proto"), join(folder, "out"), 2);
    }
  }, 240_000);
});
