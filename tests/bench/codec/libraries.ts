import { pathToFileURL } from "node:url";
import type * as protobufEs from "@bufbuild/protobuf";
import { generatedModule } from "../prepare.js";
import type { MessageName } from "./samples.js";

/** A message type of one library. */
export interface Codec {
  encode(message: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

export type LibraryName = "pbjs" | "ts-proto" | "protobuf-es" | "natsgen";

type Messages<T> = Readonly<Record<MessageName, T>>;

interface WriterType {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** Loads one library's code of a message, as its users call it. */
export const libraries: Readonly<Record<LibraryName, (message: MessageName) => Promise<Codec>>> = {
  async pbjs(message) {
    const module: { readonly bench: { readonly v1: Messages<WriterType> } } = await load(
      "pbjs",
      "messages.js",
    );
    return fromWriter(module.bench.v1[message]);
  },

  async "ts-proto"(message) {
    const module: Messages<WriterType> = await load("ts-proto", "bench/v1/codec.js");
    return fromWriter(module[message]);
  },

  async "protobuf-es"(message) {
    const { fromBinary, toBinary }: typeof protobufEs = await import("@bufbuild/protobuf");
    const module: Readonly<Record<`${MessageName}Schema`, protobufEs.DescMessage>> = await load(
      "protobuf-es",
      "bench/v1/codec_pb.js",
    );
    const schema = module[`${message}Schema`];
    return {
      encode: (value) => toBinary(schema, value as protobufEs.Message),
      decode: (bytes) => fromBinary(schema, bytes),
    };
  },

  async natsgen(message) {
    const module: Messages<Codec> = await load("natsgen", "bench/v1/index.js");
    const type = module[message];
    return { encode: (value) => type.encode(value), decode: (bytes) => type.decode(bytes) };
  },
};

/** Generated at bench time, so its types are not known here: the callers spell them out. */
async function load<T>(generator: string, file: string): Promise<T> {
  return import(pathToFileURL(generatedModule(generator, file)).href);
}

function fromWriter(type: WriterType): Codec {
  return {
    encode: (value) => type.encode(value).finish(),
    decode: (bytes) => type.decode(bytes),
  };
}
