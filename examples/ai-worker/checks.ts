import { NatsgenError } from "@natsgen/runtime";
import { BadRequest } from "@natsgen/runtime/rpc";
import { Any } from "@natsgen/runtime/wkt";
import { type ChatMessage, ChatRole } from "../../generated/game/ai_integration/v1/index.js";
import type { LanguageModel } from "./language-model.js";

/** INVALID_ARGUMENT, with a detail that names the field for programs. */
export function invalid(field: string, description: string): NatsgenError {
  return new NatsgenError("INVALID_ARGUMENT", `${field}: ${description}`, {
    details: [Any.pack(BadRequest, { fieldViolations: [{ field, description }] })],
  });
}

export function checkModel(model: LanguageModel, id: string | undefined): void {
  if (id !== undefined && id !== model.id) {
    throw new NatsgenError("NOT_FOUND", `no model ${JSON.stringify(id)}; there is ${model.id}`);
  }
}

/** The rules that the schema states for a conversation. */
export function checkMessages(messages: readonly ChatMessage[]): void {
  if (messages.length === 0 || messages.length > 200) {
    throw invalid("messages", `1 to 200 are due, not ${messages.length}`);
  }
  for (const [index, { role, text }] of messages.entries()) {
    if (typeof role === "number" || role === ChatRole.UNSPECIFIED) {
      throw invalid(`messages[${index}].role`, "must say who speaks");
    }
    if (role === ChatRole.SYSTEM && index > 0) {
      throw invalid(`messages[${index}].role`, "only the first turn may be the game's");
    }
    if (text === "") throw invalid(`messages[${index}].text`, "must not be empty");
  }
  if (messages.at(-1)?.role !== ChatRole.USER) {
    throw invalid("messages", "the last turn must be the user's");
  }
}
