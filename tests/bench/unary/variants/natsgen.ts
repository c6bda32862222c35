import { pathToFileURL } from "node:url";
import { type Awaitable, connect, type Nats, type Worker } from "@natsgen/runtime";
import { generatedModule } from "../../prepare.js";
import { type Echo, echoRequest, echoResponse } from "../echo-message.js";
import { TIMEOUT_MS, type Variant } from "../variant.js";

/** What natsgen generates for the echo service; generated at bench time, so spelled out here. */
interface EchoModule {
  createEchoServiceClient(
    nats: Nats,
    options: { readonly timeoutMs: number },
  ): { echo(request: Echo): Promise<Echo> };
  serveEchoService(nats: Nats, handlers: { echo(request: Echo): Awaitable<Echo> }): Promise<Worker>;
}

async function loadEcho(): Promise<EchoModule> {
  const file = pathToFileURL(generatedModule("natsgen", "bench/v1/index.js"));
  return import(file.href);
}

/** The generated client and worker, with a deadline on every call and all options at their defaults. */
export const variant: Variant = {
  async startServer(natsUrl) {
    const { serveEchoService } = await loadEcho();
    const nats = await connect({ servers: natsUrl });
    await serveEchoService(nats, { echo: echoResponse });
    return { url: natsUrl, close: () => nats.drain() };
  },

  async startClient(url) {
    const { createEchoServiceClient } = await loadEcho();
    const nats = await connect({ servers: url });
    const client = createEchoServiceClient(nats, { timeoutMs: TIMEOUT_MS });
    return {
      echo: async (sequence) => (await client.echo(echoRequest(sequence))).sequence,
      close: () => nats.drain(),
    };
  },
};
