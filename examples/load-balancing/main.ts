/**
 * Two workers share the calls of one service, because they are in its queue group. Halfway
 * one of them is told to stop, as in a deployment: it finishes what it has, the other takes
 * over, and no call fails.
 */
import { connect, NatsgenError } from "@natsgen/runtime";
import {
  ChatRole,
  createAiIntegrationServiceClient,
} from "../../generated/game/ai_integration/v1/index.js";
import { startExample } from "../shared/processes.js";
import { stopSignal } from "../shared/stop.js";

const CALLS = 200;
const IN_FLIGHT = 16;

const stop = stopSignal();
const workers = ["worker-a", "worker-b"].map((name) =>
  startExample("ai-worker", { WORKER_NAME: name }),
);
try {
  await Promise.all(workers.map(({ ready }) => ready));
  await share();
} catch (thrown) {
  console.log(NatsgenError.from(thrown).message);
  process.exitCode = 1;
} finally {
  await Promise.all(workers.map((worker) => worker.stop()));
}

async function share(): Promise<void> {
  await using nats = await connect({ name: "load-balancing" });
  const ai = createAiIntegrationServiceClient(nats);
  const answers = new Map<string, number>();
  const failures: NatsgenError[] = [];
  let next = 1;

  /** Calls one after the other; 16 of these run side by side. */
  async function lane(): Promise<void> {
    while (next <= CALLS && !stop.aborted) {
      const number = next++;
      if (number === CALLS / 2) {
        console.log(`call ${number}: worker-b is told to stop`);
        void workers[1]?.stop();
      }
      try {
        await ai.generate(
          {
            messages: [{ role: ChatRole.USER, text: `What is behind door ${number}?` }],
            options: { maxOutputTokens: 4 },
          },
          {
            timeoutMs: 5_000,
            signal: stop,
            onResponseMetadata(metadata) {
              const worker = metadata.get("worker") ?? "unknown";
              answers.set(worker, (answers.get(worker) ?? 0) + 1);
            },
          },
        );
      } catch (error) {
        failures.push(NatsgenError.from(error));
      }
    }
  }

  console.log(`${CALLS} calls, ${IN_FLIGHT} at a time`);
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  for (const [worker, count] of [...answers].sort()) {
    console.log(`${worker} answered ${count} calls`);
  }
  console.log(`${failures.length} calls failed`);
  for (const text of new Set(failures.map(({ message }) => message))) console.log(`  ${text}`);
  if (failures.length > 0) process.exitCode = 1;
}
