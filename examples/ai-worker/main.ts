/**
 * A worker of AiIntegrationService. Start as many as you like: they share the calls.
 *
 * NATS_URL says where the server is (default nats://127.0.0.1:4222), WORKER_NAME how this
 * worker signs its answers.
 */
import { connect, type ServerInterceptor } from "@natsgen/runtime";
import { serveAiIntegrationService } from "../../generated/game/ai_integration/v1/index.js";
import { aborted, stopSignal } from "../shared/stop.js";
import { createHandlers } from "./handlers.js";
import { createLocalModel } from "./local-model.js";

const name = process.env.WORKER_NAME ?? `ai-worker-${process.pid}`;
const stop = stopSignal();

/** Says who answered, beside every response and every error. */
const signed: ServerInterceptor = (next) => (request, context) => {
  context.responseMetadata.set("worker", name);
  return next(request, context);
};

const nats = await connect({ name });
const worker = await serveAiIntegrationService(nats, createHandlers(createLocalModel()), {
  interceptors: [signed],
  metadata: { worker: name },
});
console.log(`${name} is ready`);

await Promise.race([aborted(stop), worker.stopped]);

// No new calls; those that had come get their answers; then the connection closes.
await nats.drain();
const calls = Object.values(worker.stats()).reduce((sum, { requests }) => sum + requests, 0);
console.log(`${name} has stopped after ${calls} calls`);
