import {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  fieldTable,
  type JsonReadOptions,
  type JsonValue,
  type JsonWriteOptions,
  keepUnknown,
  messageFromJson,
  messageToJson,
  type Reader,
  readEnd,
  readString,
  type Writer,
  writeInt32,
  writeString,
  writeUnknown,
} from "../codec/index.js";
import { Any, type AnyInit, readAny, writeAny } from "../wkt/index.js";

export interface StatusInit {
  readonly code?: number | undefined;
  readonly message?: string | undefined;
  readonly details?: readonly AnyInit[] | undefined;
}

/** An error: a code of google.rpc.Code, a text for developers, and typed details. */
export class Status {
  static readonly typeName = "google.rpc.Status";

  code = 0;
  message = "";
  details: Any[] = [];

  constructor(init?: StatusInit) {
    if (init === undefined) return;
    if (init.code !== undefined) this.code = init.code;
    if (init.message !== undefined) this.message = init.message;
    if (init.details !== undefined) this.details = init.details.map((item) => new Any(item));
    copyUnknown(this, init);
  }

  static encode(message: StatusInit): Uint8Array {
    return encodeMessage(writeStatus, message);
  }

  static decode(bytes: Uint8Array): Status {
    return decodeMessage(readStatus, bytes);
  }

  static toJson(message: StatusInit, options?: JsonWriteOptions): JsonValue {
    return messageToJson(fields(), message, options);
  }

  static fromJson(json: JsonValue, options?: JsonReadOptions): Status {
    return messageFromJson(fields(), new Status(), json, options);
  }
}

const fields = fieldTable(() => [
  { name: "code", type: "int32" },
  { name: "message", type: "string" },
  { name: "details", type: Any, list: true },
]);

export function writeStatus(message: StatusInit, writer: Writer): void {
  if (message.code) writeInt32(writer, 8, message.code);
  if (message.message) writeString(writer, 18, message.message);
  for (const item of message.details ?? []) {
    writer.uint32(26).fork();
    writeAny(item, writer);
    writer.ldelim();
  }
  writeUnknown(message, writer);
}

export function readStatus(
  reader: Reader,
  end: number,
  depth: number,
  message = new Status(),
): Status {
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case 8:
        message.code = reader.int32();
        break;
      case 18:
        message.message = readString(reader);
        break;
      case 26:
        message.details.push(readAny(reader, readEnd(reader, depth), depth + 1));
        break;
      default:
        keepUnknown(reader, tag, message, depth);
    }
  }
  checkEnd(reader, end);
  return message;
}
