import { describe, expect, it } from "@jest/globals";
import { loadFiles, summary } from "../load/workspace.js";
import { createWorkbench, errorsOf } from "./compile.js";

describe("input that is no schema", () => {
  it.each([
    ["a binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 2, 0, 0xd0, 10, 0, 0x40])],
    ["UTF-16", new Uint8Array(Buffer.from('syntax = "proto3";', "utf16le"))],
  ])("%s: one finding, not one for each byte", async (_, bytes) => {
    expect(summary(await loadFiles({ "a.proto": bytes }))).toEqual(["1:1-1 invalid-utf8"]);
  });

  it("a package below node_modules is refused: nothing there is ever compiled", async () => {
    const text = 'syntax = "proto3"; package a.node_modules.b; message M {}';
    const result = await createWorkbench("input").generate("modules", { "a.proto": text });
    expect(result.status).toBe("invalid");
    expect(errorsOf(result)).toEqual([expect.stringMatching(/a\.node_modules\.b goes into/)]);
  });
});
