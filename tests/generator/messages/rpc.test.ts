import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { generateMessages, ROOT } from "../../protobuf/generate.js";

const INCLUDE = join(ROOT, "generator/include");
const FILES = [
  "google/rpc/code.proto",
  "google/rpc/error_details.proto",
  "google/rpc/status.proto",
];

/**
 * runtime/rpc is natsgen's own output. To write it anew:
 * UPDATE_GOLDEN=1 npx jest tests/generator/messages
 */
describe("google.rpc in the runtime", () => {
  it("is what natsgen generates from its bundled schemas", async () => {
    const inputs = FILES.map((file) => join(INCLUDE, file));
    const { files } = await generateMessages(inputs, [INCLUDE], (path) => FILES.includes(path));
    expect(files.map(({ path }) => path)).toEqual([
      "google/rpc/messages.ts",
      "google/rpc/codec.ts",
    ]);
    for (const { path, content } of files) {
      const target = join(ROOT, "runtime", path.replace("google/", ""));
      // Inside of the package its own name does not resolve before it is built.
      const own = content.replaceAll(/"@natsgen\/runtime\/(codec|wkt)"/g, '"../$1/index.js"');
      if (process.env.UPDATE_GOLDEN === "1") writeFileSync(target, own);
      expect(readFileSync(target, "utf8")).toBe(own);
    }
  });
});
