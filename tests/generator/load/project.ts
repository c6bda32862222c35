import type {
  Declaration,
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  OptionValue,
} from "../../../generator/load/descriptor.js";

/** Everything a descriptor says as plain JSON-like data, to be compared as a whole. */
export function projectFile(file: FileDescriptor, withSource: boolean): unknown {
  return {
    path: file.path,
    package: file.package,
    syntax: file.syntax,
    edition: file.edition,
    imports: file.imports.map((entry) => [entry.path, entry.public, entry.weak]),
    options: projectOptions(file.options.values),
    messages: file.messages.map((message) => projectMessage(message, withSource)),
    enums: file.enums.map((node) => projectEnum(node, withSource)),
    extensions: file.extensions.map((field) => projectField(field, withSource)),
    services: file.services.map((service) => ({
      ...declaration(service, withSource),
      methods: service.methods.map((method) => ({
        ...declaration(method, withSource),
        input: method.input,
        output: method.output,
        streams: [method.clientStreaming, method.serverStreaming],
      })),
    })),
  };
}

function projectMessage(message: MessageDescriptor, withSource: boolean): unknown {
  return {
    ...declaration(message, withSource && !message.isMapEntry),
    parent: message.parent,
    isMapEntry: message.isMapEntry,
    fields: message.fields.map((field) => projectField(field, withSource && !message.isMapEntry)),
    oneofs: message.oneofs.map((oneof) => ({
      ...declaration(oneof, withSource && !oneof.synthetic),
      synthetic: oneof.synthetic,
    })),
    // protoc and the parser differ in where map entries come among nested types; nothing depends on it.
    messages: [...message.messages]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((child) => projectMessage(child, withSource)),
    enums: message.enums.map((node) => projectEnum(node, withSource)),
    extensions: message.extensions.map((field) => projectField(field, withSource)),
    extensionRanges: message.extensionRanges.map((range) => [
      range.start,
      range.end,
      projectOptions(range.options.values),
    ]),
    reservedRanges: message.reservedRanges.map((range) => [range.start, range.end]),
    reservedNames: message.reservedNames,
  };
}

function projectField(field: FieldDescriptor, withSource: boolean): unknown {
  return {
    ...declaration(field, withSource),
    number: field.number,
    label: field.label,
    type: field.type,
    typeName: field.typeName,
    jsonName: field.jsonName,
    oneof: field.oneof,
    proto3Optional: field.proto3Optional,
    defaultValue: projectValue(field.defaultValue),
    extendee: field.extendee,
    map: field.map && [field.map.key.type, field.map.value.type, field.map.value.typeName],
    presence: field.presence,
    packed: field.packed,
    delimited: field.delimited,
    utf8: field.utf8,
  };
}

function projectEnum(node: EnumDescriptor, withSource: boolean): unknown {
  return {
    ...declaration(node, withSource),
    parent: node.parent,
    closed: node.closed,
    values: node.values.map((value) => ({
      ...declaration(value, withSource),
      number: value.number,
    })),
    reservedRanges: node.reservedRanges.map((range) => [range.start, range.end]),
    reservedNames: node.reservedNames,
  };
}

function declaration(node: Declaration, withSource: boolean): Record<string, unknown> {
  return {
    name: node.name,
    fullName: node.fullName,
    options: projectOptions(node.options.values),
    ...(withSource
      ? {
          comments: node.comments,
          start: [node.position.line, node.position.column, node.position.endLine],
        }
      : {}),
  };
}

function projectOptions(values: ReadonlyMap<string, OptionValue>): unknown {
  return Object.fromEntries(
    [...values]
      .filter(([name]) => name !== "map_entry")
      .map(([name, value]) => [name, projectValue(value)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

function projectValue(value: OptionValue | undefined): unknown {
  if (value instanceof Uint8Array) {
    return `bytes:${Buffer.from(value).toString("hex")}`;
  }
  if (value instanceof Map) {
    return projectOptions(value);
  }
  if (Array.isArray(value)) {
    return value.map(projectValue);
  }
  return typeof value === "bigint" ? `${value}n` : value;
}
