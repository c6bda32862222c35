import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { MessageType } from "@natsgen/runtime/contract";
import fc from "fast-check";
import { initOf } from "../../protobuf/arbitrary.js";
import {
  type Generated,
  generateMessages,
  ROOT,
  SCHEMAS,
  writeGenerated,
} from "../../protobuf/generate.js";

/** Messages called Promise, Error or Uint8Array, fields called constructor, and the like. */
describe("names that JavaScript has other plans for", () => {
  let generated: Generated;
  let folder: string;

  beforeAll(async () => {
    generated = await generateMessages([join(SCHEMAS, "names.proto")]);
    folder = await writeGenerated("names", generated.files, "ts");
  });

  it("compile under strict flags", () => {
    const config = {
      extends: join(ROOT, "tests/types/messages/tsconfig.json"),
      compilerOptions: { rootDir: ROOT },
      include: ["**/*.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    // Throws with tsc's findings where there are any.
    execFileSync(process.execPath, [tsc, "-p", folder], { stdio: "pipe", encoding: "utf8" });
  }, 60_000);

  it("round-trip like any other", async () => {
    const module: Record<string, MessageType<object, unknown> | undefined> = await import(
      join(folder, "names/v1/messages.ts")
    );
    for (const message of generated.schema.messages.values()) {
      if (message.package !== "names.v1") continue;
      const type = module[message.localName];
      if (type === undefined) throw new Error(`${message.localName} is not exported`);
      fc.assert(
        fc.property(initOf(generated.schema, message.typeName), (init) => {
          const value = new type(init);
          expect(type.decode(type.encode(value))).toEqual(value);
          expect(type.fromJson(type.toJson(value))).toEqual(value);
        }),
        { numRuns: 20 },
      );
    }
  });
});
