import { connect, createInbox } from "nats";
import { startBareWorker } from "../bare-worker.js";
import { echoRequest } from "../echo-message.js";
import { loadPbjsEcho } from "../pbjs-echo.js";
import { TIMEOUT_MS, type Variant } from "../variant.js";

interface Pending {
  readonly due: number;
  resolve(data: Uint8Array): void;
  reject(error: Error): void;
}

const SWEEP_MS = 100;

const subject = "bench.bare-multiplexer.echo";

/**
 * The least that a request over the `nats` client can cost, and so the limit of
 * any client on it: one wildcard inbox, a counter as the token, one timer for all.
 */
export const variant: Variant = {
  startServer: (natsUrl) => startBareWorker(natsUrl, subject),
  async startClient(url) {
    const { EchoRequest, EchoResponse } = await loadPbjsEcho();
    const connection = await connect({ servers: url });
    const inbox = `${createInbox()}.`;
    const pending = new Map<number, Pending>();
    let counter = 0;

    connection.subscribe(`${inbox}*`, {
      callback(error, message) {
        if (error !== null) throw error;
        const token = Number(message.subject.slice(inbox.length));
        const entry = pending.get(token);
        pending.delete(token);
        if (message.headers?.code === 503) entry?.reject(new Error("no responders"));
        else entry?.resolve(message.data);
      },
    });
    const sweep = setInterval(() => {
      const now = performance.now();
      // All have the same timeout, and a map keeps its order: the oldest come first.
      for (const [token, { due, reject }] of pending) {
        if (due > now) break;
        pending.delete(token);
        reject(new Error("timeout"));
      }
    }, SWEEP_MS);

    const request = (payload: Uint8Array): Promise<Uint8Array> =>
      new Promise((resolve, reject) => {
        const token = counter++;
        pending.set(token, { due: performance.now() + TIMEOUT_MS, resolve, reject });
        connection.publish(subject, payload, { reply: inbox + token });
      });

    return {
      async echo(sequence) {
        const data = await request(EchoRequest.encode(echoRequest(sequence)).finish());
        return EchoResponse.decode(data).sequence;
      },
      async close() {
        clearInterval(sweep);
        await connection.close();
      },
    };
  },
};
