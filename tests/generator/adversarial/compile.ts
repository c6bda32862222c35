import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type GenerateResult, generate } from "../../../generator/pipeline.js";
import { ROOT } from "../../protobuf/generate.js";

/** Schema files of one case, by path. */
export type Schemas = Readonly<Record<string, string>>;

/** A folder in which cases are generated side by side, for tsc to compile all of them in one run. */
export interface Workbench {
  readonly path: string;
  /** Writes the schemas below `<name>/proto` and generates into `<name>/out`. */
  readonly generate: (name: string, schemas: Schemas) => Promise<GenerateResult>;
  /**
   * Compiles what was generated, as a Node project and as a bundler's, against
   * the built runtime. Gives tsc's findings, one a line; none is right.
   */
  readonly compile: () => string;
}

/** Below the project's cache, where `@natsgen/runtime` resolves as it does for a user. */
export function createWorkbench(name: string): Workbench {
  const path = join(ROOT, ".cache/tests", name);
  if (existsSync(path)) rmSync(path, { recursive: true });
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "package.json"), '{ "type": "module" }\n');
  return {
    path,
    generate: (caseName, schemas) => {
      const folder = join(path, caseName);
      for (const [file, text] of Object.entries(schemas)) {
        const target = join(folder, "proto", file);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, text);
      }
      return generate({ inputs: ["proto"], out: "out", cwd: folder });
    },
    compile: () => ["nodenext", "bundler"].map((kind) => compileAs(path, kind)).join(""),
  };
}

function compileAs(path: string, kind: string): string {
  const config = join(path, `tsconfig.${kind}.json`);
  const settings = {
    extends: join(ROOT, `tests/types/tsconfig.${kind}.json`),
    compilerOptions: { rootDir: ROOT, skipLibCheck: true },
    include: ["*/out/**/*.ts"],
  };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [tsc, "-p", config, "--pretty", "false"], { stdio: "pipe" });
    return "";
  } catch (error) {
    if (error instanceof Error && "stdout" in error) return String(error.stdout);
    throw error;
  }
}

/** `file:line: message` of each finding that is an error. */
export function errorsOf({ diagnostics }: GenerateResult): readonly string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ position, message }) => `${position?.file}:${position?.line}: ${message}`);
}
