import { type LoadedConfig, loadConfig } from "../config/config.js";
import { type GenerateOptions, generate } from "../pipeline.js";
import { type Arguments, parseArguments } from "./arguments.js";
import { createReporter, type Terminal } from "./report.js";

/** Exit codes: all is well, findings or stale output, bad usage or unreadable input. */
const EXIT = { fine: 0, findings: 1, misuse: 2 } as const;

/** Runs the command line and returns the exit code. The only code that prints, with report.ts. */
export async function main(argv: readonly string[]): Promise<number> {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", onWriteError);
  const terminal: Terminal = {
    print: (text) => stdout.write(text),
    complain: (text) => stderr.write(text),
    isTty: stdout.isTTY === true,
    hasColour: stderr.isTTY === true && !process.env.NO_COLOR,
  };
  try {
    const command = await parseArguments(argv, stdout.columns);
    if (command.kind === "text") {
      terminal.print(`${command.text}\n`);
      return EXIT.fine;
    }
    if (command.kind === "misuse") return misused(terminal, command.message);
    return await run(terminal, command.arguments);
  } catch (error) {
    return failed(terminal, error, argv.includes("--verbose"));
  }
}

/** Whoever reads may stop early: `natsgen --help | head -1`. The work goes on, unheard. */
function onWriteError(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function run(terminal: Terminal, given: Arguments): Promise<number> {
  const reporter = createReporter(terminal, given);
  const cwd = process.cwd();
  const loaded = await loadConfig(cwd, given.config);
  if (loaded.diagnostics.length > 0) {
    reporter.diagnostics(loaded.diagnostics, loaded.sources);
    return EXIT.misuse;
  }
  const options = merge(given, loaded.config, cwd);
  if (typeof options === "string") return misused(terminal, options);
  const result = await generate({ ...options, onStep: reporter.step });
  reporter.result(result, options);
  if (result.status === "unreadable") return EXIT.misuse;
  return result.status === "written" || result.status === "fresh" ? EXIT.fine : EXIT.findings;
}

/** The command line over the configuration; a sentence where both leave something out. */
function merge(
  given: Arguments,
  config: LoadedConfig["config"],
  cwd: string,
): GenerateOptions | string {
  const inputs = given.inputs.length > 0 ? given.inputs : (config.inputs ?? []);
  const out = given.out ?? config.out;
  const include = [...given.include, ...(config.include ?? [])];
  if (inputs.length === 0) {
    return "which schemas? Name a folder or files, for example: natsgen proto/ --out generated/";
  }
  if (out === undefined) {
    return `where should the code go? Add --out <folder>, for example: natsgen ${inputs.join(" ")} --out generated/`;
  }
  return { inputs, out, include, cwd, check: given.check, clean: given.clean };
}

function misused(terminal: Terminal, message: string): number {
  terminal.complain(`natsgen: ${message}\nnatsgen --help lists the options.\n`);
  return EXIT.misuse;
}

function failed(terminal: Terminal, error: unknown, verbose: boolean): number {
  const isError = error instanceof Error;
  const message = isError ? error.message : String(error);
  terminal.complain(`natsgen: ${message}\n`);
  if (verbose && isError) terminal.complain(`${error.stack}\n`);
  else terminal.complain("Run with --verbose for the stack trace.\n");
  return EXIT.misuse;
}
