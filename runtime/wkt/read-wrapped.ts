import { checkEnd, type Reader, skipUnknown } from "../codec/index.js";

/** Reads the one field of a wrapper, whose tag is `expected`. */
export function readWrapped<T>(
  reader: Reader,
  end: number,
  depth: number,
  expected: number,
  read: (reader: Reader) => T,
  value: T,
): T {
  let current = value;
  while (reader.pos < end) {
    const tag = reader.tag();
    if (tag === expected) current = read(reader);
    else skipUnknown(reader, tag, depth);
  }
  checkEnd(reader, end);
  return current;
}
