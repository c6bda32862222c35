import { describe, expect, it } from "@jest/globals";
import { CONTRACT_VERSION } from "@natsgen/runtime";
import * as events from "../../golden/events/generated/shop/events/v1/index.js";
import { LibraryService } from "../../golden/routes/generated/library/v1/index.js";
import { routes } from "../../golden/routes/generated/routes.js";
import * as root from "../../golden/unary/generated/index.js";

describe("generated events", () => {
  const order = { channel: "CHANNEL_SHOP", orderNumber: 7n, express: true } as const;

  it("build a subject of one token for each value", () => {
    const subject = events.orderPlacedSubject({ ...order, orderId: "A-1" });
    expect(subject).toBe("shop.orders.CHANNEL_5FSHOP.7.true.placed.A-1");
    const placed = new events.OrderPlaced({ ...order, orderId: "A-1" });
    expect(events.orderPlacedSubject(placed)).toBe(subject);
  });

  it.each(["*", ">", "a.b", "a b"])("let no value be more than a token: %j", (orderId) => {
    const subject = events.orderPlacedSubject({ ...order, orderId });
    expect(subject).toMatch(/^shop\.orders\.CHANNEL_5FSHOP\.7\.true\.placed\.[A-Za-z0-9_-]+$/);
  });

  it("refuse an empty value", () => {
    expect(() => events.orderPlacedSubject({ ...order, orderId: "" })).toThrow("INVALID_ARGUMENT");
  });

  it("are described with their stream", () => {
    expect(events.OrderPlacedEvent).toMatchObject({
      contract: CONTRACT_VERSION,
      message: events.OrderPlaced,
      stream: events.ShopOrdersStream.name,
    });
    expect(events.ShopOrdersStream.subjects).toContain(events.OrderPlacedEvent.wildcard);
  });
});

describe("generated routes", () => {
  it("lead to the descriptors of their methods", () => {
    expect(routes.map(({ httpMethod, path, method }) => [httpMethod, path, method.name])).toEqual([
      ["GET", "/v1/{book_name=shelves/*/books/*}", "GetBook"],
      ["GET", "/v1/books/{book_name}", "GetBook"],
      ["PATCH", "/v1/{book.book_name=shelves/*/books/*}", "UpdateBook"],
      ["POST", "/v1/{source_path=**}:move", "MoveAll"],
    ]);
    expect(routes.every(({ service }) => service === LibraryService)).toBe(true);
    expect(routes[2]).toMatchObject({
      segments: [{ literal: "v1" }, { literal: "shelves" }, "*", { literal: "books" }, "*"],
      variables: [{ field: ["book", "bookName"], start: 1, end: 5 }],
      body: "book",
      method: LibraryService.methods.updateBook,
    });
  });
});

describe("the generated index", () => {
  it("has each package as a namespace, and every subject", () => {
    const { OrderService } = root.shopOrdersV1;
    expect(root.serviceSubjects["shop.orders.v1.OrderService"].createOrder).toBe(
      OrderService.methods.createOrder.subject,
    );
    expect(Object.entries(OrderService.metadata)).toEqual([
      ["__proto__", "no prototype"],
      ["team", "checkout"],
    ]);
  });
});
