import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { findProtoc } from "./protoc.js";

describe("protoc", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "natsgen-protoc-test-"));
    const schema = 'syntax = "proto3"; message Number { int32 value = 1; }';
    writeFileSync(path.join(folder, "number.proto"), schema);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("encodes text to the wire format", async () => {
    const protoc = await findProtoc();
    expect(protoc.version).toMatch(/^libprotoc \d/);
    const args = ["-I", folder, "--encode=Number", "number.proto"];
    const bytes = await protoc.run(args, new TextEncoder().encode("value: 150"));
    expect([...bytes]).toEqual([0x08, 0x96, 0x01]);
  });

  it("says what is wrong", async () => {
    const protoc = await findProtoc();
    const args = ["-I", folder, "--encode=Nobody", "number.proto"];
    await expect(protoc.run(args)).rejects.toThrow(/Nobody/);
  });
});
