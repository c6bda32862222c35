import { setTimeout as delay } from "node:timers/promises";
import {
  ContentCategory,
  FinishReason,
  type GenerationOptions,
} from "../../generated/game/ai_integration/v1/index.js";
import type { LanguageModel, Prompt, Written } from "./language-model.js";

const OPENINGS = [
  "The lamplighter nods slowly.",
  "The ferryman leans on his pole.",
  "The archivist closes her ledger.",
  "The smith wipes her hands.",
];
const ANSWERS = [
  "Of {topic} I know three things, and two of them are rumours.",
  "Nobody has asked me about {topic} since the river changed its bed.",
  "You will find {topic} where the old road meets the wall.",
  "Speak of {topic} softly; the walls here remember.",
];
const CLOSINGS = [
  "Come back when the bell has rung twice.",
  "Take the north stair, and count the steps.",
  "Ask the miller; he owes me the truth.",
  "And mind the third door.",
];

/** What a text is judged by: how likely it is what, if it matches. */
const SIGNS = [
  { pattern: /\S+@\S+\.\w+/, category: ContentCategory.PERSONAL_DATA, score: 0.95 },
  { pattern: /\b(idiot|worthless)\b/i, category: ContentCategory.HARASSMENT, score: 0.9 },
  { pattern: /\b(stupid|loser)\b/i, category: ContentCategory.HARASSMENT, score: 0.5 },
];

/**
 * A model without a network: the same prompt and seed give the same text. It writes what a
 * person in the game might say, one word at a time.
 */
export function createLocalModel(tokenDelayMs = 15): LanguageModel {
  return {
    id: "local-small",
    contextTokens: 4_096,
    maxDimensions: 256,

    countTokens: (text) => tokensOf(text).length,

    async *write(prompt, signal): AsyncGenerator<string, Written> {
      const { tokens, finishReason } = plan(prompt);
      for (const [count, token] of tokens.entries()) {
        if (!(await pause(tokenDelayMs, signal))) {
          return { finishReason: FinishReason.CANCELLED, outputTokens: count };
        }
        yield token;
      }
      return { finishReason, outputTokens: tokens.length };
    },

    embed(text, dimensions) {
      const values = new Array<number>(dimensions).fill(0);
      const padded = `  ${text.toLowerCase()} `;
      for (let i = 0; i + 3 <= padded.length; i++) {
        const slot = hash(padded.slice(i, i + 3)) % dimensions;
        values[slot] = (values[slot] ?? 0) + 1;
      }
      const length = Math.hypot(...values);
      return values.map((value) => value / length);
    },

    judge: (text) =>
      SIGNS.filter(({ pattern }) => pattern.test(text)).map(({ category, score }) => ({
        category,
        score,
      })),
  };
}

/** The whole text, known before its first token is written. */
function plan({ messages, options, maxOutputTokens }: Prompt): {
  tokens: readonly string[];
  finishReason: FinishReason;
} {
  const question = messages.at(-1)?.text ?? "";
  const words = question.match(/[\p{L}\p{N}]+/gu) ?? [];
  const topic = words.reduce(
    (longest, word) => (word.length > longest.length ? word : longest),
    "",
  );
  const choice = hash([options?.seed ?? "", ...messages.map(({ text }) => text)].join("\n"));
  const full = [pick(OPENINGS, choice), pick(ANSWERS, choice >>> 8), pick(CLOSINGS, choice >>> 16)]
    .join(" ")
    .replace("{topic}", () => topic || "that");
  const end = stopAt(full, options);
  const tokens = tokensOf(full.slice(0, end));
  if (tokens.length > maxOutputTokens) {
    return { tokens: tokens.slice(0, maxOutputTokens), finishReason: FinishReason.LENGTH };
  }
  const finishReason = end < full.length ? FinishReason.STOP_SEQUENCE : FinishReason.STOP;
  return { tokens, finishReason };
}

function stopAt(text: string, options: GenerationOptions | undefined): number {
  const found = (options?.stopSequences ?? [])
    .map((sequence) => text.indexOf(sequence))
    .filter((index) => index >= 0);
  return Math.min(text.length, ...found);
}

/** Words, each with the white space before it: joined they are the text again. */
function tokensOf(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function pick(list: readonly string[], choice: number): string {
  return list[choice % list.length] ?? "";
}

/** FNV-1a, 32 bits: spreads well and is the same everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** False if the signal aborted meanwhile. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
