import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { MessageType } from "@natsgen/runtime/contract";
import fc from "fast-check";
import protobuf from "protobufjs";
import { findProtoc } from "../tools/protoc.js";
import { initOf } from "./arbitrary.js";
import { type Generated, generateMessages, SCHEMAS, writeGenerated } from "./generate.js";

/** Values in one run of protoc: starting it costs more than reading them. */
const BATCH_SIZE = 100;

const suites = [
  {
    file: "everything.proto",
    module: "everything/v1/messages.ts",
    batch: "everything.v1.Batch",
    parts: ["scalars", "shapes", "wellKnown"],
  },
  {
    file: "legacy.proto",
    module: "legacy/v1/messages.ts",
    batch: "legacy.v1.Batch",
    parts: ["accounts"],
  },
];

describe.each(suites)("messages of $file", ({ file, module, batch, parts }) => {
  let generated: Generated;
  let Batch: MessageType<Record<string, unknown>, object>;

  beforeAll(async () => {
    generated = await generateMessages([join(SCHEMAS, file), join(SCHEMAS, "other.proto")]);
    const folder = await writeGenerated(`round-trip-${file}`, generated.files, "ts");
    const loaded: { Batch: typeof Batch } = await import(join(folder, module));
    Batch = loaded.Batch;
  });

  /** A batch of random values in each of its lists. */
  function sample(seed: number): Record<string, unknown> {
    const fields = generated.schema.messages.get(batch)?.fields ?? [];
    const values = parts.map((part) => {
      const value = fields.find(({ localName }) => localName === part)?.shape.value;
      if (value?.kind !== "message") throw new Error(`${batch} has no list ${part}`);
      const items = fc.sample(initOf(generated.schema, value.typeName), {
        numRuns: BATCH_SIZE,
        seed,
      });
      return [part, items];
    });
    return new Batch(Object.fromEntries(values));
  }

  it("come back from their own bytes", () => {
    const message = sample(1);
    expect(Batch.decode(Batch.encode(message))).toEqual(message);
  });

  it("come back from their own JSON", () => {
    const message = sample(2);
    expect(Batch.fromJson(Batch.toJson(message))).toEqual(message);
  });

  it("come back through protobufjs reflection", () => {
    const root = new protobuf.Root();
    root.resolvePath = (_, target) =>
      target.startsWith("google/") ? null : join(SCHEMAS, target.split("/").at(-1) ?? target);
    const type = root.loadSync(file, { keepCase: true }).lookupType(batch);
    const message = sample(3);
    const bytes = type.encode(type.decode(Batch.encode(message))).finish();
    expect(Batch.decode(bytes)).toEqual(message);
  });

  it("come back through real protoc's text format", async () => {
    const protoc = await findProtoc();
    const message = sample(4);
    const source = [`-I${SCHEMAS}`, file];
    const text = await protoc.run([`--decode=${batch}`, ...source], Batch.encode(message));
    const bytes = await protoc.run([`--encode=${batch}`, ...source], text);
    expect(Batch.decode(bytes)).toEqual(message);
  });
});
