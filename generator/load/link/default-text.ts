/** Defaults of descriptor sets, which are text (FieldDescriptorProto.default_value). */

import type { FieldNode } from "../syntax/nodes.js";
import { readString } from "../syntax/strings.js";
import { INTEGERS } from "./option-scalars.js";

export function defaultFromText(field: FieldNode, text: string): FieldNode["defaultValue"] {
  const range = INTEGERS.get(field.type);
  if (range !== undefined) {
    return /^-?\d+$/.test(text) ? (range.long ? BigInt(text) : Number(text)) : undefined;
  }
  switch (field.type) {
    case "float":
    case "double": {
      const special = new Map([
        ["inf", Number.POSITIVE_INFINITY],
        ["-inf", Number.NEGATIVE_INFINITY],
        ["nan", Number.NaN],
        ["-nan", Number.NaN],
      ]).get(text);
      const number = special ?? Number(text);
      return field.type === "float" ? Math.fround(number) : number;
    }
    case "bool":
      return text === "true";
    case "bytes": {
      // C-escaped: the same escapes as in a literal.
      const { value } = readString(
        `"${text.replaceAll('"', '\\"').replaceAll('\\\\"', '\\"')}"`,
        0,
      );
      return typeof value === "string" ? new TextEncoder().encode(value) : value;
    }
    case "string":
    case "enum":
      return text;
    default:
      return undefined;
  }
}
