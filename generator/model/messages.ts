import { propertyName } from "./casing.js";
import type {
  DeclarationComments,
  EnumDescriptor,
  FieldDescriptor,
  FieldType,
  MessageDescriptor,
  Options,
} from "./descriptor.js";
import { nameEnumValues, nameMembers } from "./names.js";
import { optionNode } from "./options.js";
import type {
  Comments,
  Enum,
  Extension,
  Field,
  LongType,
  Message,
  ScalarType,
  ValueType,
} from "./types.js";

/** What a declaration is part of. */
export interface Home {
  readonly package: string;
  /** TypeScript names by full name. */
  readonly names: ReadonlyMap<string, string>;
}

export function buildMessage(node: MessageDescriptor, home: Home): Message {
  const names = nameMembers(node);
  return {
    name: node.name,
    typeName: node.fullName,
    localName: home.names.get(node.fullName) ?? node.name,
    file: node.file,
    package: home.package,
    parent: node.parent,
    fields: node.fields.map((field) => buildField(field, names.fields.get(field.name))),
    oneofs: node.oneofs.flatMap((oneof) =>
      oneof.synthetic
        ? []
        : [
            {
              name: oneof.name,
              localName: names.oneofs.get(oneof.name) ?? oneof.name,
              fields: node.fields
                .filter((field) => field.oneof === oneof.name)
                .map(({ name }) => name),
              comments: commentsOf(oneof.comments),
            },
          ],
    ),
    extensionRanges: node.extensionRanges.map(({ start, end }) => [start, end] as const),
    messageSet: node.options.values.get("message_set_wire_format") === true,
    deprecated: isDeprecated(node.options),
    comments: commentsOf(node.comments),
    position: node.namePosition,
  };
}

export function buildField(node: FieldDescriptor, localName = propertyName(node.name)): Field {
  const { defaultValue } = node;
  return {
    name: node.name,
    localName,
    jsonName: node.jsonName,
    number: node.number,
    shape: shapeOf(node),
    presence: node.presence === "legacy_required" ? "required" : node.presence,
    oneof: node.oneof,
    defaultValue: defaultValue instanceof Uint8Array ? [...defaultValue] : defaultValue,
    redact: optionNode(node.options, "natsgen.v1.field", node.position)?.boolean("redact") ?? false,
    deprecated: isDeprecated(node.options),
    comments: commentsOf(node.comments),
    position: node.namePosition,
  };
}

function shapeOf(node: FieldDescriptor): Field["shape"] {
  if (node.map !== undefined) {
    const { key, value } = node.map;
    return { kind: "map", key: scalarType(key.type), value: valueType(value, longType(node)) };
  }
  const value = valueType(node, longType(node));
  return node.label === "repeated"
    ? { kind: "repeated", value, packed: node.packed }
    : { kind: "singular", value };
}

function valueType(node: FieldDescriptor, long: LongType): ValueType {
  switch (node.type) {
    case "group":
    case "message":
      return { kind: "message", typeName: node.typeName ?? "", delimited: node.delimited };
    case "enum":
      return { kind: "enum", typeName: node.typeName ?? "" };
    default:
      return { kind: "scalar", scalar: node.type, long, utf8: node.utf8 };
  }
}

function scalarType(type: FieldType): ScalarType {
  if (type === "group" || type === "message" || type === "enum") {
    throw new Error(`a map key cannot be of type ${type}`);
  }
  return type;
}

function longType(node: FieldDescriptor): LongType {
  const jstype = node.options.values.get("jstype");
  if (jstype === "JS_NUMBER") return "number";
  return jstype === "JS_STRING" ? "string" : "bigint";
}

export function buildEnum(node: EnumDescriptor, home: Home): Enum {
  const names = nameEnumValues(node);
  return {
    name: node.name,
    typeName: node.fullName,
    localName: home.names.get(node.fullName) ?? node.name,
    file: node.file,
    package: home.package,
    parent: node.parent,
    open: !node.closed,
    values: node.values.map((value) => ({
      name: value.name,
      localName: names.get(value.name) ?? value.name,
      number: value.number,
      deprecated: isDeprecated(value.options),
      comments: commentsOf(value.comments),
    })),
    deprecated: isDeprecated(node.options),
    comments: commentsOf(node.comments),
    position: node.namePosition,
  };
}

export function buildExtension(node: FieldDescriptor, home: Home): Extension {
  return {
    typeName: node.fullName,
    localName: home.names.get(node.fullName) ?? node.name,
    extendee: node.extendee ?? "",
    field: buildField(node),
    file: node.file,
  };
}

/** Comments without the blocks that a blank line sets off. */
export function commentsOf({ leading, trailing }: DeclarationComments): Comments {
  return { leading, trailing };
}

export function isDeprecated(options: Options): boolean {
  return options.values.get("deprecated") === true;
}
