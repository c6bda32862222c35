/**
 * What generated `codec.ts` files call, and what users of messages may need:
 * extensions, `toLogSafe`, `unrecognizedEnum`, JsonError.
 */
export type { JsonObject, JsonReadOptions, JsonValue, JsonWriteOptions } from "../contract.js";
export * from "./collections.js";
export {
  type EnumTable,
  enumNumber,
  enumTable,
  enumValue,
  readClosedEnum,
  readClosedEnums,
  readEnum,
  readEnums,
  type UnrecognizedEnum,
  unrecognizedEnum,
  writeEnum,
  writeImplicitEnum,
} from "./enums.js";
export {
  clearExtension,
  type Extension,
  type ExtensionField,
  extension,
  getExtension,
  hasExtension,
  setExtension,
} from "./extensions.js";
export {
  type Field,
  type FieldTable,
  type FieldType,
  fieldTable,
  type MessageClass,
} from "./fields.js";
export { JsonError } from "./json-error.js";
export { messageFromJson } from "./json-read.js";
export { messageToJson } from "./json-write.js";
export { REDACTED, toLogSafe } from "./log-safe.js";
export * from "./long.js";
export * from "./packed.js";
export * from "./scalars.js";
export {
  checkEnd,
  copyUnknown,
  decodeMessage,
  encodeMessage,
  keepEntry,
  keepUnknown,
  MAX_DEPTH,
  type Reader,
  RequiredFields,
  readEnd,
  readGroup,
  required,
  skipUnknown,
  type Writer,
  writeUnknown,
} from "./wire.js";
