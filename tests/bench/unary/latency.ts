import type { BenchOptions } from "../lib/options.js";
import { formatSummary, type Section } from "../lib/report.js";
import { roundsOf, runRounds } from "../lib/rounds.js";
import { pairedRatio, summarize } from "../lib/stats.js";
import { closedRound, titles, withPairs } from "./contestants.js";
import type { VariantName } from "./variant.js";

const variants: readonly VariantName[] = ["bare-request", "bare-multiplexer", "natsgen"];

/** One call at a time. */
export async function benchLatency({ quick }: BenchOptions): Promise<Section> {
  const rounds = quick ? 3 : 11;
  const durationMs = quick ? 500 : 1_000;
  const results = await withPairs(variants, (pairs) =>
    runRounds(
      pairs.map((pair) => ({
        name: pair.variant,
        warmUp: () => closedRound(pair, { inFlight: 1, durationMs: quick ? 700 : 2_000 }),
        round: () => closedRound(pair, { inFlight: 1, durationMs }),
      })),
      rounds,
    ),
  );
  const p50 = (name: string): number[] => roundsOf(results, name).map((round) => round.p50Micros);
  const p99 = (name: string): number[] => roundsOf(results, name).map((round) => round.p99Micros);
  return {
    id: "latency",
    title: "Unary latency, one call at a time",
    notes: [
      `The same processes and message, one call in flight. ${rounds} rounds of ${durationMs / 1000} s, in turn. Most of it is the way through four sockets and the scheduler of the system.`,
    ],
    tables: [
      {
        columns: ["", "p50 µs", "p99 µs"],
        rows: variants.map((name) => [
          titles[name],
          formatSummary(summarize(p50(name))),
          formatSummary(summarize(p99(name))),
        ]),
      },
    ],
    bars: [
      {
        what: `unary latency p50 against ${titles["bare-request"]}`,
        value: pairedRatio(p50("natsgen"), p50("bare-request")),
        unit: "x",
        relation: "<=",
        bar: 1.1,
      },
    ],
    raw: Object.fromEntries(results),
  };
}
