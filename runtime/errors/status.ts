import { Reader, Writer } from "protobufjs/minimal.js";
import { type Code, codeFromNumber, codeNumber } from "./code.js";
import type { NatsgenError, PackedDetail } from "./error.js";

/**
 * The wire format of `google.rpc.Status`: code = 1, message = 2, details = 3
 * (google/rpc/status.proto), with `google.protobuf.Any`: type_url = 1, value = 2.
 *
 * By hand and not through the generated `Status`: every client and worker needs
 * these three fields, and none of them needs the rest of `@natsgen/runtime/rpc`.
 */
export function encodeStatus(error: NatsgenError): Uint8Array {
  const writer = Writer.create();
  writer.uint32(8).int32(codeNumber(error.code));
  if (error.rawMessage !== "") {
    writer.uint32(18).string(error.rawMessage);
  }
  for (const detail of error.details) {
    writer.uint32(26).fork();
    writer.uint32(10).string(detail.typeUrl);
    writer.uint32(18).bytes(detail.value);
    writer.ldelim();
  }
  return writer.finish();
}

export interface DecodedStatus {
  /** `undefined`: a number that google.rpc.Code does not have. */
  readonly code: Code | undefined;
  readonly message: string;
  readonly details: readonly PackedDetail[];
}

/** Reads `google.rpc.Status`; throws on bytes that are not one. */
export function decodeStatus(bytes: Uint8Array): DecodedStatus {
  const reader = Reader.create(bytes);
  let code = 0;
  let message = "";
  const details: PackedDetail[] = [];
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        code = reader.int32();
        break;
      case 18:
        message = reader.string();
        break;
      case 26:
        details.push(decodeAny(reader, reader.uint32()));
        break;
      default:
        reader.skipType(tag & 7);
    }
  }
  return { code: codeFromNumber(code), message, details };
}

function decodeAny(reader: Reader, length: number): PackedDetail {
  const end = reader.pos + length;
  let typeUrl = "";
  let value: Uint8Array = new Uint8Array(0);
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        typeUrl = reader.string();
        break;
      case 18:
        value = reader.bytes();
        break;
      default:
        reader.skipType(tag & 7);
    }
  }
  return { typeUrl, value };
}

/** `google.rpc.RetryInfo` with this delay: how long a caller should wait before it tries again. */
export function retryInfo(delayMs: number): PackedDetail {
  const seconds = Math.floor(delayMs / 1000);
  const nanos = Math.round((delayMs - seconds * 1000) * 1e6);
  const writer = Writer.create();
  writer.uint32(10).fork();
  if (seconds > 0) {
    writer.uint32(8).int64(seconds);
  }
  if (nanos > 0) {
    writer.uint32(16).int32(nanos);
  }
  writer.ldelim();
  return { typeUrl: "type.googleapis.com/google.rpc.RetryInfo", value: writer.finish() };
}
