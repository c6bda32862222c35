import { fastify } from "fastify";
import { Pool } from "undici";
import { type Echo, echoRequest, echoResponse } from "../echo-message.js";
import type { Variant } from "../variant.js";

/** With a schema, Fastify writes JSON twice as fast as `JSON.stringify`. Requests are not validated. */
const echoSchema = {
  type: "object",
  properties: {
    sequence: { type: "integer" },
    playerId: { type: "string" },
    text: { type: "string" },
    score: { type: "number" },
    urgent: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
  },
} as const;

const CONNECTIONS = 256;

/** JSON over HTTP/1.1 with keep-alive: Fastify, and undici with a connection for each call in flight. */
export const variant: Variant = {
  async startServer() {
    const server = fastify();
    server.post<{ Body: Echo }>("/echo", { schema: { response: { 200: echoSchema } } }, (request) =>
      Promise.resolve(echoResponse(request.body)),
    );
    const url = await server.listen({ host: "127.0.0.1", port: 0 });
    return {
      url,
      async close() {
        server.server.closeAllConnections();
        await server.close();
      },
    };
  },

  async startClient(url) {
    const pool = new Pool(url, { connections: CONNECTIONS });
    const headers = { "content-type": "application/json" };
    return {
      async echo(sequence) {
        const body = JSON.stringify(echoRequest(sequence));
        const response = await pool.request({ path: "/echo", method: "POST", headers, body });
        const echo = (await response.body.json()) as Echo;
        if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`);
        return echo.sequence;
      },
      close: () => pool.destroy(),
    };
  },
};
