import { type Child, startChild } from "../lib/child.js";
import type { BenchOptions } from "../lib/options.js";
import { type Bar, formatSummary, type Section, type Table } from "../lib/report.js";
import { roundsOf, runRounds } from "../lib/rounds.js";
import { pairedRatio, summarize } from "../lib/stats.js";
import type { CodecInit, CodecRequest, CodecSpeed } from "./codec-program.js";
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

/**
 * Messages to bytes and back. Each round of each library is a process of its own:
 * what the engine decides to inline differs from process to process, and with it
 * the speed of the same code by a third (measured).
 */
export async function benchCodec({ quick }: BenchOptions): Promise<Section> {
  const samples = await makeSamples();
  const rounds = quick ? 3 : 7;
  const request = quick ? { warmUpMs: 200, durationMs: 150 } : { warmUpMs: 300, durationMs: 300 };
  const tables: Table[] = [];
  const bars: Bar[] = [];
  const raw: Record<string, object> = {};
  for (const message of messageNames) {
    const contestants = libraryNames.map((library) => ({
      name: library,
      round: () => measureOnce({ library, message, samples: samples[message] }, request),
    }));
    const results = await runRounds(contestants, rounds);
    tables.push(speedTable(`${message}, ${sizeOf(samples[message])} bytes`, results));
    bars.push(...operations.map((operation) => codecBar(message, operation, results)));
    raw[message] = Object.fromEntries(results);
  }
  return {
    id: "codec",
    title: "Message codecs",
    notes: [
      `Messages to bytes and bytes to messages; ${rounds} rounds of ${request.durationMs / 1000} s in turn, each in a process of its own. Every library reads the same bytes into its own kind of object, and writes those objects. PlayerSnapshot has nested messages, lists, a map, 64-bit integers, an enum, bytes and a oneof.`,
      "64-bit integers are exact in all four: `Long` in pbjs (protobufjs depends on the package `long`, so it is always there), `bigint` in the others (ts-proto with `forceLong=bigint`).",
    ],
    tables,
    bars,
    raw,
  };
}

async function measureOnce(init: CodecInit, request: CodecRequest): Promise<CodecSpeed> {
  const child: Child<CodecRequest, CodecSpeed> = await startChild(
    new URL("./codec-program.js", import.meta.url),
    { init },
  );
  try {
    return await child.run(request);
  } finally {
    await child.stop();
  }
}

type Results = ReadonlyMap<string, readonly CodecSpeed[]>;

function codecBar(message: MessageName, operation: Operation, results: Results): Bar {
  return {
    what: `${operation} ${message} against ${titles.pbjs}`,
    value: pairedRatio(speeds(results, "natsgen", operation), speeds(results, "pbjs", operation)),
    unit: "x",
    relation: ">=",
    bar: 0.9,
  };
}

function speedTable(title: string, results: Results): Table {
  return {
    columns: [title, ...operations.map((operation) => `${operation}, messages/s`)],
    rows: libraryNames.map((library) => [
      titles[library],
      ...operations.map((operation) =>
        formatSummary(summarize(speeds(results, library, operation))),
      ),
    ]),
  };
}

function speeds(results: Results, library: LibraryName, operation: Operation): number[] {
  return roundsOf(results, library).map((speed) => speed[operation]);
}

/** `22`, or `950 to 981`. */
function sizeOf(samples: readonly Uint8Array[]): string {
  const { min, max } = summarize(samples.map(({ length }) => length));
  return min === max ? `${min}` : `${min} to ${max}`;
}
