import yargs from "yargs";
import { didYouMean } from "../model/suggest.js";
import { version } from "./version.js";

/** What the command line says. Absent: not said there, so the configuration may. */
export interface Arguments {
  readonly inputs: readonly string[];
  readonly out: string | undefined;
  readonly include: readonly string[];
  readonly config: string | undefined;
  readonly check: boolean;
  readonly clean: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export type Command =
  | { readonly kind: "generate"; readonly arguments: Arguments }
  /** Help or the version was asked for. */
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "misuse"; readonly message: string };

const FLAGS = ["check", "clean", "json", "quiet", "verbose", "help", "version"] as const;
const VALUES = ["out", "include", "config"] as const;
const SHORT: Readonly<Record<string, string>> = { o: "out", I: "include", h: "help" };

/** Reads the command line. Prints nothing. `width` is that of the terminal. */
export async function parseArguments(argv: readonly string[], width = 80): Promise<Command> {
  const parser = describe(width);
  let failure = "";
  parser.fail((message, error) => {
    failure = message ?? error?.message ?? "";
  });
  let output = "";
  const parsed: Readonly<Record<string, unknown>> = await parser.parse(
    separate(argv),
    {},
    // With a callback, yargs leaves printing and exiting to its caller.
    (_error, _parsed, text) => {
      output = text;
    },
  );
  if (parsed.help === true || parsed.version === true) return { kind: "text", text: output };
  const misuse = findMisuse(parsed) ?? valueOfFlag(argv) ?? (failure === "" ? undefined : failure);
  if (misuse !== undefined) return { kind: "misuse", message: misuse };
  const { out, config, include, _ } = parsed;
  return {
    kind: "generate",
    arguments: {
      inputs: texts(_),
      out: typeof out === "string" ? out : undefined,
      include: texts(include),
      config: typeof config === "string" ? config : undefined,
      check: parsed.check === true,
      clean: parsed.clean === true,
      json: parsed.json === true,
      quiet: parsed.quiet === true,
      verbose: parsed.verbose === true,
    },
  };
}

function describe(width: number) {
  return yargs([])
    .scriptName("natsgen")
    .locale("en")
    .usage("natsgen <proto folder or files…> --out <folder>\n")
    .usage("Typed NATS services, clients and events in TypeScript, from Protobuf schemas.")
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .option("out", { alias: "o", string: true, describe: "Folder that the code goes to" })
    .option("include", {
      alias: "I",
      string: true,
      describe: "Further folder to look imports up in; may be given more than once",
    })
    .option("check", {
      boolean: true,
      describe: "Write nothing; exit with 1 if the output is not up to date, and say what differs",
    })
    .option("clean", {
      boolean: true,
      describe: "Remove whatever natsgen once wrote to the folder and does not write now",
    })
    .option("config", {
      string: true,
      describe: "Configuration file, in place of natsgen.config.{json,js,mjs}",
    })
    .option("json", { boolean: true, describe: "Print the result as one JSON document" })
    .option("quiet", { boolean: true, describe: "Print errors and warnings only" })
    .option("verbose", { boolean: true, describe: "Name each file and time; show stack traces" })
    .help("help", "Show this help")
    .alias("h", "help")
    .version("version", "Show natsgen's version", version())
    .exitProcess(false)
    .wrap(Math.min(100, width))
    .example("natsgen proto/ --out generated/", "Generate code for every schema in proto/")
    .example("natsgen proto/ --out generated/ --check", "Fail in CI if generated/ is out of date")
    .example(
      "natsgen api.proto -I third_party/ --out src/api/",
      "One schema, with imports elsewhere",
    )
    .example("natsgen schemas.binpb --out generated/", "A descriptor set made by buf or protoc")
    .epilogue(
      "Exit codes: 0 all is well; 1 errors in the schemas, or output that is out of date; " +
        "2 wrong usage, or input that cannot be read.",
    );
}

/** protoc's `-Ifolder`, which yargs would read as five short options. */
function separate(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  return argv.flatMap((text, index) => {
    const isOption = end === -1 || index < end;
    return isOption && /^-I[^=]/.test(text) ? ["-I", text.slice(2)] : [text];
  });
}

/** yargs reads `--check=yes` as `--check=false`, and a check that writes is the worst of misuses. */
function valueOfFlag(argv: readonly string[]): string | undefined {
  const flag = FLAGS.find((name) =>
    argv.some((text) => text.startsWith(`--${name}=`) && !/=(true|false)$/.test(text)),
  );
  return flag === undefined ? undefined : `--${flag} takes no value`;
}

function findMisuse(parsed: Readonly<Record<string, unknown>>): string | undefined {
  const names: readonly string[] = [...FLAGS, ...VALUES];
  for (const name of Object.keys(parsed)) {
    const isKnown = name === "_" || name === "$0" || names.includes(name) || name in SHORT;
    if (isKnown) continue;
    const dashes = name.length === 1 ? "-" : "--";
    const hint = didYouMean(name, names)?.replace(/"(.*)"/, "--$1");
    return `there is no option ${dashes}${name}${hint === undefined ? "" : `; ${hint}`}`;
  }
  for (const name of VALUES) {
    const value = parsed[name];
    if (value === undefined) continue;
    if (texts(value).some((text) => text === "")) return `--${name} needs a value`;
    if (name !== "include" && Array.isArray(value)) return `--${name} was given more than once`;
  }
  for (const name of FLAGS) {
    if (Array.isArray(parsed[name])) return `--${name} was given more than once`;
  }
  if (texts(parsed._).includes("")) return "a schema's name is empty: is a variable unset?";
  if (parsed.check === true && parsed.clean === true) {
    return "--check writes nothing, so it cannot go with --clean";
  }
  return undefined;
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
