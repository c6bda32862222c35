/**
 * Editions features: the defaults of proto2, proto3 and edition 2023, and what
 * files, messages, oneofs and fields override, from the outside in
 * (protobuf.dev/editions/features).
 */

import type {
  EnumNode,
  Features,
  FieldNode,
  FileNode,
  MessageNode,
  OptionsNode,
} from "../syntax/nodes.js";
import type { Linker } from "./symbols.js";

const PROTO2: Features = {
  fieldPresence: "EXPLICIT",
  enumType: "CLOSED",
  repeatedFieldEncoding: "EXPANDED",
  utf8Validation: "NONE",
  messageEncoding: "LENGTH_PREFIXED",
  jsonFormat: "LEGACY_BEST_EFFORT",
};

const PROTO3: Features = {
  fieldPresence: "IMPLICIT",
  enumType: "OPEN",
  repeatedFieldEncoding: "PACKED",
  utf8Validation: "VERIFY",
  messageEncoding: "LENGTH_PREFIXED",
  jsonFormat: "ALLOW",
};

const EDITION_2023: Features = { ...PROTO3, fieldPresence: "EXPLICIT" };

/** What the features of declarations were resolved to; enums and messages for the checks behind. */
export interface Resolved {
  readonly enums: Map<EnumNode, Features>;
  readonly messages: Map<MessageNode, Features>;
  readonly fields: Map<FieldNode, Features>;
}

export function resolveFeatures(linker: Linker, file: FileNode, resolved: Resolved): void {
  const defaults =
    file.syntax === "proto2" ? PROTO2 : file.syntax === "proto3" ? PROTO3 : EDITION_2023;
  const own = (node: OptionsNode, inherited: Features): Features => {
    const features = node.written.ownFeatures;
    if (features === undefined) {
      return inherited;
    }
    if (file.syntax !== "editions") {
      linker.report({
        severity: "error",
        rule: "features-not-allowed",
        message: `features need an edition; this file is ${file.syntax}`,
        position: "namePosition" in node ? node.namePosition : node.position,
        suggestion: 'replace the syntax statement by edition = "2023";',
      });
      return inherited;
    }
    return merge(inherited, features);
  };
  const visitField = (field: FieldNode, inherited: Features): void => {
    const features = own(field, inherited);
    resolved.fields.set(field, features);
    applyToField(linker, file, field, features);
  };
  const visitEnum = (node: EnumNode, inherited: Features): void => {
    const features = own(node, inherited);
    resolved.enums.set(node, features);
    node.closed = features.enumType === "CLOSED";
    for (const value of node.values) {
      own(value, features);
    }
  };
  const visitMessage = (message: MessageNode, inherited: Features): void => {
    const features = own(message, inherited);
    resolved.messages.set(message, features);
    const oneofs = new Map(
      message.oneofs
        .filter((oneof) => !oneof.synthetic)
        .map((oneof) => [oneof.name, own(oneof, features)]),
    );
    for (const field of message.fields) {
      visitField(
        field,
        (field.oneof === undefined ? undefined : oneofs.get(field.oneof)) ?? features,
      );
    }
    for (const extension of message.extensions) {
      visitField(extension, features);
    }
    for (const child of message.enums) {
      visitEnum(child, features);
    }
    for (const child of message.messages) {
      visitMessage(child, features);
    }
    inheritMapFeatures(message);
  };
  const fileFeatures = own(file, defaults);
  for (const message of file.messages) {
    visitMessage(message, fileFeatures);
  }
  for (const node of file.enums) {
    visitEnum(node, fileFeatures);
  }
  for (const extension of file.extensions) {
    visitField(extension, fileFeatures);
  }
  for (const service of file.services) {
    const features = own(service, fileFeatures);
    for (const method of service.methods) {
      own(method, features);
    }
  }
}

/** The key and value of a map take the features that its field sets. */
function inheritMapFeatures(message: MessageNode): void {
  for (const field of message.fields) {
    const features = field.written.ownFeatures;
    const validation = features?.get("utf8_validation");
    if (field.map !== undefined && typeof validation === "string") {
      for (const part of [field.map.key, field.map.value]) {
        part.utf8 = part.type === "string" && validation === "VERIFY";
      }
    }
  }
}

function merge(inherited: Features, own: ReadonlyMap<string, unknown>): Features {
  const pick = <K extends string>(name: string, known: K, allowed: readonly K[]): K =>
    allowed.find((value) => value === own.get(name)) ?? known;
  return {
    fieldPresence: pick("field_presence", inherited.fieldPresence, [
      "EXPLICIT",
      "IMPLICIT",
      "LEGACY_REQUIRED",
    ]),
    enumType: pick("enum_type", inherited.enumType, ["OPEN", "CLOSED"]),
    repeatedFieldEncoding: pick("repeated_field_encoding", inherited.repeatedFieldEncoding, [
      "PACKED",
      "EXPANDED",
    ]),
    utf8Validation: pick("utf8_validation", inherited.utf8Validation, ["VERIFY", "NONE"]),
    messageEncoding: pick("message_encoding", inherited.messageEncoding, [
      "LENGTH_PREFIXED",
      "DELIMITED",
    ]),
    jsonFormat: pick("json_format", inherited.jsonFormat, ["ALLOW", "LEGACY_BEST_EFFORT"]),
  };
}

export function isPackable(field: FieldNode): boolean {
  return (
    field.type !== "string" &&
    field.type !== "bytes" &&
    field.type !== "message" &&
    field.type !== "group"
  );
}

function applyToField(linker: Linker, file: FileNode, field: FieldNode, features: Features): void {
  const repeated = field.label === "repeated";
  const isMessage = field.type === "message" || field.type === "group";
  field.presence = presenceOf(file, field, features, repeated, isMessage);
  const packedOption = field.options.values.get("packed");
  const legacyPacked = file.syntax === "editions" ? undefined : packedOption;
  field.packed =
    repeated &&
    isPackable(field) &&
    (legacyPacked === undefined
      ? features.repeatedFieldEncoding === "PACKED"
      : legacyPacked === true);
  const inMapEntry = linker.symbols.get(field.fullName.slice(0, field.fullName.lastIndexOf(".")));
  const ofMap =
    field.map !== undefined || (inMapEntry?.kind === "message" && inMapEntry.node.isMapEntry);
  field.delimited =
    field.type === "group" ||
    (field.type === "message" && !ofMap && features.messageEncoding === "DELIMITED");
  field.utf8 = field.type === "string" && features.utf8Validation === "VERIFY";
}

function presenceOf(
  file: FileNode,
  field: FieldNode,
  features: Features,
  repeated: boolean,
  isMessage: boolean,
): FieldNode["presence"] {
  if (repeated) {
    return "implicit";
  }
  if (
    field.label === "required" ||
    (file.syntax === "editions" && features.fieldPresence === "LEGACY_REQUIRED")
  ) {
    return "legacy_required";
  }
  const explicit =
    isMessage ||
    field.oneof !== undefined ||
    field.proto3Optional ||
    field.extendee !== undefined ||
    features.fieldPresence === "EXPLICIT";
  return explicit ? "explicit" : "implicit";
}
