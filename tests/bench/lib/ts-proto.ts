import { scriptOf } from "./paths.js";

/**
 * Arguments for protoc: messages alone, with their JSON, and with 64-bit integers
 * that are exact.
 */
export function tsProtoArguments(
  out: string,
  protoPaths: readonly string[],
  schemas: readonly string[],
): string[] {
  return [
    `--plugin=protoc-gen-ts_proto=${scriptOf(".bin/protoc-gen-ts_proto")}`,
    `--ts_proto_out=${out}`,
    "--ts_proto_opt=esModuleInterop=true,importSuffix=.js,forceLong=bigint,outputServices=none",
    ...protoPaths.map((folder) => `--proto_path=${folder}`),
    ...schemas,
  ];
}
