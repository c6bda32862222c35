import { join } from "node:path";
import { expect } from "@jest/globals";
import type { MessageType } from "@natsgen/runtime/contract";
import fc from "fast-check";
import type { Message, Package } from "../../../generator/model/types.js";
import { initOf } from "../../protobuf/arbitrary.js";
import { generateMessages } from "../../protobuf/generate.js";

/**
 * Encodes, decodes and converts random values of every message that was
 * generated from `schemas` into `out`. Gives the number of messages.
 */
export async function roundTrip(schemas: string, out: string, numRuns = 3): Promise<number> {
  const { schema } = await generateMessages([schemas]);
  let count = 0;
  for (const pkg of schema.packages.filter(({ messages }) => messages.length > 0)) {
    const module: Readonly<Record<string, unknown>> = await import(
      join(out, pkg.directory, "messages.ts")
    );
    for (const message of pkg.messages) {
      const type = module[message.localName];
      if (!isMessageType(type)) throw new Error(`${nameOf(pkg, message)} is not exported`);
      const check = (init: unknown) => {
        const value = new type(init);
        expect(type.decode(type.encode(value))).toEqual(value);
        if (hasJson(message)) expect(type.fromJson(type.toJson(value))).toEqual(value);
      };
      fc.assert(fc.property(initOf(schema, message.typeName), check), { numRuns });
      count += 1;
    }
  }
  return count;
}

/** proto2 allows fields that JSON cannot tell apart; protoc warns of them. */
function hasJson(message: Message): boolean {
  const names = message.fields.map(({ jsonName }) => jsonName);
  return new Set(names).size === names.length;
}

function nameOf(pkg: Package, message: Message): string {
  return `${message.localName} of ${pkg.name}`;
}

function isMessageType(value: unknown): value is MessageType<object, unknown> {
  return typeof value === "function" && "typeName" in value;
}
