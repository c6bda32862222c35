import type { ScalarName } from "./fields.js";
import * as long from "./long.js";
import * as scalars from "./scalars.js";
import type { Reader, Writer } from "./wire.js";

/** How one scalar type is read and written, for code that learns the type at run time. */
export interface ScalarCodec {
  readonly wireType: 0 | 1 | 2 | 5;
  read(reader: Reader): unknown;
  write(writer: Writer, tag: number, value: unknown): void;
}

function codec<T>(
  wireType: ScalarCodec["wireType"],
  read: (reader: Reader) => T,
  write: (writer: Writer, tag: number, value: T) => void,
): ScalarCodec {
  // `write` checks the value itself, so handing it an unknown one is safe.
  return { wireType, read, write: (writer, tag, value) => write(writer, tag, value as T) };
}

export const SCALAR_CODECS: Readonly<Record<ScalarName, ScalarCodec>> = {
  double: codec(1, scalars.readDouble, scalars.writeDouble),
  float: codec(5, scalars.readFloat, scalars.writeFloat),
  int32: codec(0, scalars.readInt32, scalars.writeInt32),
  int64: codec(0, long.readInt64, long.writeInt64),
  uint32: codec(0, scalars.readUint32, scalars.writeUint32),
  uint64: codec(0, long.readUint64, long.writeUint64),
  sint32: codec(0, scalars.readSint32, scalars.writeSint32),
  sint64: codec(0, long.readSint64, long.writeSint64),
  fixed32: codec(5, scalars.readFixed32, scalars.writeFixed32),
  fixed64: codec(1, long.readFixed64, long.writeFixed64),
  sfixed32: codec(5, scalars.readSfixed32, scalars.writeSfixed32),
  sfixed64: codec(1, long.readSfixed64, long.writeSfixed64),
  bool: codec(0, scalars.readBool, scalars.writeBool),
  string: codec(2, scalars.readString, scalars.writeString),
  bytes: codec(2, scalars.readBytes, scalars.writeBytes),
};
