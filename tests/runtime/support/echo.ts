import { Reader, Writer } from "protobufjs/minimal.js";
import type { JsonValue, MethodDescriptor, ServiceDescriptor } from "../../../runtime/contract.js";
import type { CallOptions, HandlerContext } from "../../../runtime/index.js";

/** A message as generated code would have it: `string text = 1; uint32 count = 2; bytes blob = 3`. */
export class Echo {
  static readonly typeName = "test.v1.Echo";
  text: string;
  count: number;
  blob: Uint8Array;

  constructor(init: EchoInit = {}) {
    this.text = init.text ?? "";
    this.count = init.count ?? 0;
    this.blob = init.blob ?? new Uint8Array(0);
  }

  static encode(message: EchoInit): Uint8Array {
    const writer = Writer.create();
    if (message.text !== undefined && message.text !== "") {
      if (typeof message.text !== "string") {
        throw new TypeError("text: a string is expected");
      }
      writer.uint32(10).string(message.text);
    }
    if (message.count !== undefined && message.count !== 0) {
      writer.uint32(16).uint32(message.count);
    }
    if (message.blob !== undefined && message.blob.length > 0) {
      writer.uint32(26).bytes(message.blob);
    }
    return writer.finish();
  }

  static decode(bytes: Uint8Array): Echo {
    const reader = Reader.create(bytes);
    const message = new Echo();
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      if (tag === 10) {
        message.text = reader.string();
      } else if (tag === 16) {
        message.count = reader.uint32();
      } else if (tag === 26) {
        message.blob = reader.bytes();
      } else {
        reader.skipType(tag & 7);
      }
    }
    return message;
  }

  static toJson(message: EchoInit): JsonValue {
    return { text: message.text ?? "", count: message.count ?? 0 };
  }

  static fromJson(): Echo {
    return new Echo();
  }
}

export interface EchoInit {
  readonly text?: string | undefined;
  readonly count?: number | undefined;
  readonly blob?: Uint8Array | undefined;
}

function method(name: string, more: Partial<MethodDescriptor> = {}): MethodDescriptor {
  return {
    name,
    kind: "unary",
    subject: `test.v1.EchoService.${name}`,
    input: Echo,
    output: Echo,
    ...more,
  };
}

export const EchoService = {
  contract: 1,
  typeName: "test.v1.EchoService",
  queueGroup: "q",
  version: "1.2.3",
  description: "Says what it hears.",
  metadata: { team: "test" },
  methods: {
    say: method("Say"),
    slow: method("Slow", { rules: { timeoutMs: 60_000 } }),
    single: method("Single", { rules: { maxConcurrency: 1 } }),
    watch: method("Watch", { kind: "serverStreaming" }),
    upload: method("Upload", { kind: "clientStreaming" }),
  },
} as const satisfies ServiceDescriptor;

export interface EchoClient {
  say(request: EchoInit, options?: CallOptions): Promise<Echo>;
  slow(request: EchoInit, options?: CallOptions): Promise<Echo>;
  single(request: EchoInit, options?: CallOptions): Promise<Echo>;
  watch(request: EchoInit, options?: CallOptions): AsyncIterable<Echo>;
  upload(requests: AsyncIterable<EchoInit>, options?: CallOptions): Promise<Echo>;
}

type Handler = (request: Echo, context: HandlerContext) => EchoInit | Promise<EchoInit>;

export interface EchoHandlers {
  say: Handler;
  slow: Handler;
  single: Handler;
  watch(request: Echo, context: HandlerContext): AsyncIterable<EchoInit>;
  upload(requests: AsyncIterable<Echo>, context: HandlerContext): EchoInit | Promise<EchoInit>;
}

/** Handlers that echo; a test puts its own over them. */
export function echoHandlers(more: Partial<EchoHandlers> = {}): EchoHandlers {
  return {
    say: (request) => request,
    slow: (request) => request,
    single: (request) => request,
    async *watch(request) {
      yield request;
    },
    upload: () => ({}),
    ...more,
  };
}
