/**
 * Messages and enums: the model in, the text of `messages.ts` and `codec.ts`
 * out. Everything about how a field looks in TypeScript is decided here.
 */

export { checkMessages } from "./check.js";
export { emitMessages } from "./emit.js";
export { enumReference, messageReference } from "./references.js";
