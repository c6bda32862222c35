import {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  fieldTable,
  type JsonReadOptions,
  type JsonValue,
  keepUnknown,
  messageFromJson,
  type Reader,
  type Writer,
  writeUnknown,
} from "../codec/index.js";

export type EmptyInit = Readonly<Record<never, never>>;

/** A message without fields. */
export class Empty {
  static readonly typeName = "google.protobuf.Empty";

  constructor(init?: EmptyInit) {
    if (init !== undefined) copyUnknown(this, init);
  }

  static encode(message: EmptyInit): Uint8Array {
    return encodeMessage(writeEmpty, message);
  }

  static decode(bytes: Uint8Array): Empty {
    return decodeMessage(readEmpty, bytes);
  }

  static toJson(_message: EmptyInit): JsonValue {
    return {};
  }

  static fromJson(json: JsonValue, options?: JsonReadOptions): Empty {
    return messageFromJson(fields(), new Empty(), json, options);
  }
}

const fields = fieldTable(() => []);

export function writeEmpty(message: EmptyInit, writer: Writer): void {
  writeUnknown(message, writer);
}

export function readEmpty(
  reader: Reader,
  end: number,
  depth: number,
  message = new Empty(),
): Empty {
  while (reader.pos < end) keepUnknown(reader, reader.tag(), message, depth);
  checkEnd(reader, end);
  return message;
}
