import { connect } from "nats";
import { startBareWorker } from "../bare-worker.js";
import { echoRequest } from "../echo-message.js";
import { loadPbjsEcho } from "../pbjs-echo.js";
import { TIMEOUT_MS, type Variant } from "../variant.js";

const subject = "bench.bare-request.echo";

/** What the `nats` client offers: `request()`, with its timeout. */
export const variant: Variant = {
  startServer: (natsUrl) => startBareWorker(natsUrl, subject),
  async startClient(url) {
    const { EchoRequest, EchoResponse } = await loadPbjsEcho();
    const connection = await connect({ servers: url });
    const options = { timeout: TIMEOUT_MS };
    return {
      async echo(sequence) {
        const payload = EchoRequest.encode(echoRequest(sequence)).finish();
        const reply = await connection.request(subject, payload, options);
        return EchoResponse.decode(reply.data).sequence;
      },
      close: () => connection.close(),
    };
  },
};
