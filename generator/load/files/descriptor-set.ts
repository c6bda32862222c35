/**
 * FileDescriptorSet files, as `protoc --descriptor_set_out` and `buf build`
 * write them, read into the same nodes that the parser makes. Positions and
 * comments come from the set's source info where it has any.
 */

import type { DeclarationComments, OptionValue, Position } from "../descriptor.js";
import { decodeMessage, WireFault } from "../link/option-bytes.js";
import { createLinker } from "../link/symbols.js";
import { NO_COMMENTS } from "../syntax/comments.js";
import {
  type EnumNode,
  type FieldNode,
  type FileNode,
  type Heading,
  type MessageNode,
  NO_OPTIONS,
  newEnum,
  newEnumValue,
  newField,
  newFile,
  newMessage,
  newMethod,
  newOneof,
  newService,
} from "../syntax/nodes.js";
import { type Report, startOf } from "../syntax/source.js";
import { locationsOf } from "./source-info.js";

type Proto = ReadonlyMap<string, OptionValue>;

/** Options stay bytes until every extension is linked. */
const OPAQUE: ReadonlySet<string> = new Set(
  [
    "File",
    "Message",
    "Field",
    "Oneof",
    "ExtensionRange",
    "Enum",
    "EnumValue",
    "Service",
    "Method",
  ].map((kind) => `google.protobuf.${kind}Options`),
);

export function isDescriptorSet(path: string): boolean {
  return /\.(?:binpb|pb|desc|protoset|fds)$/.test(path);
}

/** Reads a set by `schema`, the linked google/protobuf/descriptor.proto. */
export function readDescriptorSet(
  bytes: Uint8Array,
  schema: FileNode,
  shown: string,
  report: Report,
): readonly FileNode[] {
  const linker = createLinker(
    [schema],
    { of: new Map(), broken: new Set(), bundled: () => undefined },
    report,
  );
  const type = schema.messages.find((message) => message.name === "FileDescriptorSet");
  if (type === undefined) {
    throw new Error("descriptor.proto declares no FileDescriptorSet");
  }
  try {
    const set = decodeMessage(linker, type, bytes, OPAQUE);
    const files = protos(set, "file");
    if (files.length === 0 || files.some((file) => text(file, "name") === "")) {
      reportBadSet(report, shown, "it holds no files");
      return [];
    }
    return files.map(readFile);
  } catch (error) {
    if (!(error instanceof WireFault)) {
      throw error;
    }
    reportBadSet(report, shown, error.message);
    return [];
  }
}

function reportBadSet(report: Report, shown: string, reason: string): void {
  report({
    severity: "error",
    rule: "invalid-descriptor-set",
    message: `"${shown}" is no FileDescriptorSet: ${reason}`,
    position: undefined,
    suggestion:
      "write one with protoc --include_imports --include_source_info --descriptor_set_out=FILE, or buf build -o FILE",
  });
}

interface Scope {
  readonly file: FileNode;
  readonly position: (path: readonly number[]) => Position;
  readonly comments: (path: readonly number[]) => DeclarationComments;
}

function readFile(proto: Proto): FileNode {
  const path = text(proto, "name");
  const file = newFile(path, startOf(path));
  const locations = locationsOf(path, message(proto, "source_code_info"));
  const scope: Scope = {
    file,
    position: (key) => locations.get(key.join(","))?.position ?? startOf(path),
    comments: (key) => locations.get(key.join(","))?.comments ?? NO_COMMENTS,
  };
  file.package = text(proto, "package");
  file.packagePosition = file.package === "" ? undefined : scope.position([2]);
  const syntax = text(proto, "syntax");
  file.syntax = syntax === "proto3" ? "proto3" : syntax === "editions" ? "editions" : "proto2";
  const edition = proto.get("edition");
  file.edition = typeof edition === "string" ? edition.replace("EDITION_", "") : undefined;
  const packageComments = scope.comments([2]);
  file.comments = packageComments.leading === "" ? scope.comments([12]) : packageComments;
  const publicImports = list(proto, "public_dependency");
  const weakImports = list(proto, "weak_dependency");
  file.imports = list(proto, "dependency").map((dependency, index) => ({
    path: String(dependency),
    public: publicImports.includes(index),
    weak: weakImports.includes(index),
    position: scope.position([3, index]),
  }));
  file.written = { ...file.written, options: options(proto) };
  file.messages = protos(proto, "message_type").map((child, index) =>
    readMessage(scope, child, [4, index]),
  );
  file.enums = protos(proto, "enum_type").map((child, index) => readEnum(scope, child, [5, index]));
  file.services = protos(proto, "service").map((child, index) => {
    const key = [6, index];
    const service = newService(heading(scope, child, key));
    service.written.options = options(child);
    service.methods = protos(child, "method").map((method, at) =>
      readMethod(scope, method, [...key, 2, at]),
    );
    return service;
  });
  file.extensions = protos(proto, "extension").map((child, index) =>
    readField(scope, child, [7, index], []),
  );
  return file;
}

function readMethod(
  scope: Scope,
  proto: Proto,
  key: readonly number[],
): FileNode["services"][number]["methods"][number] {
  const method = newMethod(heading(scope, proto, key), {
    input: text(proto, "input_type"),
    inputPosition: scope.position([...key, 2]),
    output: text(proto, "output_type"),
    outputPosition: scope.position([...key, 3]),
    clientStreaming: proto.get("client_streaming") === true,
    serverStreaming: proto.get("server_streaming") === true,
  });
  method.written.options = options(proto);
  return method;
}

function readMessage(scope: Scope, proto: Proto, key: readonly number[]): MessageNode {
  const encoded = options(proto);
  const node = newMessage(heading(scope, proto, key), false);
  node.written.options = encoded;
  // `map_entry` (field 7, true) decides how everything else is read, so it cannot wait for the options.
  node.isMapEntry = hasMapEntry(encoded);
  const oneofProtos = protos(proto, "oneof_decl");
  const fieldProtos = protos(proto, "field");
  const oneofNames = oneofProtos.map((oneof) => text(oneof, "name"));
  node.fields = fieldProtos.map((field, index) =>
    readField(scope, field, [...key, 2, index], oneofNames),
  );
  const synthetic = new Set(
    fieldProtos
      .filter((field) => field.get("proto3_optional") === true)
      .map((field) => field.get("oneof_index")),
  );
  node.oneofs = oneofProtos.map((oneof, index) => {
    const made = newOneof(heading(scope, oneof, [...key, 8, index]), synthetic.has(index));
    made.written.options = options(oneof);
    return made;
  });
  node.messages = protos(proto, "nested_type").map((child, index) =>
    readMessage(scope, child, [...key, 3, index]),
  );
  node.enums = protos(proto, "enum_type").map((child, index) =>
    readEnum(scope, child, [...key, 4, index]),
  );
  node.extensions = protos(proto, "extension").map((child, index) =>
    readField(scope, child, [...key, 6, index], []),
  );
  node.extensionRanges = protos(proto, "extension_range").map((range, index) => ({
    start: number(range, "start"),
    end: number(range, "end"),
    position: scope.position([...key, 5, index]),
    options: NO_OPTIONS,
    written: { options: options(range), ownFeatures: undefined },
  }));
  node.reservedRanges = protos(proto, "reserved_range").map((range, index) => ({
    start: number(range, "start"),
    end: number(range, "end"),
    position: scope.position([...key, 9, index]),
  }));
  node.reservedNames = list(proto, "reserved_name").map(String);
  node.written.reservedNamePositions.push(
    ...node.reservedNames.map((_, index) => scope.position([...key, 10, index])),
  );
  return node;
}

function readField(
  scope: Scope,
  proto: Proto,
  key: readonly number[],
  oneofs: readonly string[],
): FieldNode {
  const type = String(proto.get("type") ?? "")
    .replace("TYPE_", "")
    .toLowerCase();
  const label = String(proto.get("label") ?? "LABEL_OPTIONAL")
    .replace("LABEL_", "")
    .toLowerCase();
  const oneofIndex = proto.get("oneof_index");
  const proto3Optional = proto.get("proto3_optional") === true;
  const typeName = text(proto, "type_name");
  return newField(heading(scope, proto, key), {
    number: number(proto, "number"),
    numberPosition: scope.position([...key, 3]),
    type: typeName === "" ? type : typeName,
    typePosition: scope.position([...key, typeName === "" ? 5 : 6]),
    label: label === "required" || label === "repeated" ? label : "optional",
    group: type === "group" && scope.file.syntax !== "editions",
    extendee: text(proto, "extendee") || undefined,
    extendeePosition: scope.position([...key, 2]),
    oneof: typeof oneofIndex === "number" && !proto3Optional ? oneofs[oneofIndex] : undefined,
    proto3Optional,
    options: options(proto),
    jsonName: text(proto, "json_name") || undefined,
    defaultText: proto.has("default_value") ? text(proto, "default_value") : undefined,
  });
}

function readEnum(scope: Scope, proto: Proto, key: readonly number[]): EnumNode {
  const node = newEnum(heading(scope, proto, key));
  node.written.options = options(proto);
  node.values = protos(proto, "value").map((value, index) =>
    newEnumValue(
      heading(scope, value, [...key, 2, index]),
      number(value, "number"),
      options(value),
    ),
  );
  node.reservedRanges = protos(proto, "reserved_range").map((range, index) => ({
    start: number(range, "start"),
    // Inclusive in EnumReservedRange.
    end: number(range, "end") + 1,
    position: scope.position([...key, 4, index]),
  }));
  node.reservedNames = list(proto, "reserved_name").map(String);
  node.written.reservedNamePositions.push(
    ...node.reservedNames.map((_, index) => scope.position([...key, 5, index])),
  );
  return node;
}

function heading(scope: Scope, proto: Proto, key: readonly number[]): Heading {
  return {
    name: text(proto, "name"),
    namePosition: scope.position([...key, 1]),
    position: scope.position(key),
    comments: scope.comments(key),
  };
}

function hasMapEntry(encoded: Uint8Array): boolean {
  // Tag 0x38 (field 7, varint) is the only field protoc sets on an entry, beside features.
  return encoded.length >= 2 && encoded[0] === 0x38 && encoded[1] === 1;
}

function options(proto: Proto): Uint8Array {
  const value = proto.get("options");
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function text(proto: Proto, name: string): string {
  const value = proto.get(name);
  return typeof value === "string" ? value : "";
}

function number(proto: Proto, name: string): number {
  const value = proto.get(name);
  return typeof value === "number" ? value : 0;
}

function list(proto: Proto, name: string): readonly OptionValue[] {
  const value = proto.get(name);
  return Array.isArray(value) ? value : [];
}

function message(proto: Proto, name: string): Proto | undefined {
  const value = proto.get(name);
  return value instanceof Map ? value : undefined;
}

function protos(proto: Proto, name: string): readonly Proto[] {
  return list(proto, name).filter(
    (value): value is ReadonlyMap<string, OptionValue> => value instanceof Map,
  );
}
