import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { MessageType } from "@natsgen/runtime/contract";
import { createWorkbench, errorsOf } from "./compile.js";
import { CORPUS } from "./corpus.js";

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
    "%s: can be loaded, and empty messages round-trip",
    async (name) => {
      const out = join(bench.path, name, "out");
      const files = readdirSync(out, { recursive: true, encoding: "utf8" });
      let messages = 0;
      for (const file of files.filter((path) => path.endsWith("messages.ts"))) {
        const module: Readonly<Record<string, unknown>> = await import(join(out, file));
        for (const type of Object.values(module).filter(isMessageType)) {
          messages += 1;
          const value = type.fromJson({}, { ignoreUnknownFields: true });
          const bytes = encodeOrMissing(type, value);
          if (bytes !== undefined) expect(type.decode(bytes)).toEqual(value);
        }
      }
      expect(messages).toBeGreaterThan(0);
    },
    60_000,
  );
});

/** The bytes, or none where a required field is missing. */
function encodeOrMissing(type: MessageType<object, object>, value: object): Uint8Array | undefined {
  try {
    return type.encode(value);
  } catch (error) {
    expect(String(error)).toMatch(/required/);
    return undefined;
  }
}

function isMessageType(value: unknown): value is MessageType<object, object> {
  return typeof value === "function" && "typeName" in value;
}
