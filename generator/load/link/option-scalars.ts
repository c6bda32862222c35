/** Scalar and enum values as written: checked and converted. Options and defaults share it. */

import type { OptionValue } from "../descriptor.js";
import { nearest } from "../names.js";
import type { FieldNode, WrittenValue } from "../syntax/nodes.js";
import type { Linker } from "./symbols.js";

/** How strict a value is read, and where complaints go. */
export interface ScalarContext {
  readonly linker: Linker;
  /** Inside `{ … }`, where protobuf's text format is a little more lenient. */
  readonly textFormat: boolean;
}

export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
  /** Whether values are bigint. */
  readonly long: boolean;
}

const INT32: IntegerRange = { min: -(2n ** 31n), max: 2n ** 31n - 1n, long: false };
const UINT32: IntegerRange = { min: 0n, max: 2n ** 32n - 1n, long: false };
const INT64: IntegerRange = { min: -(2n ** 63n), max: 2n ** 63n - 1n, long: true };
const UINT64: IntegerRange = { min: 0n, max: 2n ** 64n - 1n, long: true };

export const INTEGERS: ReadonlyMap<string, IntegerRange> = new Map([
  ["int32", INT32],
  ["sint32", INT32],
  ["sfixed32", INT32],
  ["uint32", UINT32],
  ["fixed32", UINT32],
  ["int64", INT64],
  ["sint64", INT64],
  ["sfixed64", INT64],
  ["uint64", UINT64],
  ["fixed64", UINT64],
]);

/** Numbers, strings, booleans. Also used for `[default = …]`. */
export function convertScalar(
  context: ScalarContext,
  field: FieldNode,
  written: WrittenValue,
): OptionValue | undefined {
  const range = INTEGERS.get(field.type);
  if (range !== undefined) {
    if (written.kind !== "int") {
      return refuse(context, field, written, "an integer");
    }
    if (written.value < range.min || written.value > range.max) {
      context.linker.report({
        severity: "error",
        rule: "number-out-of-range",
        message: `${written.value} is out of range for ${field.type} (${range.min} to ${range.max})`,
        position: written.position,
      });
      return undefined;
    }
    return range.long ? written.value : Number(written.value);
  }
  switch (field.type) {
    case "float":
    case "double": {
      const number = numberOf(written, context.textFormat);
      if (number === undefined) {
        return refuse(context, field, written, "a number");
      }
      return field.type === "float" ? Math.fround(number) : number;
    }
    case "bool":
      return (
        booleanOf(written, context.textFormat) ??
        refuse(context, field, written, '"true" or "false"')
      );
    case "string":
      if (written.kind === "string" && typeof written.value !== "string") {
        return refuse(context, field, written, "a string that is valid UTF-8");
      }
      return written.kind === "string"
        ? written.value
        : refuse(context, field, written, "a string in quotes");
    default:
      if (written.kind !== "string") {
        return refuse(context, field, written, "a string in quotes");
      }
      return typeof written.value === "string"
        ? new TextEncoder().encode(written.value)
        : written.value;
  }
}

function numberOf(written: WrittenValue, textFormat: boolean): number | undefined {
  if (written.kind === "int" || written.kind === "float") {
    return Number(written.value);
  }
  if (written.kind !== "identifier") {
    return undefined;
  }
  const name = textFormat ? written.text.toLowerCase() : written.text;
  if (name === "nan") {
    return Number.NaN;
  }
  if (name === "inf" || (textFormat && name === "infinity")) {
    return written.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return undefined;
}

function booleanOf(written: WrittenValue, textFormat: boolean): boolean | undefined {
  if (written.kind === "identifier" && !written.negative) {
    if (
      written.text === "true" ||
      (textFormat && (written.text === "True" || written.text === "t"))
    ) {
      return true;
    }
    if (
      written.text === "false" ||
      (textFormat && (written.text === "False" || written.text === "f"))
    ) {
      return false;
    }
  }
  if (textFormat && written.kind === "int" && (written.value === 0n || written.value === 1n)) {
    return written.value === 1n;
  }
  return undefined;
}

/** The name of an enum value. Also used for `[default = …]`. */
export function convertEnum(
  context: ScalarContext,
  field: FieldNode,
  written: WrittenValue,
): OptionValue | undefined {
  const symbol =
    field.typeName === undefined ? undefined : context.linker.symbols.get(field.typeName);
  if (symbol?.kind !== "enum") {
    return undefined;
  }
  const { values } = symbol.node;
  if (written.kind === "int" && context.textFormat) {
    const byNumber = values.find((value) => BigInt(value.number) === written.value);
    return (
      byNumber?.name ??
      (symbol.node.closed
        ? unknownValue(context, field, String(written.value), written, [])
        : Number(written.value))
    );
  }
  if (written.kind !== "identifier" || written.negative) {
    return refuse(context, field, written, `the name of a value of enum "${symbol.fullName}"`);
  }
  if (values.some((value) => value.name === written.text)) {
    return written.text;
  }
  return unknownValue(
    context,
    field,
    written.text,
    written,
    values.map((value) => value.name),
  );
}

function unknownValue(
  context: Pick<ScalarContext, "linker">,
  field: FieldNode,
  name: string,
  written: WrittenValue,
  names: readonly string[],
): undefined {
  const near =
    nearest(name, names) ?? names.find((candidate) => candidate.endsWith(`_${name.toUpperCase()}`));
  context.linker.report({
    severity: "error",
    rule: "unknown-enum-value",
    message: `enum "${field.typeName}" has no value "${name}"`,
    position: written.position,
    ...(near === undefined ? {} : { suggestion: `did you mean "${near}"?` }),
  });
  return undefined;
}

/** Reports that `written` does not fit `field`. */
export function refuse(
  context: Pick<ScalarContext, "linker">,
  field: FieldNode,
  written: WrittenValue,
  wanted: string,
): undefined {
  context.linker.report({
    severity: "error",
    rule: "invalid-value",
    message: `expected ${wanted} for "${field.name}" (${describeType(field)}), found ${describeValue(written)}`,
    position: written.position,
  });
  return undefined;
}

function describeValue(written: WrittenValue): string {
  switch (written.kind) {
    case "identifier":
      return `"${written.negative ? "-" : ""}${written.text}"`;
    case "int":
    case "float":
      return String(written.value);
    case "string":
      return "a string";
    case "message":
      return "a message";
    case "list":
      return "a list";
  }
}

export function describeType(field: FieldNode): string {
  const article = /^[aeiou]/.test(field.type) ? "an" : "a";
  return field.typeName === undefined
    ? `${article} ${field.type}`
    : `${article} ${field.type} "${field.typeName}"`;
}
