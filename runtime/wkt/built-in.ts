import type { MessageType } from "../contract.js";
import { Any } from "./any.js";
import { Duration } from "./duration.js";
import { Empty } from "./empty.js";
import { FieldMask } from "./field-mask.js";
import { ListValue, Struct, Value } from "./struct.js";
import { Timestamp } from "./timestamp.js";
import {
  BoolValue,
  BytesValue,
  DoubleValue,
  FloatValue,
  Int32Value,
  Int64Value,
  StringValue,
  UInt32Value,
  UInt64Value,
} from "./wrappers.js";

let types: ReadonlyMap<string, MessageType> | undefined;

/** A well-known type by its full name. Looked up late, since Any is one of them. */
export function builtInType(typeName: string): MessageType | undefined {
  types ??= new Map<string, MessageType>(
    [
      Any,
      BoolValue,
      BytesValue,
      DoubleValue,
      Duration,
      Empty,
      FieldMask,
      FloatValue,
      Int32Value,
      Int64Value,
      ListValue,
      StringValue,
      Struct,
      Timestamp,
      UInt32Value,
      UInt64Value,
      Value,
    ].map((type) => [type.typeName, type]),
  );
  return types.get(typeName);
}

/** In an Any, types whose JSON is not an object of their fields stand under `value`. */
export function hasValueMember(typeName: string): boolean {
  return typeName !== "google.protobuf.Empty" && builtInType(typeName) !== undefined;
}
