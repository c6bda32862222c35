import { describe, expect, it } from "@jest/globals";
import { findProtoc } from "../../tools/protoc.js";
import { EDITION_CASES, LEGACY_CASES } from "./invalid-cases.js";
import { inFolder, loadFiles, marked, summary } from "./workspace.js";

const all = [...LEGACY_CASES, ...EDITION_CASES];

describe("diagnostics", () => {
  it.each(all)("$rule: $source", async ({ rule, source, says, hint }) => {
    const { text, places } = marked(source);
    const result = await loadFiles({ "a.proto": text });
    expect(summary(result)).toEqual(places.map((place) => `${place} ${rule}`));
    const first = result.diagnostics[0];
    expect(first?.severity).toBe("error");
    expect(first?.message).toContain(says ?? "");
    expect(first?.suggestion ?? "").toContain(hint ?? "");
    if (hint === undefined) {
      return;
    }
    expect(hint).not.toBe("");
  });

  it.each(LEGACY_CASES.filter((entry) => entry.protoc !== false))(
    "protoc refuses it too: $source",
    async ({ source }) => {
      const protoc = await findProtoc();
      await inFolder({ "a.proto": marked(source).text }, async (folder) => {
        await expect(protoc.run([`-I${folder}`, "-o/dev/null", "a.proto"])).rejects.toThrow();
      });
    },
  );

  it("reports everything that is wrong in one run, in the order of the file", async () => {
    const { text, places } = marked(`syntax = "proto3";
mesage ⟦⟧A { string a = 1; }
message B {
  string a = 1⟦⟧
  ⟦Sting⟧ b = 2;
  string c = ⟦2⟧;
  int32 d = ⟦x⟧;
  reserved 9;
  string e = ⟦9⟧;
}
service S {
  rpc M(⟦Missing⟧) returns (B);
  rpc N(B) ⟦return⟧ (B);
  rpc O(B) returns (B);
}
`);
    const result = await loadFiles({ "a.proto": text });
    const starts = summary(result).map((line) => line.split("-")[0]);
    expect(starts).toEqual(
      ["2:1", ...places.slice(1).map((place) => place.split("-")[0])].filter(
        (start) => start !== "5:3" && start !== "12:9",
      ),
    );
    expect(
      result.files
        .find((file) => file.path === "a.proto")
        ?.services[0]?.methods.map((method) => method.name),
    ).toEqual(["M", "O"]);
  });
});
