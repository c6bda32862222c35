import type { NatsConnection } from "nats";
import type { Logger } from "../transport.js";

export interface StatusHandlers {
  disconnected(): void;
  reconnected(): void;
  /** The server refused a publish to this subject. */
  publishRefused(subject: string): void;
  closed(): void;
}

/** Follows a connection's life: tells the transport, and the logger what an operator should know. */
export function watchStatus(
  connection: NatsConnection,
  log: Logger,
  handlers: StatusHandlers,
): void {
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) {
      switch (status.type) {
        case "disconnect":
          log.warn({ server: status.data }, "disconnected from NATS");
          handlers.disconnected();
          break;
        case "reconnect":
          log.info({ server: status.data }, "reconnected to NATS");
          handlers.reconnected();
          break;
        case "ldm":
          log.warn({ server: status.data }, "the NATS server is about to shut down (lame duck)");
          break;
        case "error":
          log.warn(
            { code: status.data, permission: status.permissionContext },
            "the NATS server reported an error",
          );
          if (status.permissionContext?.operation === "publish") {
            handlers.publishRefused(status.permissionContext.subject);
          }
          break;
        case "staleConnection":
          log.warn({}, "the NATS server does not answer pings");
          break;
        default:
          log.info({ type: status.type, data: status.data }, "NATS connection status");
      }
    }
  };
  follow().catch((error: unknown) => log.error({ error }, "the connection's status ended"));
  connection.closed().then(
    (error) => {
      if (error instanceof Error) {
        log.error({ error }, "the connection to NATS is closed for good");
      }
      handlers.closed();
    },
    (error: unknown) => log.error({ error }, "the connection's end could not be read"),
  );
}
