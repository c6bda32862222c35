/**
 * A client of AiIntegrationService: what an application does with a generated client.
 * Needs a worker (examples/ai-worker) at the NATS server of NATS_URL.
 */
import { type CallOptions, connect, NatsgenError } from "@natsgen/runtime";
import { BadRequest } from "@natsgen/runtime/rpc";
import {
  ChatRole,
  createAiIntegrationServiceClient,
  type GenerateRequestInit,
} from "../../generated/game/ai_integration/v1/index.js";
import { stopSignal } from "../shared/stop.js";

// Ctrl-C cancels whatever call is on its way.
const stop = stopSignal();
const nats = await connect({ name: "ai-client" });
const ai = createAiIntegrationServiceClient(nats, { metadata: { "session-id": "s-17" } });

function ask(text: string, more: GenerateRequestInit = {}): GenerateRequestInit {
  return { messages: [{ role: ChatRole.USER, text }], ...more };
}

/** One call that goes well, with all that comes back. */
async function generate(): Promise<void> {
  let worker: string | undefined;
  const response = await ai.generate(ask("Where can I find the silver key?"), {
    timeoutMs: 5_000,
    signal: stop,
    metadata: { "quest-id": "q-81" },
    onResponseMetadata: (metadata) => {
      worker = metadata.get("worker");
    },
  });
  switch (response.output.case) {
    case "text":
      console.log(`Generate: ${response.output.value}`);
      break;
    case "refusal":
      console.log(`Generate: refused, ${response.output.value.category}`);
      break;
    default:
      console.log("Generate: an output that this client does not know");
  }
  console.log(`  by ${worker}, ${response.modelId}, ${response.finishReason}`);
  console.log(`  tokens: ${response.usage?.promptTokens} in, ${response.usage?.outputTokens} out`);
  console.log(`  latency: ${Math.round(response.latency?.toMillis() ?? 0)} ms`);
}

/** One call that fails, and what its error tells. */
async function fail(what: string, request: GenerateRequestInit, more: CallOptions = {}) {
  try {
    await ai.generate(request, { signal: stop, ...more });
    console.log(`${what}: no error, against expectation`);
    process.exitCode = 1;
  } catch (thrown) {
    const error = NatsgenError.from(thrown);
    console.log(`${what}: ${error.code}: ${error.rawMessage}`);
    for (const { fieldViolations } of error.findDetails(BadRequest)) {
      for (const { field, description } of fieldViolations) {
        console.log(`  the field ${field} ${description}`);
      }
    }
  }
}

/** Starts a generation and stops it with another call. */
async function cancelOnServer(): Promise<void> {
  const generation = ai.generate(ask("Tell me a long story.", { requestId: "story-1" }), {
    signal: stop,
  });
  // Until the worker has the first call there is nothing to cancel.
  let cancelled = false;
  while (!cancelled) {
    const response = await ai.cancelGeneration({ requestId: "story-1" }, { signal: stop });
    cancelled = response.cancelled;
  }
  console.log(`CancelGeneration: the generation ended with ${(await generation).finishReason}`);
}

try {
  const { promptTokens } = await ai.countTokens(
    { messages: [{ role: ChatRole.USER, text: "Where can I find the silver key?" }] },
    { signal: stop },
  );
  console.log(`CountTokens: ${promptTokens} tokens`);
  await generate();
  await fail("No messages", {});
  await fail("Unknown model", ask("Hello?", { modelId: "narrator-large-2" }));
  await fail("Deadline of 50 ms", ask("Tell me a long story."), { timeoutMs: 50 });
  await fail("Cancelled after 50 ms", ask("Tell me a long story."), {
    signal: AbortSignal.any([stop, cancelAfter(50)]),
  });
  await cancelOnServer();
} catch (thrown) {
  const error = NatsgenError.from(thrown);
  const hint =
    error.code === "UNAVAILABLE" ? ": does a worker run? npm start -w examples/ai-worker" : "";
  console.log(`${error.message}${hint}`);
  process.exitCode = 1;
} finally {
  await nats.drain();
}

/** `AbortSignal.timeout` would do too, and would be DEADLINE_EXCEEDED. */
function cancelAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms).unref();
  return controller.signal;
}
