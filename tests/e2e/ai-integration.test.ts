import { beforeAll, expect, it } from "@jest/globals";
import { type HandlerContext, type Nats, NatsgenError } from "@natsgen/runtime";
import { RetryInfo } from "@natsgen/runtime/rpc";
import { Any } from "@natsgen/runtime/wkt";
import {
  type AiIntegrationServiceClient,
  type AiIntegrationServiceHandlers,
  ChatRole,
  createAiIntegrationServiceClient,
  FinishReason,
  type GenerateRequest,
  type GenerateRequestInit,
  type GenerateResponseInit,
  GenerateStreamResponse,
  serveAiIntegrationService,
} from "../../generated/game/ai_integration/v1/index.js";
import { createWeatherManagerServiceClient } from "../../generated/game/weather_manager/v1/index.js";
import { failsWith } from "./support/fails.js";
import { describeOnServers } from "./support/servers.js";

const ask = (text: string, more: GenerateRequestInit = {}): GenerateRequestInit => ({
  messages: [{ role: ChatRole.USER, text }],
  ...more,
});

/** What the next call of Generate runs. */
type Generate = (
  request: GenerateRequest,
  context: HandlerContext,
) => GenerateResponseInit | Promise<GenerateResponseInit>;

function createHandlers(generate: Generate): AiIntegrationServiceHandlers {
  return {
    generate: (request, context) => generate(request, context),
    async *generateStream({ requestId = "" }) {
      yield { requestId, index: 0, payload: { case: "textDelta", value: "never sent" } };
    },
    cancelGeneration: () => ({ cancelled: false }),
    embed: ({ texts }) => ({ embeddings: texts.map(() => ({ values: [0.6, 0.8] })) }),
    countTokens: ({ messages }) => ({ promptTokens: messages.length }),
    moderateText: () => ({ allowed: true }),
  };
}

describeOnServers("ai_integration", (server) => {
  let nats: Nats;
  let client: AiIntegrationServiceClient;
  let generate: Generate = () => ({});
  beforeAll(async () => {
    const handlers = createHandlers((request, context) => generate(request, context));
    await serveAiIntegrationService(await server.connect(), handlers);
    nats = await server.connect();
    client = createAiIntegrationServiceClient(nats);
  });

  it("answers with text, usage and latency", async () => {
    generate = ({ requestId, messages, options }) => ({
      requestId,
      output: { case: "text", value: messages.map(({ role, text }) => `${role}: ${text}`).join() },
      finishReason: FinishReason.LENGTH,
      usage: { promptTokens: 7, outputTokens: options?.maxOutputTokens },
      latency: 1_250,
    });
    const options = { maxOutputTokens: 3, temperature: 0.5 };
    const response = await client.generate(ask("Who goes there?", { requestId: "r-1", options }));

    expect(response.requestId).toBe("r-1");
    expect(response.output).toEqual({ case: "text", value: "CHAT_ROLE_USER: Who goes there?" });
    expect(response.finishReason).toBe("FINISH_REASON_LENGTH");
    expect(response.usage).toMatchObject({ promptTokens: 7, outputTokens: 3 });
    expect(response.usage?.cachedPromptTokens).toBeUndefined();
    expect(response.latency?.toMillis()).toBe(1_250);
  });

  it("tells what was left out from what is zero", async () => {
    generate = ({ options, playerId }) => ({
      output: { case: "text", value: `${options?.seed} ${options?.topP} ${playerId}` },
    });
    const { output } = await client.generate(ask("?", { options: { seed: 0 } }));
    expect(output.value).toBe("0 undefined undefined");
  });

  it("passes metadata both ways", async () => {
    generate = (_request, { metadata, responseMetadata }) => {
      responseMetadata.set("worker", "w-1");
      return { output: { case: "text", value: metadata.get("session-id") ?? "" } };
    };
    let worker: string | undefined;
    const { output } = await client.generate(ask("?"), {
      metadata: { "session-id": "s-1" },
      onResponseMetadata: (metadata) => {
        worker = metadata.get("worker");
      },
    });
    expect(output.value).toBe("s-1");
    expect(worker).toBe("w-1");
  });

  it("carries an error with its detail to the caller", async () => {
    generate = () => {
      throw new NatsgenError("RESOURCE_EXHAUSTED", "the provider asks to wait", {
        details: [Any.pack(RetryInfo, { retryDelay: 1_500 })],
      });
    };
    const error = await failsWith("RESOURCE_EXHAUSTED", client.generate(ask("?")));
    expect(error.rawMessage).toBe("the provider asks to wait");
    expect(error.findDetails(RetryInfo)[0]?.retryDelay?.toMillis()).toBe(1_500);
  });

  it("ends a call at its deadline, and tells the handler", async () => {
    const reasons: unknown[] = [];
    let told: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => {
      told = resolve;
    });
    generate = (_request, context) =>
      new Promise((_resolve, reject) => {
        const { signal } = context;
        expect(context.remainingMs()).toBeLessThanOrEqual(200);
        signal.addEventListener("abort", () => {
          reasons.push(signal.reason);
          reject(signal.reason);
          told();
        });
      });
    await failsWith("DEADLINE_EXCEEDED", client.generate(ask("?"), { timeoutMs: 200 }));
    await heard;
    expect(reasons).toMatchObject([{ code: "DEADLINE_EXCEEDED" }]);
  });

  it("ends a call that is cancelled", async () => {
    const controller = new AbortController();
    generate = () => {
      controller.abort();
      return new Promise<GenerateResponseInit>(() => undefined);
    };
    const call = client.generate(ask("?"), { signal: controller.signal, timeoutMs: 10_000 });
    await failsWith("CANCELLED", call);
  });

  it("fails at once where nobody serves", async () => {
    const weather = createWeatherManagerServiceClient(nats);
    await failsWith("UNAVAILABLE", weather.getCurrentWeather({}));
  });

  it("carries vectors of floats", async () => {
    const { embeddings } = await client.embed({ texts: ["a", "b"] });
    expect(embeddings).toHaveLength(2);
    expect(embeddings[0]?.values).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  });

  it("says that it cannot stream yet, at the client and at the worker", async () => {
    const stream = client.generateStream({ messages: [{ role: ChatRole.USER, text: "?" }] });
    const chunks: GenerateStreamResponse[] = [];
    const error = await failsWith(
      "UNIMPLEMENTED",
      (async () => {
        for await (const chunk of stream) chunks.push(chunk);
      })(),
    );
    expect(chunks).toEqual([]);
    expect(error.rawMessage).toContain(
      "game.ai_integration.v1.AiIntegrationService.GenerateStream is a streaming method",
    );

    const subject = "game.ai_integration.v1.AiIntegrationService.GenerateStream";
    const reply = await nats.request(subject, new Uint8Array());
    expect(reply.payload).not.toEqual(GenerateStreamResponse.encode({}));
  });
});
