/**
 * `@natsgen/runtime/testing`: real NATS servers for tests. Not for production
 * code, and not imported by any.
 */
export {
  type FindOptions,
  findNatsServer,
  findNatsServers,
  type NatsServerBinary,
  natsServerVersions,
} from "./find-nats-server.js";
export { type NatsCluster, startNatsCluster } from "./start-nats-cluster.js";
export { type NatsServer, type NatsServerOptions, startNatsServer } from "./start-nats-server.js";
