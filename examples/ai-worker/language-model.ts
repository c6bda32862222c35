import type {
  ChatMessage,
  ContentFindingInit,
  FinishReason,
  GenerationOptions,
} from "../../generated/game/ai_integration/v1/index.js";

/** What the service needs of a model. Put a provider's API behind it. */
export interface LanguageModel {
  readonly id: string;
  /** Tokens that prompt and output may use together. */
  readonly contextTokens: number;
  /** Longest vector that `embed` can make. */
  readonly maxDimensions: number;

  countTokens(text: string): number;

  /**
   * Writes the next turn of a conversation, token by token. When `signal` aborts it writes no
   * more and returns with `FinishReason.CANCELLED`.
   */
  write(prompt: Prompt, signal: AbortSignal): AsyncGenerator<string, Written>;

  /** A vector of length 1 with so many components. */
  embed(text: string, dimensions: number): readonly number[];

  /** What is doubtful in a text, the likeliest first. */
  judge(text: string): readonly (ContentFindingInit & { readonly score: number })[];
}

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  readonly options: GenerationOptions | undefined;
  /** Tokens after which the text is cut off, above 0. */
  readonly maxOutputTokens: number;
}

export interface Written {
  readonly finishReason: FinishReason;
  readonly outputTokens: number;
}
