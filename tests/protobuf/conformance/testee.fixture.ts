/**
 * The program under test of Google's conformance suite: reads requests from
 * stdin and answers them with code that natsgen generated from the suite's own
 * schemas. Protocol: conformance/conformance.proto.
 *
 * Frames are a little-endian uint32 length and that many bytes.
 */
import { readSync, writeSync } from "node:fs";
import type { JsonValue, MessageType } from "@natsgen/runtime/contract";
import * as conformance from "./generated/conformance/messages.js";
import {
  type ConformanceRequest,
  ConformanceResponse,
  type ConformanceResponseInit,
} from "./generated/conformance/messages.js";
import * as editions from "./generated/protobuf_test_messages/editions/messages.js";
import * as editionsProto2 from "./generated/protobuf_test_messages/editions/proto2/messages.js";
import * as editionsProto3 from "./generated/protobuf_test_messages/editions/proto3/messages.js";
import * as proto2 from "./generated/protobuf_test_messages/proto2/messages.js";
import * as proto3 from "./generated/protobuf_test_messages/proto3/messages.js";

const types = new Map<string, MessageType>(
  [
    conformance.FailureSet,
    editions.TestAllTypesEdition2023,
    editionsProto2.TestAllTypesProto2,
    editionsProto3.TestAllTypesProto3,
    proto2.TestAllTypesProto2,
    proto3.TestAllTypesProto3,
  ].map((type) => [type.typeName, type]),
);

function answer(request: ConformanceRequest): ConformanceResponseInit {
  const type = types.get(request.messageType);
  if (type === undefined) return skip(`no type ${request.messageType}`);
  let message: object;
  switch (request.payload.case) {
    case "protobufPayload":
    case "jsonPayload":
      try {
        message =
          request.payload.case === "protobufPayload"
            ? type.decode(request.payload.value)
            : parse(type, request.payload.value, request.testCategory);
      } catch (error) {
        return { result: { case: "parseError", value: String(error) } };
      }
      break;
    default:
      return skip(`no ${request.payload.case ?? "payload"}`);
  }
  try {
    switch (request.requestedOutputFormat) {
      case "PROTOBUF":
        return { result: { case: "protobufPayload", value: type.encode(message) } };
      case "JSON": {
        const json = type.toJson(message, { registry: types });
        return { result: { case: "jsonPayload", value: JSON.stringify(json) } };
      }
      default:
        return skip(`no output format ${request.requestedOutputFormat}`);
    }
  } catch (error) {
    return { result: { case: "serializeError", value: String(error) } };
  }
}

function parse(type: MessageType, text: string, category: conformance.TestCategory): object {
  const json: JsonValue = JSON.parse(text);
  const ignoreUnknownFields = category === "JSON_IGNORE_UNKNOWN_PARSING_TEST";
  return type.fromJson(json, { ignoreUnknownFields, registry: types });
}

function skip(reason: string): ConformanceResponseInit {
  return { result: { case: "skipped", value: reason } };
}

/** Reads exactly `size` bytes; `undefined` where the input has ended. */
function read(size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const count = readSync(0, bytes, at, size - at, null);
    if (count === 0) return undefined;
    at += count;
  }
  return bytes;
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

for (;;) {
  const prefix = read(4);
  if (prefix === undefined) break;
  const frame = read(new DataView(prefix.buffer).getUint32(0, true));
  if (frame === undefined) break;
  const request = conformance.ConformanceRequest.decode(frame);
  const response = ConformanceResponse.encode(answer(request));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, response.length, true);
  writeAll(size);
  writeAll(response);
}
