/**
 * Messages in wire format, decoded by linked descriptors into the same plain
 * data that written options become. Descriptor sets are read with it, too.
 */

import type { OptionMessage, OptionValue } from "../descriptor.js";
import type { FieldNode, MessageNode } from "../syntax/nodes.js";
import type { Linker } from "./symbols.js";

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  offset: number;
}

/** The bytes are no protobuf message. */
export class WireFault extends Error {}

/** Deepest nesting that is followed; protobuf's own default limit. */
const MAX_DEPTH = 100;

function createReader(bytes: Uint8Array): Reader {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

/**
 * Decodes by field name; extensions by `[full.name]`; fields without a
 * descriptor are dropped. Types in `opaque` (full names) stay bytes.
 */
export function decodeMessage(
  linker: Pick<Linker, "symbols" | "extensions">,
  type: MessageNode,
  bytes: Uint8Array,
  opaque: ReadonlySet<string> = new Set(),
  depth = 0,
): Map<string, OptionValue> {
  const reader = createReader(bytes);
  const result = new Map<string, OptionValue>();
  readFields({ linker, opaque, depth }, reader, type, result, undefined);
  return result;
}

interface DecodeContext {
  readonly linker: Pick<Linker, "symbols" | "extensions">;
  readonly opaque: ReadonlySet<string>;
  readonly depth: number;
}

function readFields(
  context: DecodeContext,
  reader: Reader,
  type: MessageNode,
  result: Map<string, OptionValue>,
  endGroup: number | undefined,
): void {
  if (context.depth > MAX_DEPTH) {
    throw new WireFault("messages nest too deep");
  }
  const byNumber = new Map(type.fields.map((field) => [field.number, field]));
  const extensions = context.linker.extensions.get(type.fullName);
  while (reader.offset < reader.bytes.length) {
    const tag = Number(varint(reader));
    const wireType = tag & 7;
    const number = Math.floor(tag / 8);
    if (wireType === 4) {
      if (number === endGroup) {
        return;
      }
      throw new WireFault("a group ends that did not start");
    }
    const field = byNumber.get(number) ?? extensions?.get(number);
    if (field === undefined) {
      skip(reader, wireType, number, 0);
      continue;
    }
    const key = field.extendee === undefined ? field.name : `[${field.fullName}]`;
    for (const value of readValues(context, reader, field, wireType, number)) {
      store(field, key, value, result);
    }
  }
  if (endGroup !== undefined) {
    throw new WireFault("a group does not end");
  }
}

function store(
  field: FieldNode,
  key: string,
  value: OptionValue,
  result: Map<string, OptionValue>,
): void {
  const known = result.get(key);
  if (field.map !== undefined && value instanceof Map) {
    const entry = [
      String(value.get("key") ?? (field.map.key.type === "string" ? "" : "0")),
      value.get("value") ?? "",
    ] as const;
    result.set(key, new Map([...(known instanceof Map ? known : []), entry]));
  } else if (field.label === "repeated") {
    if (Array.isArray(known)) {
      known.push(value);
    } else {
      result.set(key, [value]);
    }
  } else if (value instanceof Map && known instanceof Map) {
    result.set(key, merge(known, value));
  } else {
    result.set(key, value);
  }
}

/** A message field that occurs twice is one message: protoc writes `option (o).a = 1; option (o).b = 2;` as two. */
function merge(known: OptionMessage, more: OptionMessage): OptionMessage {
  const result = new Map(known);
  for (const [key, value] of more) {
    const before = result.get(key);
    if (Array.isArray(before) && Array.isArray(value)) {
      result.set(key, [...before, ...value]);
    } else {
      result.set(key, before instanceof Map && value instanceof Map ? merge(before, value) : value);
    }
  }
  return result;
}

function readValues(
  context: DecodeContext,
  reader: Reader,
  field: FieldNode,
  wireType: number,
  number: number,
): readonly OptionValue[] {
  const lengthType =
    field.type === "string" ||
    field.type === "bytes" ||
    field.type === "message" ||
    field.type === "group";
  if (wireType === 2 && !lengthType) {
    const packed = createReader(chunk(reader));
    const values: OptionValue[] = [];
    while (packed.offset < packed.bytes.length) {
      values.push(scalar(context, packed, field));
    }
    return values;
  }
  if (wireType === 3) {
    const symbol = context.linker.symbols.get(field.typeName ?? "");
    if (symbol?.kind !== "message") {
      skip(reader, wireType, number, 0);
      return [];
    }
    const group = new Map<string, OptionValue>();
    readFields({ ...context, depth: context.depth + 1 }, reader, symbol.node, group, number);
    return [group];
  }
  return [scalar(context, reader, field)];
}

function scalar(context: DecodeContext, reader: Reader, field: FieldNode): OptionValue {
  switch (field.type) {
    case "double":
      return fixed(reader, 8).getFloat64(0, true);
    case "float":
      return fixed(reader, 4).getFloat32(0, true);
    case "fixed64":
      return fixed(reader, 8).getBigUint64(0, true);
    case "sfixed64":
      return fixed(reader, 8).getBigInt64(0, true);
    case "fixed32":
      return fixed(reader, 4).getUint32(0, true);
    case "sfixed32":
      return fixed(reader, 4).getInt32(0, true);
    case "uint64":
      return BigInt.asUintN(64, varint(reader));
    case "int64":
      return BigInt.asIntN(64, varint(reader));
    case "uint32":
      return Number(BigInt.asUintN(32, varint(reader)));
    case "int32":
      return Number(BigInt.asIntN(32, varint(reader)));
    case "sint32":
      return Number(BigInt.asIntN(32, zigZag(varint(reader))));
    case "sint64":
      return BigInt.asIntN(64, zigZag(varint(reader)));
    case "bool":
      return varint(reader) !== 0n;
    case "enum": {
      const value = Number(BigInt.asIntN(32, varint(reader)));
      const symbol = context.linker.symbols.get(field.typeName ?? "");
      const name =
        symbol?.kind === "enum"
          ? symbol.node.values.find((member) => member.number === value)?.name
          : undefined;
      return name ?? value;
    }
    case "string":
      return new TextDecoder().decode(chunk(reader));
    case "bytes":
      return chunk(reader);
    default: {
      const bytes = chunk(reader);
      const symbol = context.linker.symbols.get(field.typeName ?? "");
      if (symbol?.kind !== "message" || context.opaque.has(symbol.fullName)) {
        return bytes;
      }
      return decodeMessage(context.linker, symbol.node, bytes, context.opaque, context.depth + 1);
    }
  }
}

function zigZag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function varint(reader: Reader): bigint {
  let result = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.bytes[reader.offset];
    if (byte === undefined) {
      throw new WireFault("the data ends inside a number");
    }
    reader.offset++;
    result |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) {
      return result;
    }
  }
  throw new WireFault("a number is longer than 10 bytes");
}

function chunk(reader: Reader): Uint8Array {
  const length = Number(varint(reader));
  const end = reader.offset + length;
  if (end > reader.bytes.length) {
    throw new WireFault("the data ends inside a field");
  }
  const bytes = reader.bytes.subarray(reader.offset, end);
  reader.offset = end;
  return bytes;
}

function fixed(reader: Reader, size: number): DataView {
  if (reader.offset + size > reader.bytes.length) {
    throw new WireFault("the data ends inside a number");
  }
  const view = new DataView(reader.view.buffer, reader.view.byteOffset + reader.offset, size);
  reader.offset += size;
  return view;
}

function skip(reader: Reader, wireType: number, number: number, depth: number): void {
  switch (wireType) {
    case 0:
      varint(reader);
      return;
    case 1:
      fixed(reader, 8);
      return;
    case 2:
      chunk(reader);
      return;
    case 5:
      fixed(reader, 4);
      return;
    case 3:
      if (depth > MAX_DEPTH) {
        throw new WireFault("groups nest too deep");
      }
      for (;;) {
        const tag = Number(varint(reader));
        if ((tag & 7) === 4 && Math.floor(tag / 8) === number) {
          return;
        }
        skip(reader, tag & 7, Math.floor(tag / 8), depth + 1);
      }
    default:
      throw new WireFault(`wire type ${wireType} does not exist`);
  }
}
