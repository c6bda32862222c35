import { parseArgs } from "node:util";

export const benchmarkNames = ["unary", "latency", "open-loop", "codec", "generation"] as const;
export type BenchmarkName = (typeof benchmarkNames)[number];

export interface BenchOptions {
  readonly names: readonly BenchmarkName[];
  readonly quick: boolean;
  readonly profile: boolean;
  readonly strict: boolean;
  readonly help: boolean;
  /** A whole, full run: only that is written to docs/benchmarks.md. */
  readonly official: boolean;
}

export const usage = `npm run bench -- [benchmark…] [options]

Measures natsgen and what it is compared with, side by side in one run.

Benchmarks (default: all)
  unary        calls a second with 256 in flight
  latency      one call at a time
  open-loop    10,000 calls a second, whatever the answers do
  codec        messages to bytes and back
  generation   schemas to code, the whole process

Options
  --quick      shorter rounds: a first look, not a result
  --profile    also profile natsgen's client and worker, with \`node --cpu-prof\`
  --strict     exit with 1 when a bar is missed
  --help

Results go to .natsgen/bench/results.json. A run of all benchmarks without
--quick writes docs/benchmarks.md too.

Examples
  npm run bench
  npm run bench -- unary codec --quick
`;

/** Reads the command line. Throws with a sentence for the user. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  for (const name of positionals) {
    if (!isBenchmarkName(name)) {
      throw new Error(`no benchmark "${name}"; there are ${benchmarkNames.join(", ")}`);
    }
  }
  const names = benchmarkNames.filter(
    (name) => positionals.length === 0 || positionals.includes(name),
  );
  return {
    ...values,
    names,
    official: names.length === benchmarkNames.length && !values.quick,
  };
}

function isBenchmarkName(name: string): name is BenchmarkName {
  return benchmarkNames.some((known) => known === name);
}
