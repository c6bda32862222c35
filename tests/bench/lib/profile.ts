import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Table } from "./report.js";

/** The part of a `.cpuprofile` that is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      /** From 0. */
      readonly lineNumber: number;
    };
  }[];
  /** Node ids, one for each sample. */
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
}

export interface Hotspot {
  readonly name: string;
  /** `runtime/dist/nats/pending.js:42`; empty for what is not JavaScript. */
  readonly place: string;
  /** Time in the function itself, without what it calls: part of all time that was not idle. */
  readonly share: number;
}

/** Where a process spent its time, the longest first. */
export function hotspots(profile: CpuProfile, count: number): Hotspot[] {
  const selfMicros = new Map<number, number>();
  profile.samples.forEach((id, i) => {
    selfMicros.set(id, (selfMicros.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0));
  });
  const byFunction = new Map<string, { name: string; place: string; micros: number }>();
  let total = 0;
  for (const { id, callFrame } of profile.nodes) {
    const micros = selfMicros.get(id) ?? 0;
    const name = callFrame.functionName || "(anonymous)";
    if (name === "(idle)") continue;
    total += micros;
    const place = placeOf(callFrame.url, callFrame.lineNumber);
    const key = `${name} ${place}`;
    const entry = byFunction.get(key) ?? { name, place, micros: 0 };
    entry.micros += micros;
    byFunction.set(key, entry);
  }
  return [...byFunction.values()]
    .sort((a, b) => b.micros - a.micros)
    .slice(0, count)
    .map(({ name, place, micros }) => ({ name, place, share: total === 0 ? 0 : micros / total }));
}

/** The path from the nearest folder that says which package it is. */
function placeOf(url: string, line: number): string {
  if (url === "") return "";
  const file = url.replace(/^file:\/\//, "");
  const known =
    /(?:^node:.*|node_modules\/.*|runtime\/dist\/.*|generated\/js\/.*|tests\/bench\/.*)$/;
  return `${known.exec(file)?.[0] ?? path.basename(file)}:${line + 1}`;
}

/** Arguments for Node: the profile is written when the process ends. */
export function profileArguments(folder: string, name: string): readonly string[] {
  return ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}.cpuprofile`];
}

export function readProfiles(folder: string): ReadonlyMap<string, CpuProfile> {
  const files = readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"));
  return new Map(
    files.sort().map((file) => {
      const profile: CpuProfile = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
      return [path.basename(file, ".cpuprofile"), profile];
    }),
  );
}

/** The table of one process. */
export function hotspotTable(process: string, profile: CpuProfile, count = 15): Table {
  return {
    columns: [`${process}: function`, "where", "self time"],
    rows: hotspots(profile, count).map(({ name, place, share }) => [
      `\`${name}\``,
      place === "" ? "" : `\`${place}\``,
      `${(share * 100).toFixed(1)} %`,
    ]),
  };
}
