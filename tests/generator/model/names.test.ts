import { describe, expect, it } from "@jest/globals";
import {
  codecNames,
  enumTableName,
  eventNames,
  messageNames,
  serviceNames,
} from "../../../generator/model/derived-names.js";
import type { Package } from "../../../generator/model/types.js";
import { build, buildBody, messageOf, serviceOf } from "./support.js";

/** All that the package's modules export together. */
function exportsOf(pkg: Package): readonly string[] {
  return [
    ...pkg.messages.flatMap(({ localName }) => Object.values(messageNames(localName))),
    ...pkg.enums.map(({ localName }) => localName),
    ...pkg.services.flatMap(({ localName }) => Object.values(serviceNames(localName))),
    ...pkg.events.flatMap(({ localName }) => Object.values(eventNames(localName))),
    ...pkg.streams.map(({ localName }) => localName),
    ...pkg.extensions.map(({ localName }) => localName),
  ];
}

describe("names of a package", () => {
  it.each([
    "Promise",
    "Error",
    "Map",
    "Object",
    "Record",
    "Uint8Array",
    "class",
    "string",
    "message",
  ])("a message %s gets the suffix", async (name) => {
    const result = await buildBody(`message ${name} {}`);
    expect(messageOf(result, `shop.v1.${name}`).localName).toBe(`${name}$`);
  });

  it.each(["Client", "Event", "Request", "Response", "Timestamp"])(
    "a message %s keeps its name",
    async (name) => {
      const result = await buildBody(`message ${name} {}`);
      expect(messageOf(result, `shop.v1.${name}`).localName).toBe(name);
    },
  );

  it("join nested types, and the outer of two equal names wins", async () => {
    const result = await buildBody(
      "message Cart { message Line { message Tax {} } enum Kind { KIND_UNSPECIFIED = 0; } } message Cart_Line {}",
    );
    expect(messageOf(result, "shop.v1.Cart_Line").localName).toBe("Cart_Line");
    expect(messageOf(result, "shop.v1.Cart.Line").localName).toBe("Cart_Line$");
    expect(messageOf(result, "shop.v1.Cart.Line.Tax").localName).toBe("Cart_Line_Tax");
    expect(result.schema.enums.get("shop.v1.Cart.Kind")?.localName).toBe("Cart_Kind");
  });

  it("never meet, derived ones included", async () => {
    const result = await build({
      "a.proto": `syntax = "proto2"; package a; import "natsgen/v1/options.proto";
        option (natsgen.v1.stream) = {name: "shop"};
        option (natsgen.v1.stream) = {name: "SHOP"};
        message Order { optional string id = 1; option (natsgen.v1.event) = {stream: "shop" subject: "a.{id}"}; extensions 100 to 200;
          message Init {} extend Order { optional string note = 102; } }
        message order { optional string id = 1; option (natsgen.v1.event) = {stream: "shop" subject: "b.{id}"}; }
        message OrderInit {} message OrderInitInit {} message OrderEvent {} message OrdersClient {} message createOrdersClient {}
        message serveOrders {} message OrdersRoutes {} message ShopStream {} message orderSubject {} message publishOrder {}
        message Orders_Init {} message Table {} enum writeTable { A = 0; } message writeTableTable {}
        message Z { message Y { message X {} } } message Z_Y { message X {} } message Z_Y_X {}
        extend Order { optional string order_note = 100; optional string orderNote = 101; }
        service Orders {} service OrdersHandlers {} service nats {}`,
    });
    const pkg = result.schema.packages.find(({ name }) => name === "a");
    if (pkg === undefined) throw new Error("package a is not there");
    const names = exportsOf(pkg);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const codec = [
      ...pkg.messages.flatMap(({ localName }) => codecNames(localName)),
      ...pkg.enums.map(({ localName }) => enumTableName(localName)),
    ];
    expect(codec.filter((name, index) => codec.indexOf(name) !== index)).toEqual([]);
    expect(pkg.messages.find(({ name }) => name === "Order")?.localName).toBe("Order");
    expect(pkg.services.find(({ name }) => name === "nats")?.localName).toBe("nats$");
  });

  it("do not depend on the order of files", async () => {
    const a = 'syntax = "proto3"; package p; message Outer { message Inner {} }';
    const b = 'syntax = "proto3"; package p; message Outer_Inner {}';
    const one = await build({ "a.proto": a, "b.proto": b });
    const two = await build({ "x.proto": b, "y.proto": a });
    for (const result of [one, two]) {
      expect(messageOf(result, "p.Outer_Inner").localName).toBe("Outer_Inner");
      expect(messageOf(result, "p.Outer.Inner").localName).toBe("Outer_Inner$");
    }
  });
});

describe("properties of a message", () => {
  it("are lowerCamelCase, with a suffix for what objects inherit", async () => {
    const result = await buildBody(
      "message M { string order_id = 1; string constructor = 2; string to_string = 3; string then = 4; " +
        "string delete = 5; string __proto__ = 6; string has_own_property = 7; string type_name = 8; }",
    );
    expect(messageOf(result, "shop.v1.M").fields.map(({ localName }) => localName)).toEqual([
      "orderId",
      "constructor$",
      "toString$",
      "then$",
      "delete",
      "Proto",
      "hasOwnProperty$",
      "typeName",
    ]);
  });

  it("never meet: the one that is written so keeps its name", async () => {
    const { schema } = await build({
      "a.proto":
        'syntax = "proto2"; message M { optional string foo_bar = 1; optional string fooBar = 2; optional string foo__bar = 3; }',
    });
    expect(schema.messages.get("M")?.fields.map(({ localName }) => localName)).toEqual([
      "fooBar$",
      "fooBar",
      "fooBar$$",
    ]);
  });

  it("leave the name of a oneof to the oneof where only its members have it", async () => {
    const result = await buildBody(
      "message M { oneof content { string content_ = 1; int32 number = 2; } string other = 3; oneof other_ { string x = 4; } }",
    );
    const message = messageOf(result, "shop.v1.M");
    expect(message.oneofs.map(({ localName }) => localName)).toEqual(["content", "other$"]);
    expect(message.fields.map(({ localName }) => localName)).toEqual([
      "content",
      "number",
      "other",
      "x",
    ]);
  });
});

describe("methods of a service", () => {
  it.each([
    ["Then", "then$"],
    ["constructor", "constructor$"],
    ["ToString", "toString$"],
    ["toJSON", "toJSON$"],
    ["Delete", "delete"],
    ["Call", "call"],
  ])("%s is %s", async (name, expected) => {
    const result = await buildBody(`service S { rpc ${name}(Empty) returns (Empty); }`);
    expect(serviceOf(result).methods[0]?.localName).toBe(expected);
  });

  it("never meet", async () => {
    const result = await buildBody(
      "service S { rpc GetOrder(Empty) returns (Empty); rpc getOrder(Empty) returns (Empty); rpc get_order(Empty) returns (Empty); }",
    );
    expect(serviceOf(result).methods.map(({ localName }) => localName)).toEqual([
      "getOrder",
      "getOrder$",
      "getOrder$$",
    ]);
  });
});

describe("values of an enum", () => {
  it.each([
    ["Status", ["STATUS_UNSPECIFIED", "STATUS_PAID"], ["UNSPECIFIED", "PAID"]],
    ["Size", ["SIZE_2XL", "SIZE_", "SIZE_S"], ["SIZE_2XL", "SIZE_", "S"]],
    ["Foo", ["FOO_BAR", "BAR"], ["FOO_BAR", "BAR"]],
    ["Foo", ["FOO_FOO_BAR", "FOO_BAR", "BAR"], ["FOO_FOO_BAR", "FOO_BAR", "BAR"]],
    ["Odd", ["ODD___proto__", "class"], ["__proto__$", "class"]],
    ["Odd", ["__proto__", "constructor"], ["__proto__$", "constructor"]],
  ])("of %s: %j are %j", async (name, values, keys) => {
    const body = values.map((value, number) => `${value} = ${number};`).join(" ");
    const { schema } = await build({ "a.proto": `syntax = "proto2"; enum ${name} { ${body} }` });
    expect(schema.enums.get(name)?.values.map(({ localName }) => localName)).toEqual(keys);
  });
});
