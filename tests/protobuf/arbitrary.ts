import fc from "fast-check";
import type { Field, Message, ScalarType, Schema, ValueType } from "../../generator/model/types.js";

/** Random values for the Init of a message, built from the model. */
export function initOf(schema: Schema, typeName: string, depth = 3): fc.Arbitrary<unknown> {
  const wellKnown = WELL_KNOWN.get(typeName);
  if (wellKnown !== undefined) return wellKnown;
  const message = schema.messages.get(typeName);
  if (message === undefined) throw new Error(`no message ${typeName}`);
  const required = message.fields.filter((field) => field.presence === "required");
  const plain = message.fields.filter(({ oneof }) => oneof === undefined);
  const properties = plain
    .filter((field) => depth > 0 || field.shape.value.kind !== "message")
    .map((field) => [field.localName, fieldOf(schema, field, depth)] as const);
  const oneofs = message.oneofs.map(
    (oneof) => [oneof.localName, oneofOf(schema, message, oneof.name, depth)] as const,
  );
  return fc.record(Object.fromEntries([...properties, ...oneofs]), {
    requiredKeys: required.map(({ localName }) => localName),
  });
}

function oneofOf(
  schema: Schema,
  message: Message,
  name: string,
  depth: number,
): fc.Arbitrary<unknown> {
  const members = message.fields
    .filter((field) => field.oneof === name)
    .filter((field) => depth > 0 || field.shape.value.kind !== "message")
    .map((field) =>
      fc.record({
        case: fc.constant(field.localName),
        value: valuesOf(schema, field.shape.value, depth - 1),
      }),
    );
  return fc.oneof(fc.constant({ case: undefined }), ...members);
}

function fieldOf(schema: Schema, field: Field, depth: number): fc.Arbitrary<unknown> {
  const value = valuesOf(schema, field.shape.value, depth - 1);
  if (field.shape.kind === "repeated") return fc.array(value, { maxLength: 4 });
  if (field.shape.kind !== "map") return value;
  return fc.dictionary(keyOf(field.shape.key), value, { maxKeys: 3, noNullPrototype: true });
}

function keyOf(key: ScalarType): fc.Arbitrary<string> {
  return key === "string" ? text : scalarOf(key).map(String);
}

function valuesOf(schema: Schema, value: ValueType, depth: number): fc.Arbitrary<unknown> {
  if (value.kind === "message") return initOf(schema, value.typeName, depth);
  if (value.kind === "enum") {
    const declared = schema.enums.get(value.typeName);
    return fc.constantFrom(...(declared?.values.map(({ name }) => name) ?? []));
  }
  const scalar = scalarOf(value.scalar);
  if (value.scalar.endsWith("64") && value.long === "string") return scalar.map(String);
  return value.scalar.endsWith("64") && value.long === "number" ? safe(value.scalar) : scalar;
}

const text = fc.string({ unit: "grapheme", maxLength: 12 });
const signed64 = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const unsigned64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

function safe(scalar: ScalarType): fc.Arbitrary<number> {
  const min = scalar === "uint64" || scalar === "fixed64" ? 0 : Number.MIN_SAFE_INTEGER;
  return fc.integer({ min, max: Number.MAX_SAFE_INTEGER });
}

function scalarOf(scalar: ScalarType): fc.Arbitrary<unknown> {
  switch (scalar) {
    case "double":
      return fc.double();
    case "float":
      return fc.float();
    case "bool":
      return fc.boolean();
    case "string":
      return text;
    case "bytes":
      return fc.uint8Array({ maxLength: 12 });
    case "int64":
    case "sint64":
    case "sfixed64":
      return signed64;
    case "uint64":
    case "fixed64":
      return unsigned64;
    case "uint32":
    case "fixed32":
      return fc.nat({ max: 0x7fff_ffff }).map((value) => value * 2 + (value % 2));
    default:
      return fc.integer();
  }
}

const jsonText = fc.string({ unit: "grapheme", maxLength: 6 });
const json = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  object: fc.dictionary(jsonText, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    jsonText,
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
}));

/** Inits of the well-known types, as fields have them. */
const WELL_KNOWN: ReadonlyMap<string, fc.Arbitrary<unknown>> = new Map<
  string,
  fc.Arbitrary<unknown>
>([
  ["google.protobuf.Any", fc.constant({})],
  ["google.protobuf.BoolValue", fc.boolean()],
  ["google.protobuf.BytesValue", fc.uint8Array({ maxLength: 5 })],
  ["google.protobuf.DoubleValue", fc.double()],
  ["google.protobuf.Duration", fc.integer({ min: -1e12, max: 1e12 })],
  ["google.protobuf.Empty", fc.constant({})],
  ["google.protobuf.FieldMask", fc.record({ paths: fc.array(fc.stringMatching(/^[a-z]{1,5}$/)) })],
  ["google.protobuf.Int64Value", signed64],
  ["google.protobuf.ListValue", fc.array(json.value, { maxLength: 3 })],
  ["google.protobuf.StringValue", text],
  ["google.protobuf.Struct", json.object],
  [
    "google.protobuf.Timestamp",
    fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
  ],
  ["google.protobuf.UInt32Value", fc.nat()],
  ["google.protobuf.Value", json.value],
]);
