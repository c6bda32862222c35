import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { findProtoc, type Protoc } from "../../tools/protoc.js";
import { runCommand } from "../lib/command.js";
import type { BenchOptions } from "../lib/options.js";
import { root, workFolder } from "../lib/paths.js";
import { formatSummary, type Section } from "../lib/report.js";
import { type Contestant, roundsOf, runRounds } from "../lib/rounds.js";
import { pairedRatio, summarize } from "../lib/stats.js";
import { tsProtoArguments } from "../lib/ts-proto.js";

const NATSGEN = "natsgen, all artifacts";
const TS_PROTO = "protoc + ts-proto, messages alone";

/** From the start of the process to its end, into an empty folder. */
export async function benchGeneration({ quick }: BenchOptions): Promise<Section> {
  const rounds = quick ? 3 : 9;
  const protoFolder = path.join(root, "proto");
  const schemas = readdirSync(path.join(protoFolder, "game"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".proto"))
    .map((file) => path.posix.join("game", file.replaceAll(path.sep, "/")))
    .sort();
  const protoc = await findProtoc();
  const folders = new Map(
    [NATSGEN, TS_PROTO].map((name, i) => [name, path.join(workFolder, "generation", `${i}`)]),
  );
  const contestant = (name: string, run: (out: string) => Promise<number>): Contestant<number> => {
    const out = folders.get(name) ?? "";
    const round = (): Promise<number> => {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out, { recursive: true });
      return run(out);
    };
    return { name, warmUp: round, round };
  };
  const results = await runRounds(
    [
      contestant(NATSGEN, (out) =>
        runCommand(process.execPath, [
          path.join(root, "bin", "natsgen.js"),
          protoFolder,
          "--out",
          out,
        ]),
      ),
      contestant(TS_PROTO, (out) => timeTsProto(protoc, protoFolder, schemas, out)),
    ],
    rounds,
  );
  return {
    id: "generation",
    title: "Generation",
    notes: [
      `The ${schemas.length} files below proto/game to TypeScript: the whole process, started anew for each round, into an empty folder; ${rounds} rounds in turn. natsgen reads and checks the schemas, and writes messages with JSON, services, events, routes, indexes and the manifest; ts-proto (${protoc.version}, \`forceLong=bigint\`) writes messages with JSON.`,
    ],
    tables: [
      {
        columns: ["", "seconds", "files", "kB"],
        rows: [NATSGEN, TS_PROTO].map((name) => [
          name,
          formatSummary(summarize(roundsOf(results, name))),
          ...measureFolder(folders.get(name) ?? ""),
        ]),
      },
    ],
    bars: [
      {
        what: "generation, cold",
        value: summarize(roundsOf(results, NATSGEN)),
        unit: "s",
        relation: "<",
        bar: 2,
      },
      {
        what: `generation against ${TS_PROTO}`,
        value: pairedRatio(roundsOf(results, NATSGEN), roundsOf(results, TS_PROTO)),
        unit: "x",
        relation: "<=",
        bar: 3,
      },
    ],
    raw: Object.fromEntries(results),
  };
}

async function timeTsProto(
  protoc: Protoc,
  protoFolder: string,
  schemas: readonly string[],
  out: string,
): Promise<number> {
  const start = performance.now();
  // google/api, which protoc does not bring, is in the second folder.
  const paths = [protoFolder, path.join(root, "generator", "include")];
  await protoc.run(tsProtoArguments(out, paths, schemas));
  return (performance.now() - start) / 1000;
}

/** Number of files, and kilobytes. */
function measureFolder(folder: string): readonly [string, string] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => statSync(path.join(folder, file)))
    .filter((stat) => stat.isFile());
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return [`${files.length}`, `${Math.round(bytes / 1000)}`];
}
