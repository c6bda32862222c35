import type { SourceLookup } from "../load/descriptor.js";
import { renderDiagnostics } from "../load/render.js";
import type { Diagnostic } from "../model/types.js";
import type { GenerateOptions, GenerateResult, Step } from "../pipeline.js";
import type { Arguments } from "./arguments.js";
import { toJson } from "./json.js";

/** Where text goes, and what it may look like there. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Whether what is printed can be overwritten. */
  readonly isTty: boolean;
  readonly hasColour: boolean;
}

export interface Reporter {
  readonly step: (step: Step, amount: number) => void;
  readonly diagnostics: (diagnostics: readonly Diagnostic[], sources: SourceLookup) => void;
  readonly result: (result: GenerateResult, options: GenerateOptions) => void;
}

const DOING: Readonly<Record<Step, (amount: number) => string>> = {
  load: (amount) => `reading ${count(amount, "input")}`,
  model: (amount) => `checking ${count(amount, "schema")}, imports included`,
  emit: (amount) => `generating code for ${count(amount, "schema")}`,
  compare: (amount) => `comparing ${count(amount, "file")}`,
  write: (amount) => `writing ${count(amount, "file")}`,
};

/** Tells people (or, with `json`, programs) what happens. */
export function createReporter(terminal: Terminal, given: Arguments): Reporter {
  const { print, complain } = terminal;
  const started = performance.now();
  const says = (text: string) => {
    if (!given.quiet) print(text);
  };
  const isLive = terminal.isTty && !given.quiet && !given.json;
  const clearLine = () => {
    if (isLive) print("\r\u001b[K");
  };

  const diagnostics: Reporter["diagnostics"] = (found, sources) => {
    if (found.length === 0) return;
    const options = { sources, colour: terminal.hasColour };
    complain(`${renderDiagnostics(found, options)}\n`);
    complain(`${summary(found)}\n`);
  };

  const result: Reporter["result"] = (outcome, options) => {
    clearLine();
    const milliseconds = performance.now() - started;
    if (given.json) {
      print(`${JSON.stringify(toJson(outcome, options, milliseconds), null, 2)}\n`);
      return;
    }
    diagnostics(outcome.diagnostics, outcome.sources);
    const out = shown(options);
    if (given.verbose) says(details(outcome, out));
    const text = SENTENCES[outcome.status]?.(outcome, options);
    if (text === undefined) return;
    const isFine = outcome.status === "written" || outcome.status === "fresh";
    if (isFine) says(`${text} (${seconds(milliseconds)})\n`);
    else complain(`${text}\n`);
  };

  return {
    step: (step, amount) => {
      clearLine();
      if (isLive) print(`${DOING[step](amount)} …`);
    },
    diagnostics,
    result,
  };
}

type Sentence = (result: GenerateResult, options: GenerateOptions) => string;

const SENTENCES: Readonly<Partial<Record<GenerateResult["status"], Sentence>>> = {
  written: (result, options) => {
    const { written, removed, unchanged } = result;
    const changes = [
      count(written.length, "file written", "files written"),
      ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
      `${unchanged.length} unchanged`,
    ];
    return `${shown(options)}: ${changes.join(", ")}, from ${schemas(result)}`;
  },
  fresh: (result, options) =>
    `${shown(options)} is up to date: ${count(result.unchanged.length, "file")}, from ${schemas(result)}`,
  stale: ({ findings }, options) => {
    const lines = findings.flatMap(({ path, kind, diff }) => [
      `${kind}: ${shown(options)}${path}`,
      ...(diff === undefined ? [] : diff.split("\n").map((line) => `    ${line}`)),
    ]);
    const strangers = findings.filter(({ remedy }) => remedy === "remove");
    const isOurs = strangers.length < findings.length;
    const clean = findings.some(({ remedy }) => remedy === "clean") ? " --clean" : "";
    return [
      ...lines,
      `${shown(options)} is out of date: ${count(findings.length, "file differs", "files differ")}`,
      ...(isOurs ? [`To update it, run: ${command(options)}${clean}`] : []),
      ...strangers.map(
        ({ path }) => `natsgen did not write ${shown(options)}${path}: move or delete it`,
      ),
    ].join("\n");
  },
  refused: ({ conflicts }, options) =>
    [
      `natsgen: nothing was written: ${shown(options)} holds files that natsgen does not own`,
      ...conflicts.map(({ path, reason }) => `  ${shown(options)}${path}: ${reason}`),
      "Move or delete them, or choose another folder with --out.",
    ].join("\n"),
};

function details({ written, removed, timings }: GenerateResult, out: string): string {
  const lines = [
    ...written.map((path) => `wrote ${out}${path}`),
    ...removed.map((path) => `removed ${out}${path}`),
    ...Object.entries(timings).map(([step, time]) => `${step}: ${time.toFixed(0)} ms`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** The output folder as it was typed, with one `/` at the end. */
function shown({ out }: GenerateOptions): string {
  return `${out.replace(/[\\/]+$/, "")}/`;
}

function command(options: GenerateOptions): string {
  const include = (options.include ?? []).flatMap((folder) => ["-I", quoted(folder)]);
  const inputs = options.inputs.map(quoted);
  return ["npx natsgen", ...inputs, ...include, "--out", quoted(options.out)].join(" ");
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function schemas(result: GenerateResult): string {
  return count(result.schemas, "schema");
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  return [
    ...(errors === 0 ? [] : [count(errors, "error")]),
    ...(warnings === 0 ? [] : [count(warnings, "warning")]),
  ].join(", ");
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
