import {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  JsonError,
  type JsonObject,
  type JsonReadOptions,
  type JsonValue,
  type JsonWriteOptions,
  keepUnknown,
  type Reader,
  readBytes,
  readString,
  setEntry,
  type Writer,
  writeBytes,
  writeString,
  writeUnknown,
} from "../codec/index.js";
import { isJsonObject } from "../codec/json-values.js";
import type { MessageType } from "../contract.js";
import { builtInType, hasValueMember } from "./built-in.js";

export interface AnyInit {
  readonly typeUrl?: string | undefined;
  readonly value?: Uint8Array | undefined;
}

/** A message of any type, with the name of its type. */
export class Any {
  static readonly typeName = "google.protobuf.Any";

  /** `type.googleapis.com/game.orders.v1.Order`: what follows the last slash is the full name. */
  typeUrl = "";
  /** The encoded message. */
  value: Uint8Array = new Uint8Array(0);

  constructor(init?: AnyInit) {
    if (init === undefined) return;
    if (init.typeUrl !== undefined) this.typeUrl = init.typeUrl;
    if (init.value !== undefined) this.value = init.value;
    copyUnknown(this, init);
  }

  /** Puts a message into an Any. */
  static pack<T extends object, I>(type: MessageType<T, I>, message: I): Any {
    return new Any({
      typeUrl: `type.googleapis.com/${type.typeName}`,
      value: type.encode(message),
    });
  }

  /** The message, if it is one of `type`; otherwise `undefined`. Throws if its bytes are malformed. */
  unpack<T extends object, I>(type: MessageType<T, I>): T | undefined {
    return this.is(type) ? type.decode(this.value) : undefined;
  }

  is(type: { readonly typeName: string }): boolean {
    return nameOf(this.typeUrl) === type.typeName;
  }

  static encode(message: AnyInit): Uint8Array {
    return encodeMessage(writeAny, message);
  }

  static decode(bytes: Uint8Array): Any {
    return decodeMessage(readAny, bytes);
  }

  /** Needs `options.registry` for all but the well-known types. */
  static toJson(message: AnyInit, options: JsonWriteOptions = {}): JsonValue {
    const { typeUrl = "", value = new Uint8Array(0) } = message;
    if (typeUrl === "") {
      if (value.length > 0) throw new JsonError("an Any without a type");
      return {};
    }
    const type = findType(typeUrl, options);
    const json: JsonObject = {};
    setEntry<JsonValue>(json, "@type", typeUrl);
    const inner = type.toJson(type.decode(value), options);
    if (hasValueMember(type.typeName)) setEntry(json, "value", inner);
    else if (isJsonObject(inner))
      for (const [key, item] of Object.entries(inner)) setEntry(json, key, item);
    return json;
  }

  static fromJson(json: JsonValue, options: JsonReadOptions = {}): Any {
    if (!isJsonObject(json)) throw new JsonError("an object is due");
    const { "@type": typeUrl, ...rest } = json;
    if (typeUrl === undefined && Object.keys(rest).length === 0) return new Any();
    if (typeof typeUrl !== "string" || !typeUrl.includes("/")) {
      throw new JsonError('an "@type" like type.googleapis.com/package.Message is due');
    }
    const type = findType(typeUrl, options);
    const inner = hasValueMember(type.typeName) ? (rest.value ?? null) : rest;
    return new Any({ typeUrl, value: type.encode(type.fromJson(inner, options)) });
  }
}

function nameOf(typeUrl: string): string {
  return typeUrl.slice(typeUrl.lastIndexOf("/") + 1);
}

function findType(typeUrl: string, options: JsonReadOptions | JsonWriteOptions): MessageType {
  const name = nameOf(typeUrl);
  const type = builtInType(name) ?? options.registry?.get(name);
  if (type === undefined) throw new JsonError(`the registry has no type ${name}`);
  return type;
}

export function writeAny(message: AnyInit, writer: Writer): void {
  if (message.typeUrl) writeString(writer, 10, message.typeUrl);
  if (message.value?.length) writeBytes(writer, 18, message.value);
  writeUnknown(message, writer);
}

export function readAny(reader: Reader, end: number, depth: number, message = new Any()): Any {
  while (reader.pos < end) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.typeUrl = readString(reader);
        break;
      case 18:
        message.value = readBytes(reader);
        break;
      default:
        keepUnknown(reader, tag, message, depth);
    }
  }
  checkEnd(reader, end);
  return message;
}
