/**
 * google.protobuf's well-known types. Fields of the types Struct, Value,
 * ListValue and the wrappers are plain values; the classes of those are for
 * requests, responses and Any.
 *
 * `read…` and `write…` are for generated codecs.
 */
export * from "./any.js";
export * from "./duration.js";
export * from "./empty.js";
export * from "./field-mask.js";
export * from "./struct.js";
export * from "./timestamp.js";
export * from "./wrappers.js";
