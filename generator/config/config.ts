import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "../model/types.js";
import { parseConfig } from "./parse.js";
import { positionAt, problem } from "./problem.js";

/** What natsgen.config may say; everything on the command line wins over it. */
export interface Config {
  /** Folders, .proto files and descriptor sets, from the folder of the configuration. */
  readonly inputs?: readonly string[] | undefined;
  /** Folder that the code goes to. */
  readonly out?: string | undefined;
  /** Roots that imports are looked up in. */
  readonly include?: readonly string[] | undefined;
}

export interface LoadedConfig {
  /** Paths are relative to the working directory. Empty where there is no configuration. */
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the configuration file, for carets. */
  readonly sources: (file: string) => string | undefined;
}

const NAMES = ["natsgen.config.json", "natsgen.config.js", "natsgen.config.mjs"];

/**
 * Reads the configuration at `path`, or the one in `cwd` if there is one.
 * Problems are diagnostics; only a bug in natsgen throws.
 */
export async function loadConfig(cwd: string, path?: string): Promise<LoadedConfig> {
  const file = path === undefined ? findConfig(cwd) : resolve(cwd, path);
  if (file === undefined) return { config: {}, diagnostics: [], sources: () => undefined };
  const shown = relative(cwd, file).replaceAll("\\", "/");
  if (!existsSync(file)) return failed(`configuration file "${shown}" does not exist`);
  if (!/\.(json|js|mjs)$/.test(file)) {
    return failed(`"${shown}" is no configuration: it has to end in .json, .js or .mjs`);
  }
  const text = readFileSync(file, "utf8");
  const sources = (asked: string) => (asked === shown ? text : undefined);
  const value = file.endsWith(".json") ? parseJson(text, shown) : await importConfig(file, shown);
  if ("problem" in value) return { config: {}, diagnostics: [value.problem], sources };
  const { config, diagnostics } = await parseConfig(value.value, shown, text);
  const folder = dirname(file);
  const fromCwd = (name: string) => relative(cwd, resolve(folder, name)) || ".";
  return {
    config: {
      inputs: config.inputs?.map(fromCwd),
      out: config.out === undefined ? undefined : fromCwd(config.out),
      include: config.include?.map(fromCwd),
    },
    diagnostics,
    sources,
  };
}

function findConfig(cwd: string): string | undefined {
  return NAMES.map((name) => join(cwd, name)).find((file) => existsSync(file));
}

type Read = { readonly value: unknown } | { readonly problem: Diagnostic };

function parseJson(text: string, shown: string): Read {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // V8 says where, or what it saw there, but not always both.
    const offset = /at position (\d+)/.exec(error.message)?.[1];
    const [message = ""] = error.message.split(/ in JSON at position|, "/);
    const position = offset === undefined ? undefined : positionAt(text, Number(offset), 1, shown);
    return { problem: problem(`"${shown}" is no JSON: ${message}`, position) };
  }
}

async function importConfig(file: string, shown: string): Promise<Read> {
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(file).href);
    if ("default" in module) return { value: module.default };
    return { problem: problem(`"${shown}" has no default export`, undefined) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: problem(`"${shown}" cannot be loaded: ${reason}`, undefined) };
  }
}

function failed(message: string): LoadedConfig {
  return { config: {}, diagnostics: [problem(message, undefined)], sources: () => undefined };
}
