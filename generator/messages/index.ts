/**
 * Messages and enums: the model in, the text of `messages.ts` and `codec.ts`
 * out. Everything about how a field looks in TypeScript is decided here.
 */

export { checkMessages } from "./check.js";
export { emitMessages } from "./emit.js";
export {
  type EnumReference,
  enumReference,
  hasHome,
  type MessageReference,
  messageReference,
} from "./references.js";
export { GLOBALS_USED, INHERITED_MEMBERS, LOCALS_USED, STATIC_MEMBERS } from "./reserved.js";
