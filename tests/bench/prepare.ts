import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProtoc } from "../tools/protoc.js";
import { runCommand } from "./lib/command.js";
import { generatedFolder, root, schemaFolder, scriptOf, workFolder } from "./lib/paths.js";
import { tsProtoArguments } from "./lib/ts-proto.js";

const sourceFolder = path.join(workFolder, "generated", "src");
const schemas = ["bench/v1/echo.proto", "bench/v1/codec.proto"];

/**
 * Generates the code of the bench schemas with each generator, as its users
 * would, and compiles what is TypeScript.
 *
 * - pbjs: `static-module`, as it comes. `long` is there, as protobufjs depends on
 *   it: so 64-bit integers are exact, as they are in the other three.
 * - ts-proto: `forceLong=bigint`, for the same reason; messages alone.
 * - protobuf-es: `target=js`.
 */
export async function prepare(): Promise<void> {
  rmSync(path.join(workFolder, "generated"), { recursive: true, force: true });
  const folderOf = (name: string): string => {
    const folder = path.join(sourceFolder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const protoc = await findProtoc();
  await natsgen(folderOf("natsgen"));
  await pbjs(folderOf("pbjs"));
  await protoc.run(tsProtoArguments(folderOf("ts-proto"), [schemaFolder], schemas));
  await protoc.run([
    `--plugin=protoc-gen-es=${scriptOf(".bin/protoc-gen-es")}`,
    `--es_out=${folderOf("protobuf-es")}`,
    "--es_opt=target=js,import_extension=js",
    `--proto_path=${schemaFolder}`,
    ...schemas,
  ]);
  await compile();
}

async function natsgen(out: string): Promise<void> {
  const command = path.join(root, "bin", "natsgen.js");
  await runCommand(process.execPath, [command, schemaFolder, "--out", out]);
}

async function pbjs(folder: string): Promise<void> {
  await runCommand(process.execPath, [
    scriptOf("protobufjs-cli/bin/pbjs"),
    "--target=static-module",
    "--wrap=es6",
    `--out=${path.join(folder, "messages.js")}`,
    `--path=${schemaFolder}`,
    ...schemas.map((schema) => path.join(schemaFolder, schema)),
  ]);
}

/** Types only go away here: whether natsgen's code type-checks is tested elsewhere. */
async function compile(): Promise<void> {
  const config = path.join(sourceFolder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: path.relative(sourceFolder, path.join(root, "tsconfig.base.json")),
      compilerOptions: { noCheck: true, allowJs: true, rootDir: ".", outDir: generatedFolder },
      include: ["**/*.ts", "**/*.js"],
    }),
  );
  await runCommand(process.execPath, [scriptOf("typescript/bin/tsc"), "--project", config]);
}

/** The generated module at `file`, checked to be there. */
export function generatedModule(generator: string, file: string): string {
  const full = path.join(generatedFolder, generator, file);
  if (!existsSync(full)) throw new Error(`${generator} did not generate ${file}`);
  return full;
}
