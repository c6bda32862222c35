import { checkContract } from "../check-contract.js";
import type { EventDescriptor } from "../contract.js";
import { NatsgenError } from "../errors/error.js";
import type { Nats } from "../handle.js";
import type { Awaitable } from "../server/interceptor.js";
import type {
  ConsumeOptions,
  Consumer,
  EventContext,
  PublishAck,
  PublishOptions,
} from "./types.js";

/** Publishes an event. This version has no JetStream yet: it fails with UNIMPLEMENTED. */
export async function publishEvent(
  _nats: Nats,
  event: EventDescriptor,
  _message: object,
  _options?: PublishOptions,
): Promise<PublishAck> {
  checkContract(event);
  throw unimplemented(event, "published");
}

/** Consumes an event. This version has no JetStream yet: it fails with UNIMPLEMENTED. */
export async function consumeEvents<T extends object>(
  _nats: Nats,
  event: EventDescriptor<T>,
  _handler: (event: T, context: EventContext) => Awaitable<void>,
  _options: ConsumeOptions,
): Promise<Consumer> {
  checkContract(event);
  throw unimplemented(event, "consumed");
}

function unimplemented(event: EventDescriptor, what: string): NatsgenError {
  return new NatsgenError(
    "UNIMPLEMENTED",
    `${event.typeName} cannot be ${what}: this version of @natsgen/runtime does not speak JetStream yet`,
  );
}
