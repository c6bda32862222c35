import type { MethodDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";

/** A streaming method's function: it fails the way its kind fails, when the result is used. */
export function unimplementedMethod(method: MethodDescriptor): () => unknown {
  const error = (): NatsgenError =>
    new NatsgenError(
      "UNIMPLEMENTED",
      `${method.subject} is a streaming method, which this version of @natsgen/runtime does not speak yet`,
    );
  if (method.kind === "clientStreaming") {
    return () => Promise.reject(error());
  }
  return () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error()) }),
  });
}
