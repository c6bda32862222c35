/** google.rpc: the error model of gRPC and of Google's APIs. */
export * from "./status.js";
