import type { BenchOptions } from "../lib/options.js";
import { formatNumber, formatSummary, type Section } from "../lib/report.js";
import { roundsOf, runRounds } from "../lib/rounds.js";
import { summarize } from "../lib/stats.js";
import { titles, withPairs } from "./contestants.js";
import type { OpenLoopResult } from "./open-loop.js";
import type { VariantName } from "./variant.js";

const RATE = 10_000;

const variants: readonly VariantName[] = ["bare-request", "bare-multiplexer", "natsgen"];

/** A constant 10,000 calls a second. */
export async function benchRate({ quick }: BenchOptions): Promise<Section> {
  const rounds = quick ? 2 : 5;
  const durationMs = quick ? 1_500 : 3_000;
  const request = { kind: "open", ratePerSecond: RATE } as const;
  const results = await withPairs(variants, (pairs) =>
    runRounds(
      pairs.map((pair) => ({
        name: pair.variant,
        warmUp: () => pair.load({ ...request, durationMs: quick ? 1_000 : 2_000 }),
        round: () => pair.load({ ...request, durationMs }),
      })),
      rounds,
    ),
  );
  const columns: readonly (readonly [string, (round: OpenLoopResult) => number])[] = [
    ["p50 ms", ({ p50Ms }) => p50Ms],
    ["p90 ms", ({ p90Ms }) => p90Ms],
    ["p99 ms", ({ p99Ms }) => p99Ms],
    ["p99.9 ms", ({ p999Ms }) => p999Ms],
    ["highest ms", ({ maxMs }) => maxMs],
  ];
  return {
    id: "open-loop",
    title: `Latency at ${formatNumber(RATE)} calls a second`,
    notes: [
      `Calls start at a constant rate, whatever the answers do, one service and one worker; ${rounds} rounds of ${durationMs / 1000} s, in turn. Latency counts from the moment a call was due (corrected for coordinated omission). Calls are started by a timer of 1 ms, so up to a millisecond of each is the schedule's own.`,
    ],
    tables: [
      {
        columns: ["", ...columns.map(([name]) => name)],
        rows: variants.map((name) => [
          titles[name],
          ...columns.map(([, pick]) => formatSummary(summarize(roundsOf(results, name).map(pick)))),
        ]),
      },
    ],
    bars: [
      {
        what: `p99 at ${formatNumber(RATE)} calls a second`,
        value: summarize(roundsOf(results, "natsgen").map(({ p99Ms }) => p99Ms)),
        unit: "ms",
        relation: "<",
        bar: 5,
      },
    ],
    raw: Object.fromEntries(results),
  };
}
