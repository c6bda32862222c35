import type { MethodDescriptor } from "../contract.js";
import { codeFromHttpStatus, type ErrorCode, isErrorCode } from "../errors/code.js";
import { NatsgenError, type PackedDetail } from "../errors/error.js";
import { decodeStatus } from "../errors/status.js";
import { Header, headersToMetadata, readHeader } from "../metadata/wire.js";
import type { InboundHeaders, Reply } from "../transport.js";

/**
 * The message of a reply; throws what the service or the transport reported. Runs
 * behind the `await` of the call, so that the error's stack leads to the caller.
 */
export function decodeReply(method: MethodDescriptor, reply: Reply): object {
  if (!reply.ok) {
    const { code, message, cause } = reply.failure;
    throw new NatsgenError(code, message, { cause });
  }
  const { data, headers } = reply;
  if (headers !== undefined) {
    throwIfError(headers, data);
  }
  try {
    return method.output.decode(data);
  } catch (cause) {
    throw new NatsgenError(
      "INTERNAL",
      `the reply from ${method.subject} is not a ${method.output.typeName}: ${data.length} bytes that do not decode`,
      { cause },
    );
  }
}

/**
 * Error replies of NATS ADR-32, natsgen's and those of any other service: the
 * canonical code comes from natsgen's header, else from `google.rpc.Status` in the
 * body, else from the HTTP status.
 */
function throwIfError(headers: InboundHeaders, data: Uint8Array): void {
  const status = readHeader(headers, Header.serviceErrorCode);
  const text = readHeader(headers, Header.serviceError);
  const name = readHeader(headers, Header.code);
  if (status === undefined && text === undefined && name === undefined) {
    return;
  }
  const body = readStatus(name, data);
  const fallback: ErrorCode = codeFromHttpStatus(Number(status));
  throw new NatsgenError(
    isErrorCode(name) ? name : fallback,
    body === undefined || body.message === "" ? (text ?? "") : body.message,
    { details: body?.details ?? [], metadata: headersToMetadata(headers) },
  );
}

interface StatusBody {
  readonly message: string;
  readonly details: readonly PackedDetail[];
}

/** Only a reply with natsgen's code header promises a Status; another service's body is its own. */
function readStatus(name: string | undefined, data: Uint8Array): StatusBody | undefined {
  if (name === undefined || data.length === 0) {
    return undefined;
  }
  try {
    return decodeStatus(data);
  } catch {
    // The headers say what went wrong; a broken body must not replace it.
    return undefined;
  }
}
