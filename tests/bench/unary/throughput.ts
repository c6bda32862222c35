import { rmSync } from "node:fs";
import path from "node:path";
import type { BenchOptions } from "../lib/options.js";
import { workFolder } from "../lib/paths.js";
import { hotspotTable, profileArguments, readProfiles } from "../lib/profile.js";
import {
  type Bar,
  formatNumber,
  formatSummary,
  passes,
  type Section,
  type Table,
} from "../lib/report.js";
import { roundsOf, runRounds } from "../lib/rounds.js";
import { pairedRatio, summarize } from "../lib/stats.js";
import { type ClosedRound, closedRound, titles, withPairs } from "./contestants.js";
import type { VariantName } from "./variant.js";

const IN_FLIGHT = 256;

const bars: readonly { readonly against: VariantName; readonly bar: number }[] = [
  { against: "bare-request", bar: 3.5 },
  { against: "bare-multiplexer", bar: 0.85 },
  { against: "grpc", bar: 8 },
  { against: "fastify", bar: 1.8 },
];

const variants: readonly VariantName[] = [...bars.map(({ against }) => against), "natsgen"];

/** Calls a second with 256 in flight. */
export async function benchThroughput({ quick, profile }: BenchOptions): Promise<Section> {
  const rounds = quick ? 3 : 9;
  const durationMs = quick ? 700 : 1_500;
  const results = await withPairs(variants, (pairs) =>
    runRounds(
      pairs.map((pair) => ({
        name: pair.variant,
        warmUp: () => closedRound(pair, { inFlight: IN_FLIGHT, durationMs: quick ? 800 : 2_000 }),
        round: () => closedRound(pair, { inFlight: IN_FLIGHT, durationMs }),
      })),
      rounds,
    ),
  );
  const perSecond = (name: string): number[] =>
    roundsOf(results, name).map(({ callsPerSecond }) => callsPerSecond);
  const found: Bar[] = bars.map(({ against, bar }) => ({
    what: `unary throughput against ${titles[against]}`,
    value: pairedRatio(perSecond("natsgen"), perSecond(against)),
    unit: "x",
    relation: ">=",
    bar,
  }));
  const missed = found.some((bar) => !passes(bar));
  return {
    id: "unary",
    title: "Unary throughput",
    notes: [
      `${IN_FLIGHT} calls in flight; a client process, a server process and, for all but grpc-js and Fastify, one nats-server between them. All send the same message of about 100 bytes and read the reply. ${rounds} rounds of ${durationMs / 1000} s, in turn; ratios are of the two rounds that ran beside each other.`,
      "natsgen runs generated code with a deadline on every call; circuit breaker and retries are not part of the runtime yet. grpc-js has no deadline and no TLS. Fastify has a response schema and validates nothing. The bare multiplexer is the least that a request can cost over the `nats` client: no checks, no errors, no headers.",
      ...(missed || profile
        ? ["Below: where natsgen's two processes spend their time, in a run of its own."]
        : []),
    ],
    tables: [
      throughputTable(results),
      ...(missed || profile ? await profileNatsgen(quick ? 2_000 : 4_000) : []),
    ],
    bars: found,
    raw: Object.fromEntries(results),
  };
}

function throughputTable(results: ReadonlyMap<string, readonly ClosedRound[]>): Table {
  return {
    columns: ["", "calls/s", "p50 ms", "p99 ms", "client CPU µs/call", "server CPU µs/call"],
    rows: variants.map((name) => {
      const rounds = roundsOf(results, name);
      const median = (pick: (round: ClosedRound) => number): string =>
        formatNumber(summarize(rounds.map(pick)).median);
      return [
        titles[name],
        formatSummary(summarize(rounds.map(({ callsPerSecond }) => callsPerSecond))),
        median(({ p50Micros }) => p50Micros / 1000),
        median(({ p99Micros }) => p99Micros / 1000),
        median(({ cpuMicros }) => cpuMicros),
        median(({ serverCpuMicros }) => serverCpuMicros),
      ];
    }),
  };
}

/** The same load on natsgen alone, under the sampling profiler. */
async function profileNatsgen(durationMs: number): Promise<Table[]> {
  const folder = path.join(workFolder, "profiles");
  rmSync(folder, { recursive: true, force: true });
  await withPairs(
    ["natsgen"],
    async ([pair]) => pair?.load({ kind: "closed", inFlight: IN_FLIGHT, durationMs }),
    (process) => profileArguments(folder, process),
  );
  return [...readProfiles(folder)].map(([name, profile]) => hotspotTable(name, profile));
}
