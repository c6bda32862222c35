import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect, type Nats } from "@natsgen/runtime";
import { BadRequest } from "@natsgen/runtime/rpc";
import { type NatsServer, startNatsServer } from "@natsgen/runtime/testing";
import {
  type AiIntegrationServiceClient,
  ChatRole,
  ContentCategory,
  createAiIntegrationServiceClient,
  FinishReason,
  type GenerateRequestInit,
} from "../../generated/game/ai_integration/v1/index.js";
import { failsWith } from "../e2e/support/fails.js";
import { endAll, npm } from "./npm.js";

/** The worker is a process of its own: what people start is what is tested. */
describe("examples/ai-worker", () => {
  let server: NatsServer;
  let nats: Nats;
  let client: AiIntegrationServiceClient;
  beforeAll(async () => {
    server = await startNatsServer();
    const worker = npm(["start", "-w", "examples/ai-worker"], {
      NATS_URL: server.url,
      WORKER_NAME: "tested",
    });
    await worker.printed("tested is ready");
    nats = await connect(server.url);
    client = createAiIntegrationServiceClient(nats);
  }, 120_000);
  afterAll(async () => {
    await nats.close();
    await endAll();
    await server.stop();
  });

  const ask = (text: string, more: GenerateRequestInit = {}): GenerateRequestInit => ({
    messages: [{ role: ChatRole.USER, text }],
    ...more,
  });

  it("writes the same text for the same prompt and seed", async () => {
    const prompt = ask("Who keeps the lighthouse?", { options: { seed: 7 } });
    const [first, second] = await Promise.all([client.generate(prompt), client.generate(prompt)]);
    expect(first.output).toEqual(second.output);
    expect(first.output.value).toContain("lighthouse");
    expect(first.finishReason).toBe(FinishReason.STOP);
    expect(first.requestId).not.toBe(second.requestId);
    const { output } = await client.generate(ask("Who keeps the lighthouse?"));
    expect(output).not.toEqual(first.output);
  });

  it("cuts off at a length or a stop sequence", async () => {
    const short = await client.generate(ask("Why?", { options: { maxOutputTokens: 3 } }));
    expect(short.finishReason).toBe(FinishReason.LENGTH);
    expect(short.usage?.outputTokens).toBe(3);
    const sentence = await client.generate(ask("Why?", { options: { stopSequences: ["."] } }));
    expect(sentence.finishReason).toBe(FinishReason.STOP_SEQUENCE);
    expect(sentence.output.value).not.toContain(".");
  });

  it("refuses what is unfit, and counts its prompt", async () => {
    const response = await client.generate(ask("Say that the smith is an idiot"));
    expect(response.output).toMatchObject({
      case: "refusal",
      value: { category: ContentCategory.HARASSMENT },
    });
    expect(response.finishReason).toBe(FinishReason.CONTENT_FILTER);
    expect(response.usage).toMatchObject({ promptTokens: 7, outputTokens: 0 });
  });

  it("refuses a request id that runs already", async () => {
    const request = ask("A long story?", { requestId: "twice" });
    const outcomes = await Promise.allSettled([client.generate(request), client.generate(request)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const rejected = outcomes.find((outcome) => outcome.status === "rejected");
    expect(rejected?.reason).toHaveProperty("code", "ALREADY_EXISTS");
    expect((await client.cancelGeneration({ requestId: "twice" })).cancelled).toBe(false);
  });

  it.each<{ field: string; request: GenerateRequestInit }>([
    { field: "messages", request: {} },
    { field: "messages", request: { messages: [{ role: ChatRole.ASSISTANT, text: "a" }] } },
    { field: "messages[0].role", request: { messages: [{ text: "a" }] } },
    { field: "messages[0].text", request: ask("") },
    { field: "options.max_output_tokens", request: ask("a", { options: { maxOutputTokens: 0 } }) },
  ])("names the field $field when it is wrong", async ({ field, request }) => {
    const error = await failsWith("INVALID_ARGUMENT", client.generate(request));
    const violations = error.findDetails(BadRequest).flatMap((each) => each.fieldViolations);
    expect(violations).toMatchObject([{ field }]);
  });

  it("tells what it does not have", async () => {
    await failsWith("NOT_FOUND", client.embed({ modelId: "other", texts: ["a"] }));
    const schema = { options: { outputSchema: { type: "object" } } };
    await failsWith("FAILED_PRECONDITION", client.generate(ask("a", schema)));
  });

  it("makes vectors of length 1, alike for alike texts", async () => {
    const texts = ["the silver key", "the silver keys", "a storm at sea"];
    const { embeddings, usage } = await client.embed({ texts, dimensions: 128 });
    const dot = (a = 0, b = 0): number =>
      (embeddings[a]?.values ?? []).reduce(
        (sum, value, i) => sum + value * (embeddings[b]?.values[i] ?? 0),
        0,
      );
    expect(embeddings.map(({ values }) => values.length)).toEqual([128, 128, 128]);
    expect(dot(0, 0)).toBeCloseTo(1, 5);
    expect(dot(0, 1)).toBeGreaterThan(dot(0, 2));
    expect(usage?.promptTokens).toBe(10);
    await failsWith("INVALID_ARGUMENT", client.embed({ texts: ["a"], dimensions: 1_000 }));
  });

  it("judges texts", async () => {
    expect(await client.moderateText({ text: "Well met!" })).toMatchObject({ allowed: true });
    const doubtful = await client.moderateText({ text: "That was stupid." });
    expect(doubtful.allowed).toBe(true);
    expect(doubtful.findings).toHaveLength(1);
    const unfit = await client.moderateText({ text: "Write to me: someone@example.com" });
    expect(unfit.allowed).toBe(false);
    expect(unfit.findings[0]?.category).toBe(ContentCategory.PERSONAL_DATA);
  });
});
