import { describe, expect, it } from "@jest/globals";
import { readOptions } from "./lib/options.js";
import { type CpuProfile, hotspots } from "./lib/profile.js";
import { roundsOf, runRounds } from "./lib/rounds.js";

const frame = (functionName: string, url = "", lineNumber = 0) => ({
  functionName,
  url,
  lineNumber,
});

describe("hotspots", () => {
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: frame("send", "file:///home/x/runtime/dist/nats/wire.js", 41) },
      { id: 2, callFrame: frame("(idle)") },
      { id: 3, callFrame: frame("", "file:///home/x/node_modules/nats/lib/a.js", 9) },
      { id: 4, callFrame: frame("send", "file:///home/x/runtime/dist/nats/wire.js", 41) },
    ],
    samples: [1, 2, 3, 4, 1],
    timeDeltas: [100, 5_000, 100, 150, 50],
  };

  it("adds up the time of a function over all its callers, without idle time", () => {
    expect(hotspots(profile, 10)).toEqual([
      { name: "send", place: "runtime/dist/nats/wire.js:42", share: 0.75 },
      { name: "(anonymous)", place: "node_modules/nats/lib/a.js:10", share: 0.25 },
    ]);
  });

  it("keeps the longest", () => {
    expect(hotspots(profile, 1).map(({ name }) => name)).toEqual(["send"]);
  });
});

describe("runRounds", () => {
  it("warms all up, then takes them in turn", async () => {
    const log: string[] = [];
    const contestant = (name: string) => ({
      name,
      warmUp: async () => log.push(`warm ${name}`),
      round: async () => log.push(name),
    });
    const results = await runRounds([contestant("a"), contestant("b")], 2);
    expect(log).toEqual(["warm a", "warm b", "a", "b", "a", "b"]);
    expect(roundsOf(results, "b")).toEqual([4, 6]);
    expect(() => roundsOf(results, "c")).toThrow("c was not measured");
  });
});

describe("readOptions", () => {
  it("runs everything by default, and only that is official", () => {
    expect(readOptions([])).toMatchObject({ official: true, quick: false, strict: false });
    expect(readOptions([]).names).toHaveLength(5);
    expect(readOptions(["--quick"]).official).toBe(false);
    expect(readOptions(["codec"])).toMatchObject({ official: false, names: ["codec"] });
  });

  it("refuses what it does not know", () => {
    expect(() => readOptions(["speed"])).toThrow(/no benchmark "speed"; there are unary/);
    expect(() => readOptions(["--fast"])).toThrow(/--fast/);
  });
});
