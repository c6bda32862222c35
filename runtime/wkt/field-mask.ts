import {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  JsonError,
  type JsonValue,
  keepUnknown,
  type Reader,
  readString,
  type Writer,
  writeString,
  writeUnknown,
} from "../codec/index.js";

export interface FieldMaskInit {
  readonly paths?: readonly string[] | undefined;
}

/** A set of fields, by their names in the schema: `order.line_items`. */
export class FieldMask {
  static readonly typeName = "google.protobuf.FieldMask";

  paths: string[] = [];

  constructor(init?: FieldMaskInit) {
    if (init === undefined) return;
    if (init.paths !== undefined) this.paths = [...init.paths];
    copyUnknown(this, init);
  }

  static encode(message: FieldMaskInit): Uint8Array {
    return encodeMessage(writeFieldMask, message);
  }

  static decode(bytes: Uint8Array): FieldMask {
    return decodeMessage(readFieldMask, bytes);
  }

  /** One string, paths in lowerCamelCase. Throws for a path that would not read back the same. */
  static toJson(message: FieldMaskInit): JsonValue {
    return (message.paths ?? []).map(toCamel).join(",");
  }

  static fromJson(json: JsonValue): FieldMask {
    if (typeof json !== "string") throw new JsonError("a string of paths is due");
    return new FieldMask({ paths: json === "" ? [] : json.split(",").map(toSnake) });
  }
}

function toCamel(path: string): string {
  const camel = path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (/[A-Z]/.test(path) || camel.includes("_")) {
    throw new JsonError(`the path "${path}" has no form in JSON`);
  }
  return camel;
}

function toSnake(path: string): string {
  if (path.includes("_")) throw new JsonError(`"${path}" is not in lowerCamelCase`);
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function writeFieldMask(message: FieldMaskInit, writer: Writer): void {
  for (const path of message.paths ?? []) writeString(writer, 10, path);
  writeUnknown(message, writer);
}

export function readFieldMask(
  reader: Reader,
  end: number,
  depth: number,
  message = new FieldMask(),
): FieldMask {
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === 10) message.paths.push(readString(reader));
    else keepUnknown(reader, tag, message, depth);
  }
  checkEnd(reader, end);
  return message;
}
