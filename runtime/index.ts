/**
 * `@natsgen/runtime`: what generated code and the applications around it import.
 * Everything public is listed here by hand.
 */
export { createClient } from "./client/create-client.js";
export type {
  ClientCall,
  ClientInterceptor,
  ClientInvoke,
  ClientReply,
} from "./client/interceptor.js";
export type { CallOptions, ClientOptions } from "./client/options.js";
export type {
  EventDescriptor,
  Idempotency,
  MessageType,
  MethodDescriptor,
  MethodKind,
  MethodRules,
  ServiceDescriptor,
  StreamDefinition,
} from "./contract.js";
export { CONTRACT_VERSION } from "./contract.js";
export {
  Code,
  codeFromHttpStatus,
  codeFromNumber,
  codeNumber,
  codeToHttpStatus,
  type ErrorCode,
} from "./errors/code.js";
export {
  type ErrorDetail,
  NatsgenError,
  type NatsgenErrorOptions,
  type PackedDetail,
} from "./errors/error.js";
export { consumeEvents, publishEvent } from "./events/events.js";
export type {
  ConsumeOptions,
  Consumer,
  EventContext,
  PublishAck,
  PublishOptions,
} from "./events/types.js";
export type { Nats, RawMessage, RawRequestOptions, RawSubscription } from "./handle.js";
export { Metadata, type MetadataInit } from "./metadata/metadata.js";
export { connect } from "./nats/connect.js";
export type { ConnectOptions, TlsOptions } from "./nats/options.js";
export type { HandlerContext } from "./server/context.js";
export type { Awaitable, ServerInterceptor, ServerInvoke } from "./server/interceptor.js";
export type { ServeOptions } from "./server/options.js";
export { serve, type Worker } from "./server/serve.js";
export type { MethodStats } from "./server/stats.js";
export { subjectToken, subjectTokenValue } from "./subjects/token.js";
export type { ConnectionState, Logger } from "./transport.js";
