import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchCodec } from "./codec/codec.js";
import { benchGeneration } from "./generation/generation.js";
import { describeMachine } from "./lib/machine.js";
import { barTable, renderReport, renderTable, replaceResults } from "./lib/markdown.js";
import { type BenchmarkName, type BenchOptions, readOptions, usage } from "./lib/options.js";
import { docsFile, workFolder } from "./lib/paths.js";
import { passes, type Report, type Section } from "./lib/report.js";
import { prepare } from "./prepare.js";
import { benchLatency } from "./unary/latency.js";
import { benchRate } from "./unary/rate.js";
import { benchThroughput } from "./unary/throughput.js";

const benchmarks: Readonly<Record<BenchmarkName, (options: BenchOptions) => Promise<Section>>> = {
  unary: benchThroughput,
  latency: benchLatency,
  "open-loop": benchRate,
  codec: benchCodec,
  generation: benchGeneration,
};

/** A whole run takes less than five minutes; one that takes six hangs. */
const LIMIT_MS = 6 * 60_000;

/** Runs what the command line asks for. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    print(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    print(usage);
    return 0;
  }
  const start = performance.now();
  const machine = await describeMachine();
  print(`${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(2)}`);
  if (machine.load > machine.cores / 4) {
    print(
      "The machine is busy: ratios are still side by side, absolute numbers are not worth much.",
    );
  }
  await step("code of the bench schemas", prepare);
  const sections: Section[] = [];
  for (const name of options.names) {
    const section = await step(name, () => benchmarks[name](options));
    sections.push(section);
    print(`\n${[...section.tables, barTable(section.bars)].map(renderTable).join("\n\n")}\n`);
  }
  const report: Report = {
    date: new Date().toISOString(),
    machine,
    quick: options.quick,
    seconds: (performance.now() - start) / 1000,
    sections,
  };
  writeReport(report, options);
  const missed = sections.flatMap(({ bars }) => bars).filter((bar) => !passes(bar));
  print(missed.length === 0 ? "All bars are met." : `${missed.length} bars are missed.`);
  return options.strict && missed.length > 0 ? 1 : 0;
}

function writeReport(report: Report, { official }: BenchOptions): void {
  mkdirSync(workFolder, { recursive: true });
  const json = path.join(workFolder, "results.json");
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  print(`Written: ${json}`);
  if (!official) return;
  const page = readFileSync(docsFile, "utf8");
  writeFileSync(docsFile, replaceResults(page, renderReport(report)));
  print(`Written: ${docsFile}`);
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await run();
  print(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const limit = setTimeout(() => {
  process.stderr.write(`not done after ${LIMIT_MS / 60_000} minutes\n`);
  // The children see that their parent is gone, and end too.
  process.exit(1);
}, LIMIT_MS);
process.exitCode = await main(process.argv.slice(2));
clearTimeout(limit);
