import * as grpc from "@grpc/grpc-js";
import { type Echo, echoRequest, echoResponse } from "../echo-message.js";
import { loadPbjsEcho } from "../pbjs-echo.js";
import type { Variant } from "../variant.js";

async function defineService() {
  const { EchoRequest, EchoResponse } = await loadPbjsEcho();
  return {
    echo: {
      path: "/bench.v1.EchoService/Echo",
      requestStream: false,
      responseStream: false,
      requestSerialize: (echo: Echo) => toBuffer(EchoRequest.encode(echo).finish()),
      requestDeserialize: (bytes: Buffer) => EchoRequest.decode(bytes),
      responseSerialize: (echo: Echo) => toBuffer(EchoResponse.encode(echo).finish()),
      responseDeserialize: (bytes: Buffer) => EchoResponse.decode(bytes),
    },
  } as const satisfies grpc.ServiceDefinition;
}

/** grpc-js over one connection, without TLS and without a deadline: its fastest. */
export const variant: Variant = {
  async startServer() {
    const server = new grpc.Server();
    server.addService(await defineService(), {
      echo(call: grpc.ServerUnaryCall<Echo, Echo>, callback: grpc.sendUnaryData<Echo>) {
        callback(null, echoResponse(call.request));
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    return {
      url: `127.0.0.1:${port}`,
      async close() {
        server.forceShutdown();
      },
    };
  },

  async startClient(url) {
    const { echo } = await defineService();
    const client = new grpc.Client(url, grpc.credentials.createInsecure());
    return {
      echo: (sequence) =>
        new Promise((resolve, reject) => {
          client.makeUnaryRequest(
            echo.path,
            echo.requestSerialize,
            echo.responseDeserialize,
            echoRequest(sequence),
            (error, reply) => {
              if (reply === undefined) reject(error ?? new Error("neither error nor reply"));
              else resolve(reply.sequence);
            },
          );
        }),
      async close() {
        client.close();
      },
    };
  },
};

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
