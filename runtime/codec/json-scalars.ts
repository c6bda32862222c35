import type { JsonValue } from "../contract.js";
import type { ScalarName } from "./fields.js";
import { JsonError } from "./json-error.js";
import { toBigint } from "./long.js";
import { checkFloat, checkInt32, checkUint32 } from "./scalars.js";

/** Scalars in proto3 JSON. https://protobuf.dev/programming-guides/json */

const INTEGER = /^-?(0|[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

export function scalarToJson(scalar: ScalarName, value: unknown): JsonValue {
  switch (scalar) {
    case "double":
    case "float":
      return floatToJson(Number(value), scalar);
    case "bool":
      return value === true;
    case "string":
      return checkText(value);
    case "bytes":
      if (!(value instanceof Uint8Array)) throw new JsonError("a Uint8Array is due");
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
    case "int32":
    case "sint32":
    case "sfixed32":
      return checkInt32(Number(value));
    case "uint32":
    case "fixed32":
      return checkUint32(Number(value));
    default:
      return String(checkLong(scalar, value));
  }
}

export function scalarFromJson(scalar: ScalarName, json: JsonValue): unknown {
  switch (scalar) {
    case "double":
      return floatFromJson(json, scalar);
    case "float":
      return Math.fround(checkFloat(floatFromJson(json, scalar)));
    case "bool":
      if (typeof json !== "boolean") throw unexpected(json, "a boolean");
      return json;
    case "string":
      if (typeof json !== "string") throw unexpected(json, "a string");
      return checkText(json);
    case "bytes":
      return bytesFromJson(json);
    case "int32":
    case "sint32":
    case "sfixed32":
      return checkInt32(integerFromJson(json));
    case "uint32":
    case "fixed32":
      return checkUint32(integerFromJson(json));
    default:
      return longFromJson(scalar, json);
  }
}

export function isLong(scalar: ScalarName): boolean {
  return scalar.endsWith("64");
}

export function unexpected(json: JsonValue | undefined, expected: string): JsonError {
  const found = json === null ? "null" : Array.isArray(json) ? "an array" : typeof json;
  return new JsonError(`found ${found} where ${expected} is due`);
}

/** A lone surrogate has no UTF-8. */
function checkText(value: unknown): string {
  if (typeof value !== "string") throw new JsonError("a string is due");
  if (/\p{Surrogate}/u.test(value)) throw new JsonError("a string with a lone surrogate");
  return value;
}

function floatToJson(value: number, scalar: "double" | "float"): JsonValue {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "Infinity";
  if (value === Number.NEGATIVE_INFINITY) return "-Infinity";
  return scalar === "float" ? shortestFloat(value) : value;
}

/** The shortest decimal that reads back as the same 32-bit float: 0.1, not 0.10000000149011612. */
function shortestFloat(value: number): number {
  const single = Math.fround(value);
  // Its digits would lose the sign of -0.
  if (single === 0) return single;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}

function floatFromJson(json: JsonValue, scalar: string): number {
  if (typeof json === "number") {
    if (!Number.isFinite(json)) throw new JsonError(`a number outside the range of ${scalar}`);
    return json;
  }
  if (typeof json !== "string") throw unexpected(json, "a number");
  if (json === "NaN") return Number.NaN;
  if (json === "Infinity") return Number.POSITIVE_INFINITY;
  if (json === "-Infinity") return Number.NEGATIVE_INFINITY;
  if (!NUMBER.test(json)) throw new JsonError(`"${json}" is not a number`);
  const value = Number(json);
  if (!Number.isFinite(value)) throw new JsonError(`"${json}" is outside the range of ${scalar}`);
  return value;
}

function integerFromJson(json: JsonValue): number {
  if (typeof json === "number") return json;
  if (typeof json !== "string") throw unexpected(json, "an integer");
  if (!NUMBER.test(json)) throw new JsonError(`"${json}" is not an integer`);
  return Number(json);
}

function longFromJson(scalar: ScalarName, json: JsonValue): bigint {
  if (typeof json === "number") {
    if (!Number.isInteger(json)) throw new JsonError(`${json} is not an integer`);
    return checkLong(scalar, BigInt(json));
  }
  if (typeof json !== "string") throw unexpected(json, "an integer, as a string");
  if (INTEGER.test(json)) return checkLong(scalar, BigInt(json));
  const number = NUMBER.test(json) ? Number(json) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new JsonError(`"${json}" is not an integer`);
  return checkLong(scalar, BigInt(number));
}

function checkLong(scalar: ScalarName, value: unknown): bigint {
  const signed = scalar === "int64" || scalar === "sint64" || scalar === "sfixed64";
  if (typeof value !== "bigint" && typeof value !== "number" && typeof value !== "string") {
    throw new JsonError("a 64-bit integer is due");
  }
  const long = toBigint(value);
  const wrapped = signed ? BigInt.asIntN(64, long) : BigInt.asUintN(64, long);
  if (wrapped !== long) throw new JsonError(`${long} does not fit ${scalar}`);
  return long;
}

function bytesFromJson(json: JsonValue): Uint8Array {
  if (typeof json !== "string") throw unexpected(json, "a base64 string");
  const text = json.replace(/=+$/, "");
  if (!BASE64.test(json) || text.length % 4 === 1)
    throw new JsonError("a string that is not base64");
  return new Uint8Array(Buffer.from(text, "base64"));
}
