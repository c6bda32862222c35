import type { ScalarType } from "../model/types.js";

/** Proto packages whose types the runtime provides, and where it exports them. */
export const RUNTIME_PACKAGES: ReadonlyMap<string, string> = new Map([
  ["google.protobuf", "@natsgen/runtime/wkt"],
  ["google.rpc", "@natsgen/runtime/rpc"],
]);

/** Types of those packages that the runtime has. Others have no home unless they are generated. */
export const RUNTIME_TYPES: ReadonlySet<string> = new Set([
  ...[
    "Any",
    "BoolValue",
    "BytesValue",
    "DoubleValue",
    "Duration",
    "Empty",
    "FieldMask",
    "FloatValue",
    "Int32Value",
    "Int64Value",
    "ListValue",
    "NullValue",
    "StringValue",
    "Struct",
    "Timestamp",
    "UInt32Value",
    "UInt64Value",
    "Value",
  ].map((name) => `google.protobuf.${name}`),
  ...[
    "BadRequest",
    "BadRequest.FieldViolation",
    "Code",
    "DebugInfo",
    "ErrorInfo",
    "Help",
    "Help.Link",
    "LocalizedMessage",
    "PreconditionFailure",
    "PreconditionFailure.Violation",
    "QuotaFailure",
    "QuotaFailure.Violation",
    "RequestInfo",
    "ResourceInfo",
    "RetryInfo",
    "Status",
  ].map((name) => `google.rpc.${name}`),
]);

/** Wrappers are simply their value in every field. */
export const WRAPPERS: ReadonlyMap<string, ScalarType> = new Map([
  ["google.protobuf.BoolValue", "bool"],
  ["google.protobuf.BytesValue", "bytes"],
  ["google.protobuf.DoubleValue", "double"],
  ["google.protobuf.FloatValue", "float"],
  ["google.protobuf.Int32Value", "int32"],
  ["google.protobuf.Int64Value", "int64"],
  ["google.protobuf.StringValue", "string"],
  ["google.protobuf.UInt32Value", "uint32"],
  ["google.protobuf.UInt64Value", "uint64"],
]);

/** Types that are plain JSON in TypeScript, everywhere: the type, and its name in a field table. */
export const JSON_TYPES: ReadonlyMap<string, { readonly type: string; readonly table: string }> =
  new Map([
    ["google.protobuf.Struct", { type: "JsonObject", table: "struct" }],
    ["google.protobuf.Value", { type: "JsonValue", table: "value" }],
    ["google.protobuf.ListValue", { type: "JsonValue[]", table: "listValue" }],
  ]);
