import { connect } from "nats";
import { echoResponse } from "./echo-message.js";
import { loadPbjsEcho } from "./pbjs-echo.js";
import type { EchoServer } from "./variant.js";

/**
 * The least that a worker can do: subscribe, decode, encode, respond. No errors,
 * no deadlines.
 *
 * @param subject one for each variant: workers of two that ran at the same time
 * would share the calls of both.
 */
export async function startBareWorker(natsUrl: string, subject: string): Promise<EchoServer> {
  const { EchoRequest, EchoResponse } = await loadPbjsEcho();
  const connection = await connect({ servers: natsUrl });
  connection.subscribe(subject, {
    queue: "bench",
    callback(error, message) {
      if (error !== null) throw error;
      const response = echoResponse(EchoRequest.decode(message.data));
      message.respond(EchoResponse.encode(response).finish());
    },
  });
  await connection.flush();
  return { url: natsUrl, close: () => connection.close() };
}
