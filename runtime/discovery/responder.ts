import type { ServiceDescriptor } from "../contract.js";
import type { Endpoint } from "../server/endpoint.js";
import { publicStats } from "../server/stats.js";
import type { Transport, TransportSubscription } from "../transport.js";
import { endpointName, semanticVersion, serviceName } from "./names.js";
import type { InfoReply, PingReply, ServiceIdentity, StatsReply } from "./types.js";

export interface DiscoveryOptions {
  readonly transport: Transport;
  readonly id: string;
  readonly service: ServiceDescriptor;
  /** The runtime's prefix, with its dot. */
  readonly prefix: string;
  readonly queueGroup: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
}

/**
 * Answers `$SRV.PING`, `$SRV.INFO` and `$SRV.STATS`, each for all services, for
 * this name and for this id (NATS ADR-32). No queue group: every instance answers.
 * `$SRV` never carries the runtime's prefix, as tools look for it at the root.
 *
 * Not the client's services module: it times the synchronous part of a handler
 * only and does not await it, so its latencies and error counts are wrong.
 */
export function createDiscovery(options: DiscoveryOptions): TransportSubscription[] {
  const { transport, service, id, prefix } = options;
  const started = new Date().toISOString();
  const identity: ServiceIdentity = {
    name: serviceName(service.typeName),
    id,
    version: semanticVersion(service.version),
    metadata: {
      ...options.metadata,
      "natsgen.service": service.typeName,
      "natsgen.contract": String(service.contract),
      ...(prefix === "" ? {} : { "natsgen.prefix": prefix }),
    },
  };
  const replies = {
    PING: (): PingReply => ({ type: "io.nats.micro.v1.ping_response", ...identity }),
    INFO: (): InfoReply => ({
      type: "io.nats.micro.v1.info_response",
      ...identity,
      description: service.description ?? "",
      endpoints: [...options.endpoints.values()].map(({ method, subject }) => ({
        name: endpointName(method.name),
        subject,
        queue_group: options.queueGroup,
        metadata: {
          "natsgen.kind": method.kind,
          "natsgen.input": method.input.typeName,
          "natsgen.output": method.output.typeName,
        },
      })),
    }),
    STATS: (): StatsReply => ({
      type: "io.nats.micro.v1.stats_response",
      ...identity,
      started,
      endpoints: [...options.endpoints.values()].map(({ method, subject, stats }) => {
        const counts = publicStats(method.name, subject, stats);
        return {
          name: endpointName(method.name),
          subject,
          queue_group: options.queueGroup,
          num_requests: counts.requests,
          num_errors: counts.errors,
          last_error: counts.lastError,
          processing_time: counts.processingTimeNs,
          average_processing_time: counts.averageProcessingTimeNs,
        };
      }),
    }),
  };
  const encoder = new TextEncoder();
  return Object.entries(replies).flatMap(([verb, reply]) =>
    [`$SRV.${verb}`, `$SRV.${verb}.${identity.name}`, `$SRV.${verb}.${identity.name}.${id}`].map(
      (subject) =>
        transport.subscribe(
          subject,
          undefined,
          (message) => {
            if (message.reply) {
              transport.publish(message.reply, encoder.encode(JSON.stringify(reply())), undefined);
            }
          },
          (error) => {
            // Discovery helps operators; a worker without it still works.
            transport.log.warn({ subject, error }, "the server refuses a discovery subject");
          },
        ),
    ),
  );
}
