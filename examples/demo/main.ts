/** Everything at once, on a NATS server of its own: `npm run demo`. */
import { connect } from "@natsgen/runtime";
import { startNatsServer } from "@natsgen/runtime/testing";
import { type ExampleProcess, startExample } from "../shared/processes.js";
import { aborted, stopSignal } from "../shared/stop.js";

const stop = stopSignal();
const running = new Set<ExampleProcess>();

console.log("Starting a NATS server …");
const server = await startNatsServer();
const env = { NATS_URL: server.url };
console.log(`nats-server listens at ${server.url} (pid ${server.pid})`);

try {
  await oneWorkerOneClient();
  if (!stop.aborted) await twoWorkers();
} catch (error) {
  // Whatever fails after Ctrl-C fails because of it.
  if (!stop.aborted) {
    console.log(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} finally {
  await Promise.all([...running].map((one) => one.stop()));
  await server.stop();
}
if (stop.aborted) {
  console.log("Interrupted; everything has ended.");
  process.exitCode = 130;
} else {
  console.log(process.exitCode === 1 ? "The demo failed." : "Done; everything has ended.");
}

async function oneWorkerOneClient(): Promise<void> {
  console.log("\nA worker of AiIntegrationService, and a client that calls it:");
  const worker = start("ai-worker", { WORKER_NAME: "worker-1" });
  await worker.ready;
  await showService();
  await finished(start("ai-client", {}));
  await worker.stop();
}

async function twoWorkers(): Promise<void> {
  console.log("\nTwo workers of one queue group share the calls:");
  await finished(start("load-balancing", {}));
}

/** Any NATS tool can ask what runs; this is what `nats micro ping` does. */
async function showService(): Promise<void> {
  await using nats = await connect({ servers: server.url, name: "demo" });
  const reply = await nats.request("$SRV.PING", new Uint8Array());
  console.log(`  $SRV.PING: ${new TextDecoder().decode(reply.payload)}`);
}

function start(example: string, more: Readonly<Record<string, string>>): ExampleProcess {
  const child = startExample(example, { ...env, ...more });
  console.log(`  ${example} starts (pid ${child.pid})`);
  running.add(child);
  void child.exited.then(() => running.delete(child));
  return child;
}

/** Waits for a process that ends by itself, or until the demo is told to stop. */
async function finished(child: ExampleProcess): Promise<void> {
  const code = await Promise.race([child.exited, aborted(stop)]);
  if (code !== undefined && code !== 0) throw new Error(`it ended with code ${code}`);
}
