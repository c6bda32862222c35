import { randomUUID } from "node:crypto";
import { type HandlerContext, NatsgenError } from "@natsgen/runtime";
import {
  type AiIntegrationServiceHandlers,
  FinishReason,
  type GenerateRequest,
  type GenerateStreamRequest,
  type RefusalInit,
  type UsageInit,
} from "../../generated/game/ai_integration/v1/index.js";
import { checkMessages, checkModel, invalid } from "./checks.js";
import type { LanguageModel } from "./language-model.js";

/** Above it a text is not allowed; the schema says so. */
const NOT_ALLOWED = 0.8;
const MAX_TEXTS = 256;
const DEFAULT_DIMENSIONS = 64;

/** How a generation ended. */
interface Ending {
  readonly finishReason: FinishReason;
  readonly usage: UsageInit;
  readonly refusal: RefusalInit | undefined;
}

/** The service: every method of the schema, on top of one model. */
export function createHandlers(model: LanguageModel): AiIntegrationServiceHandlers {
  const running = new Map<string, AbortController>();

  /** Yields the text as it is written; its return value is how it ended. */
  async function* run(
    request: GenerateRequest | GenerateStreamRequest,
    requestId: string,
    context: HandlerContext,
  ): AsyncGenerator<string, Ending> {
    const { messages, options } = request;
    checkModel(model, request.modelId);
    checkMessages(messages);
    if (options?.outputSchema !== undefined) {
      throw new NatsgenError("FAILED_PRECONDITION", `${model.id} cannot follow an output schema`);
    }
    if (options?.maxOutputTokens === 0) {
      throw invalid("options.max_output_tokens", "must be at least 1");
    }
    if (running.has(requestId)) {
      throw new NatsgenError("ALREADY_EXISTS", `a generation ${requestId} runs already`);
    }

    const promptTokens = tokensIn(messages);
    const left = Math.max(0, model.contextTokens - promptTokens);
    const unfit = findUnfit(messages.at(-1)?.text ?? "");
    if (unfit !== undefined) {
      return {
        finishReason: FinishReason.CONTENT_FILTER,
        usage: { promptTokens },
        refusal: { category: unfit.category, explanation: "I would rather not answer that." },
      };
    }
    const maxOutputTokens = Math.min(left, options?.maxOutputTokens ?? left);
    if (maxOutputTokens === 0) {
      return { finishReason: FinishReason.LENGTH, usage: { promptTokens }, refusal: undefined };
    }

    const cancel = new AbortController();
    running.set(requestId, cancel);
    try {
      const { finishReason, outputTokens } = yield* model.write(
        { messages, options, maxOutputTokens },
        AbortSignal.any([cancel.signal, context.signal]),
      );
      // Nobody waits any more: the caller's deadline, or this worker is told to stop.
      context.signal.throwIfAborted();
      return { finishReason, usage: { promptTokens, outputTokens }, refusal: undefined };
    } finally {
      running.delete(requestId);
    }
  }

  function tokensIn(messages: GenerateRequest["messages"]): number {
    return messages.reduce((sum, { text }) => sum + model.countTokens(text), 0);
  }

  function findUnfit(text: string) {
    return model.judge(text).find(({ score }) => score > NOT_ALLOWED);
  }

  return {
    async generate(request, context) {
      const start = performance.now();
      const requestId = request.requestId ?? randomUUID();
      const pieces = run(request, requestId, context);
      let text = "";
      let step = await pieces.next();
      while (step.done !== true) {
        text += step.value;
        step = await pieces.next();
      }
      const { finishReason, usage, refusal } = step.value;
      return {
        requestId,
        modelId: model.id,
        output:
          refusal === undefined
            ? { case: "text", value: text }
            : { case: "refusal", value: refusal },
        finishReason,
        usage,
        latency: performance.now() - start,
      };
    },

    async *generateStream(request, context) {
      const start = performance.now();
      const requestId = request.requestId ?? randomUUID();
      const pieces = run(request, requestId, context);
      let index = 0;
      let timeToFirstToken: number | undefined;
      let step = await pieces.next();
      while (step.done !== true) {
        timeToFirstToken ??= performance.now() - start;
        yield { requestId, index: index++, payload: { case: "textDelta", value: step.value } };
        step = await pieces.next();
      }
      const end = { ...step.value, modelId: model.id, timeToFirstToken };
      yield { requestId, index, payload: { case: "end", value: end } };
    },

    cancelGeneration({ requestId }) {
      const cancel = running.get(requestId);
      cancel?.abort();
      return { cancelled: cancel !== undefined };
    },

    embed({ modelId, texts, dimensions = DEFAULT_DIMENSIONS }) {
      checkModel(model, modelId);
      if (texts.length === 0 || texts.length > MAX_TEXTS) {
        throw invalid("texts", `1 to ${MAX_TEXTS} are due, not ${texts.length}`);
      }
      const empty = texts.indexOf("");
      if (empty >= 0) throw invalid(`texts[${empty}]`, "must not be empty");
      if (dimensions === 0 || dimensions > model.maxDimensions) {
        throw invalid("dimensions", `must be 1 to ${model.maxDimensions}, not ${dimensions}`);
      }
      return {
        modelId: model.id,
        embeddings: texts.map((text) => ({ values: model.embed(text, dimensions) })),
        usage: { promptTokens: texts.reduce((sum, text) => sum + model.countTokens(text), 0) },
      };
    },

    countTokens({ modelId, messages }) {
      checkModel(model, modelId);
      checkMessages(messages);
      const promptTokens = tokensIn(messages);
      const remainingTokens = Math.max(0, model.contextTokens - promptTokens);
      return { modelId: model.id, promptTokens, remainingTokens };
    },

    moderateText({ text }) {
      if (text === "") throw invalid("text", "must not be empty");
      return { allowed: findUnfit(text) === undefined, findings: model.judge(text) };
    },
  };
}
