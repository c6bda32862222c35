import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { emit } from "./emit/index.js";
import { lint } from "./lint/index.js";
import type { LoadResult, SourceLookup } from "./load/descriptor.js";
import { load, sortDiagnostics } from "./load/load.js";
import { buildSchema } from "./model/index.js";
import type { Diagnostic, Schema } from "./model/types.js";
import { type Conflict, type Finding, findings, planOutput, writeOutput } from "./output/index.js";

export interface GenerateOptions {
  /** Folders, .proto files and descriptor sets. */
  readonly inputs: readonly string[];
  /** Folder that the code goes to. */
  readonly out: string;
  /** Roots that imports are looked up in, beside those of the inputs. */
  readonly include?: readonly string[];
  /** What relative paths start from. Default: the working directory. */
  readonly cwd?: string;
  /** Compare with what is in `out`, and write nothing. */
  readonly check?: boolean;
  /** Remove everything that natsgen owns in `out` and does not write now, listed or not. */
  readonly clean?: boolean;
  /** Called as each step begins, with the number of inputs, schemas or files that it is about. */
  readonly onStep?: (step: Step, amount: number) => void;
}

export type Step = "load" | "model" | "emit" | "compare" | "write";

/**
 * - `written`: `out` is now as it should be; nothing may have changed
 * - `fresh`, `stale`: what `check` found
 * - `invalid`: the schemas have errors; nothing was written
 * - `unreadable`: an input is missing or cannot be read; nothing was written
 * - `refused`: `out` holds files in the way that natsgen does not own; nothing was written
 */
export type Status = "written" | "fresh" | "stale" | "invalid" | "unreadable" | "refused";

export interface GenerateResult {
  readonly status: Status;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the schemas, for whoever shows diagnostics. */
  readonly sources: SourceLookup;
  /** Schema files that code is generated from. */
  readonly schemas: number;
  /** Paths in `out`. With `check`, nothing is written or removed. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** What `check` found. */
  readonly findings: readonly Finding[];
  readonly conflicts: readonly Conflict[];
  /** Milliseconds for each step that ran. */
  readonly timings: Readonly<Partial<Record<Step, number>>>;
}

/**
 * The whole of natsgen: schemas in, code out. Never prints and never exits.
 * Throws only when the disk fails, and then leaves the old output whole.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const { inputs, include = [], cwd = process.cwd(), check = false, clean = false } = options;
  const clock = createClock(options.onStep);

  clock.begin("load", inputs.length);
  const loaded = await load(inputs, { include, cwd });

  clock.begin("model", loaded.files.length);
  const { schema, diagnostics } = understand(loaded);
  const result = {
    diagnostics,
    sources: loaded.sources,
    schemas: schema.files.filter((file) => file.generate).length,
    ...NOTHING,
  };
  if (diagnostics.some(({ severity }) => severity === "error")) {
    const isUnreadable = diagnostics.some(({ rule }) => rule === "missing-input");
    return { ...result, status: isUnreadable ? "unreadable" : "invalid", timings: clock.end() };
  }

  clock.begin("emit", result.schemas);
  const files = emit(schema);

  clock.begin("compare", files.length);
  const plan = planOutput(files, resolve(cwd, options.out), { clean });
  const { unchanged, conflicts } = plan;
  if (check) {
    const found = findings(plan);
    const status = found.length === 0 ? "fresh" : "stale";
    return { ...result, status, unchanged, findings: found, timings: clock.end() };
  }
  if (conflicts.length > 0)
    return { ...result, status: "refused", conflicts, timings: clock.end() };

  clock.begin("write", plan.create.length + plan.update.length);
  writeOutput(plan);
  // A signal that was held back meanwhile takes effect before anyone is told of success.
  await nextTurn();
  const written = [...plan.create, ...plan.update].map(({ path }) => path).sort();
  const { remove: removed } = plan;
  return { ...result, status: "written", written, removed, unchanged, timings: clock.end() };
}

const NOTHING = { written: [], removed: [], unchanged: [], findings: [], conflicts: [] };

/** The model of what was loaded, with all that can be said against it in one list. */
function understand(loaded: LoadResult): { schema: Schema; diagnostics: readonly Diagnostic[] } {
  const { schema, diagnostics } = buildSchema(loaded.files);
  const found = [...loaded.diagnostics, ...diagnostics];
  // Lint rules may rely on a model that is whole.
  const isWhole = !found.some(({ severity }) => severity === "error");
  const more = isWhole ? lint(schema) : [];
  return { schema, diagnostics: sortDiagnostics([...found, ...more]) };
}

function createClock(onStep: GenerateOptions["onStep"]) {
  const timings: Partial<Record<Step, number>> = {};
  let running: { readonly step: Step; readonly since: number } | undefined;
  const end = () => {
    if (running !== undefined) timings[running.step] = performance.now() - running.since;
    running = undefined;
    return timings;
  };
  const begin = (step: Step, amount: number) => {
    end();
    running = { step, since: performance.now() };
    onStep?.(step, amount);
  };
  return { begin, end };
}
