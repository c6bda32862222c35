import { isDeepStrictEqual } from "node:util";
import { childProgram } from "../lib/child-program.js";
import { type Codec, type LibraryName, libraries } from "./libraries.js";
import type { MessageName } from "./samples.js";

export interface CodecInit {
  readonly library: LibraryName;
  readonly message: MessageName;
  readonly samples: readonly Uint8Array[];
}

export interface CodecRequest {
  /** Before each measurement, for the engine to compile what is hot. */
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** Messages a second. */
export interface CodecSpeed {
  readonly encode: number;
  readonly decode: number;
}

/** What was written and read, so that no engine finds out that nobody wants it. */
let sink = 0;

/** The speed of one library with one message. */
childProgram(async ({ library, message, samples }: CodecInit) => {
  const codec = await libraries[library](message);
  // In this process's own memory, and not in the one buffer that the message came in.
  const bytes = samples.map((sample) => Uint8Array.from(sample));
  const messages = bytes.map((sample) => codec.decode(sample));
  check(codec, bytes, messages);
  const encode = (value: unknown): number => codec.encode(value).length;
  const decode = (sample: Uint8Array): number => (codec.decode(sample) === undefined ? 0 : 1);
  return {
    run({ warmUpMs, durationMs }: CodecRequest): CodecSpeed {
      measure(messages, warmUpMs, encode);
      const encoded = measure(messages, durationMs, encode);
      measure(bytes, warmUpMs, decode);
      return { encode: encoded, decode: measure(bytes, durationMs, decode) };
    },
    close() {
      if (sink === 0) throw new Error("nothing was measured");
    },
  };
});

/** Messages a second. The clock is read once for all samples, not for each. */
function measure<T>(inputs: readonly T[], durationMs: number, run: (input: T) => number): number {
  const start = performance.now();
  let now = start;
  let count = 0;
  while (now - start < durationMs) {
    for (const input of inputs) sink += run(input);
    count += inputs.length;
    now = performance.now();
  }
  return (count / (now - start)) * 1000;
}

/** A codec that loses something is not measured. */
function check(codec: Codec, bytes: readonly Uint8Array[], messages: readonly unknown[]): void {
  bytes.forEach((sample, i) => {
    const written = codec.encode(messages[i]);
    if (written.length !== sample.length) {
      throw new Error(`${sample.length} bytes were read and ${written.length} were written`);
    }
    if (!isDeepStrictEqual(codec.decode(Uint8Array.from(written)), messages[i])) {
      throw new Error("what was written is not what was read");
    }
  });
}
