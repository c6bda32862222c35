import { type Child, startChild } from "../lib/child.js";
import type { BenchOptions } from "../lib/options.js";
import { type Bar, formatNumber, formatSummary, type Section, type Table } from "../lib/report.js";
import { type Contestant, roundsOf, runRounds } from "../lib/rounds.js";
import { pairedRatio, summarize } from "../lib/stats.js";
import type { CodecInit, CodecRequest } from "./codec-program.js";
import type { LibraryName } from "./libraries.js";
import { type MessageName, makeSamples, messageNames } from "./samples.js";

const titles: Readonly<Record<LibraryName, string>> = {
  pbjs: "stock pbjs static",
  "ts-proto": "ts-proto",
  "protobuf-es": "protobuf-es",
  natsgen: "natsgen",
};
const libraryNames = Object.keys(titles) as LibraryName[];
const operations = ["encode", "decode"] as const;
type Operation = (typeof operations)[number];

/** Messages to bytes and back, each library and message in a process of its own. */
export async function benchCodec({ quick }: BenchOptions): Promise<Section> {
  const samples = await makeSamples();
  const rounds = quick ? 3 : 9;
  const durationMs = quick ? 150 : 300;
  const warmUpMs = quick ? 400 : 1_000;
  const tables: Table[] = [];
  const bars: Bar[] = [];
  const raw: Record<string, object> = {};
  for (const message of messageNames) {
    const children = new Map<LibraryName, Child<CodecRequest, number>>();
    try {
      for (const library of libraryNames) {
        const init: CodecInit = { library, message, samples: samples[message] };
        children.set(
          library,
          await startChild(new URL("./codec-program.js", import.meta.url), { init }),
        );
      }
      const results = await runRounds(contestantsOf(children, durationMs, warmUpMs), rounds);
      const title = `${message}, ${sizeOf(samples[message])} bytes`;
      tables.push(speedTable(title, results));
      bars.push(...operations.map((operation) => codecBar(message, operation, results)));
      raw[message] = Object.fromEntries(results);
    } finally {
      await Promise.all([...children.values()].map((child) => child.stop()));
    }
  }
  return {
    id: "codec",
    title: "Message codecs",
    notes: [
      `Messages to bytes and bytes to messages, one process for each library and message, ${rounds} rounds of ${durationMs / 1000} s in turn. Every library reads the same bytes into its own kind of object, and writes those objects. PlayerSnapshot has nested messages, lists, a map, 64-bit integers, an enum, bytes and a oneof.`,
      "64-bit integers are exact in all four: `Long` in pbjs (protobufjs depends on the package `long`, so it is always there), `bigint` in the others (ts-proto with `forceLong=bigint`).",
    ],
    tables,
    bars,
    raw,
  };
}

function contestantsOf(
  children: ReadonlyMap<LibraryName, Child<CodecRequest, number>>,
  durationMs: number,
  warmUpMs: number,
): Contestant<number>[] {
  return operations.flatMap((operation) =>
    [...children].map(([library, child]) => ({
      name: nameOf(library, operation),
      warmUp: () => child.run({ operation, durationMs: warmUpMs }),
      round: () => child.run({ operation, durationMs }),
    })),
  );
}

function codecBar(
  message: MessageName,
  operation: Operation,
  results: ReadonlyMap<string, readonly number[]>,
): Bar {
  return {
    what: `${operation} ${message} against ${titles.pbjs}`,
    value: pairedRatio(
      roundsOf(results, nameOf("natsgen", operation)),
      roundsOf(results, nameOf("pbjs", operation)),
    ),
    unit: "x",
    relation: ">=",
    bar: 0.9,
  };
}

function speedTable(title: string, results: ReadonlyMap<string, readonly number[]>): Table {
  return {
    columns: [title, ...operations.map((operation) => `${operation}, messages/s`)],
    rows: libraryNames.map((library) => [
      titles[library],
      ...operations.map((operation) =>
        formatSummary(summarize(roundsOf(results, nameOf(library, operation)))),
      ),
    ]),
  };
}

function nameOf(library: LibraryName, operation: Operation): string {
  return `${library} ${operation}`;
}

/** `22`, or `950 to 981`. */
function sizeOf(samples: readonly Uint8Array[]): string {
  const { min, max } = summarize(samples.map(({ length }) => length));
  return min === max ? formatNumber(min) : `${formatNumber(min)} to ${formatNumber(max)}`;
}
