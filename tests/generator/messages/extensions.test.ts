import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import {
  clearExtension,
  type Extension,
  getExtension,
  hasExtension,
  setExtension,
} from "@natsgen/runtime/codec";
import type { MessageType } from "@natsgen/runtime/contract";
import { generateMessages, SCHEMAS, writeGenerated } from "../../protobuf/generate.js";

interface LegacyModule {
  Account: MessageType<object, object>;
  priority: Extension<object, number>;
  offsets: Extension<object, bigint[]>;
  parent: Extension<object, object | undefined>;
  alarm: Extension<object, string | undefined>;
  tags: Extension<object, string[]>;
}

describe("proto2", () => {
  let legacy: LegacyModule;
  const init = { name: "x", level: "LEVEL_LOW" };

  beforeAll(async () => {
    const { files } = await generateMessages([join(SCHEMAS, "legacy.proto")]);
    legacy = await import(
      join(await writeGenerated("extensions", files, "ts"), "legacy/v1/messages.ts")
    );
  });

  it("sets, reads and clears extensions, which survive a round trip", () => {
    const { Account, priority, offsets, parent, alarm, tags } = legacy;
    const account = new Account(init);
    expect(getExtension(account, priority)).toBe(7);
    expect(hasExtension(account, priority)).toBe(false);
    setExtension(account, priority, -1);
    setExtension(account, offsets, [1n, -(1n << 63n)]);
    setExtension(account, parent, new Account(init));
    setExtension(account, alarm, "LEVEL_HIGH");
    setExtension(account, tags, ["a", ""]);
    const read = Account.decode(Account.encode(account));
    expect(getExtension(read, priority)).toBe(-1);
    expect(getExtension(read, offsets)).toEqual([1n, -(1n << 63n)]);
    expect(getExtension(read, parent)).toEqual(new Account(init));
    expect(getExtension(read, alarm)).toBe("LEVEL_HIGH");
    expect(getExtension(read, tags)).toEqual(["a", ""]);
    clearExtension(read, tags);
    expect(getExtension(read, tags)).toEqual([]);
    expect(Object.keys(read)).toEqual(Object.keys(new Account(init)));
  });

  it("refuses a message that lacks a required field, both ways", () => {
    const { Account } = legacy;
    expect(() => Account.encode({ name: "x" })).toThrow("legacy.v1.Account lacks required level");
    expect(() => Account.decode(Uint8Array.of(10, 1, 120))).toThrow(/lacks required level/);
  });

  it("keeps a number that a closed enum does not name among the unknown fields", () => {
    const { Account } = legacy;
    const known = Account.encode(init);
    const bytes = Uint8Array.from([...known, 64, 9]);
    const account = Account.decode(bytes);
    expect(account).toMatchObject({ fallback: undefined });
    expect(new Uint8Array(Account.encode(account))).toEqual(bytes);
  });
});
