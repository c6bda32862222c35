/** What may be done with generated services and events, and what the compiler has to refuse. */
import type { HandlerContext, Nats } from "@natsgen/runtime";
import * as shop from "../../golden/events/generated/shop/events/v1/index.js";
import * as chat from "../../golden/streaming/generated/chat/v1/index.js";
import * as orders from "../../golden/unary/generated/shop/orders/v1/index.js";

declare const nats: Nats;
declare const context: HandlerContext;

export async function calls(): Promise<void> {
  const client = orders.createOrderServiceClient(nats);
  const order: orders.Order = await client.createOrder({ sku: "a" }, { timeoutMs: 10 });
  const id: string = order.id;
  await client.createOrder({});
  // @ts-expect-error a field that the schema does not have
  await client.createOrder({ skuu: "a" });
  // @ts-expect-error a value of another type
  await client.createOrder({ sku: 1 });
  // @ts-expect-error an option that does not exist
  await client.createOrder({ sku: id }, { timeout: 10 });
  // @ts-expect-error a method that the schema does not have
  await client.cancelOrder({});
}

export async function streams(): Promise<void> {
  const client = chat.createChatServiceClient(nats);
  async function* lines(): AsyncGenerator<chat.LineInit> {
    yield { text: "a" };
  }
  for await (const line of client.listen({ room: "a" })) line.text.toUpperCase();
  const receipt: chat.Receipt = await client.upload(lines());
  for await (const line of client.converse(lines())) line.text.repeat(receipt.lines);
  // @ts-expect-error a stream of requests, not one
  await client.upload({ text: "a" });
  // @ts-expect-error a stream of responses is no promise
  await client.listen({ room: "a" }).then();
}

export const handlers: chat.ChatServiceHandlers = {
  send: ({ text }) => ({ lines: text.length }),
  async *listen({ room }) {
    yield { text: room };
  },
  async upload(requests) {
    let lines = 0;
    for await (const { text } of requests) lines += text.length;
    return { lines };
  },
  converse: (requests) => requests,
};

export const served = chat.serveChatService(nats, handlers);
// @ts-expect-error a method has no handler
export const missing: chat.ChatServiceHandlers = { send: () => ({}), upload: () => ({}) };
// @ts-expect-error a response of another type
export const wrong: chat.ChatServiceHandlers["send"] = () => ({ lines: "three" });
export const direct = handlers.send(new chat.Line({ text: "a" }), context);

// Literal types survive: kinds, subjects and keys are known to the compiler.
export const kind: "serverStreaming" = chat.ChatService.methods.listen.kind;
export const subject: "chat.v1.ChatService.Listen" = chat.ChatServiceSubjects.listen;
// @ts-expect-error descriptors are constants
chat.ChatService.methods.listen.kind = "unary";

export async function publishes(): Promise<void> {
  await shop.publishOrderPlaced(nats, { orderId: "a" });
  await shop.consumeOrderPlaced(nats, ({ orderNumber }) => void (orderNumber + 1n), {
    durable: "a",
  });
  // @ts-expect-error a subject needs every one of its values
  shop.orderPlacedSubject({ orderId: "a" });
  // @ts-expect-error a consumer has a name
  await shop.consumeOrderPlaced(nats, () => undefined, {});
}
