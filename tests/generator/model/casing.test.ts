import { describe, expect, it } from "@jest/globals";
import {
  lowerFirst,
  methodName,
  pascalName,
  propertyName,
  withoutEnumPrefix,
} from "../../../generator/model/casing.js";

describe("propertyName", () => {
  it.each([
    ["order_id", "orderId"],
    ["orderId", "orderId"],
    ["Order", "Order"],
    ["a__b", "aB"],
    ["_leading", "Leading"],
    ["trailing_", "trailing"],
    ["x_1", "x1"],
    ["_1st", "_1st"],
    ["_", "_"],
    ["class", "class"],
  ])("%s is %s", (name, expected) => {
    expect(propertyName(name)).toBe(expected);
  });
});

describe("methodName", () => {
  it.each([
    ["CreateOrder", "createOrder"],
    ["createOrder", "createOrder"],
    ["create_order", "createOrder"],
    ["HTTPGet", "httpGet"],
    ["GetURL", "getURL"],
    ["URL", "url"],
    ["XRay", "xRay"],
    ["A", "a"],
  ])("%s is %s", (name, expected) => {
    expect(methodName(name)).toBe(expected);
  });

  it("lower-cases only the start", () => {
    expect(lowerFirst("OrderPlaced")).toBe("orderPlaced");
  });
});

describe("pascalName", () => {
  it.each([
    ["event_bus", "EventBus"],
    ["EVENT_BUS", "EventBus"],
    ["event-bus", "EventBus"],
    ["eventBus", "EventBus"],
    ["1st", "_1st"],
  ])("%s is %s", (name, expected) => {
    expect(pascalName(name)).toBe(expected);
  });
});

describe("withoutEnumPrefix", () => {
  it.each([
    ["OrderStatus", "ORDER_STATUS_PAID", "PAID"],
    ["HTTPMethod", "HTTP_METHOD_GET", "GET"],
    ["HTTPMethod", "HTTPMETHOD_GET", "GET"],
    ["Utf8Mode", "UTF8_MODE_STRICT", "STRICT"],
    ["order_status", "ORDER_STATUS_PAID", "PAID"],
    ["OrderStatus", "PAID", undefined],
    ["OrderStatus", "ORDER_STATUS", undefined],
    ["OrderStatus", "ORDER_STATUS_", undefined],
    ["OrderStatus", "ORDER_STATUS_2FA", undefined],
    ["OrderStatus", "ORDER_STATUSES_PAID", undefined],
    ["Order", "ORDERS_PAID", undefined],
  ])("of %s: %s is %s", (enumName, value, expected) => {
    expect(withoutEnumPrefix(enumName, value)).toBe(expected);
  });
});
