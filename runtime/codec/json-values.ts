import type { JsonObject, JsonValue } from "../contract.js";
import { setEntry } from "./collections.js";
import { at, JsonError } from "./json-error.js";
import { unexpected } from "./json-scalars.js";

/** Checks that a value is JSON that google.protobuf.Struct, Value or ListValue can hold. */
export function checkJson(type: "struct" | "value" | "listValue", value: unknown): JsonValue {
  const json = toJsonValue(value);
  if (type === "struct" && !isJsonObject(json)) throw unexpected(json, "an object");
  if (type === "listValue" && !Array.isArray(json)) throw unexpected(json, "an array");
  return json;
}

export function isJsonObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A deep copy, so that neither side can change the other's value. */
function toJsonValue(value: unknown): JsonValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new JsonError(`${value} is not JSON`);
    return value;
  }
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.map((item, index) => at(index, () => toJsonValue(item)));
  }
  if (typeof value !== "object") throw new JsonError(`a ${typeof value} is not JSON`);
  const json: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    setEntry(
      json,
      key,
      at(key, () => toJsonValue(item)),
    );
  }
  return json;
}
