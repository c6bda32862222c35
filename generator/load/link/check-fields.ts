/** Completes fields (json names, defaults) and checks what protoc checks about each one. */

import type { OptionList, OptionMessage, OptionValue, Position } from "../descriptor.js";
import { jsonNameOf } from "../names.js";
import type { FieldNode, FileNode, WrittenOption, WrittenValue } from "../syntax/nodes.js";
import { defaultFromText } from "./default-text.js";
import { isPackable } from "./features.js";
import { convertEnum, convertScalar } from "./option-scalars.js";
import type { Linker } from "./symbols.js";

/** Runs before features are resolved, as nothing here depends on them. */
export function completeField(linker: Linker, field: FieldNode): void {
  field.jsonName = jsonNameOf(field.name);
  if (field.written.jsonName !== undefined) {
    field.explicitJsonName = field.written.jsonName !== field.jsonName;
    field.jsonName = field.written.jsonName;
  }
  const written = field.written.options;
  if (written instanceof Uint8Array) {
    if (field.written.defaultText !== undefined) {
      field.defaultValue = defaultFromText(field, field.written.defaultText);
    }
    return;
  }
  const jsonName = pseudoOption(linker, written, "json_name");
  if (jsonName !== undefined) {
    setJsonName(linker, field, jsonName.value);
  }
  const defaultOption = pseudoOption(linker, written, "default");
  if (defaultOption !== undefined) {
    setDefault(linker, field, defaultOption.value);
  }
}

/** `json_name` and `default` look like options and are none. */
function pseudoOption(
  linker: Linker,
  options: readonly WrittenOption[],
  name: string,
): WrittenOption | undefined {
  const found = options.filter(
    (option) =>
      option.name.length === 1 &&
      option.name[0]?.extension === false &&
      option.name[0].text === name,
  );
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    linker.report({
      severity: "error",
      rule: "duplicate-option",
      message: `"${name}" is set twice`,
      position: second.position,
      related: [{ position: first.position, message: "it is set here first" }],
    });
  }
  return first;
}

function setJsonName(linker: Linker, field: FieldNode, value: WrittenValue): void {
  if (value.kind !== "string" || typeof value.value !== "string") {
    error(linker, "invalid-value", 'expected a string in quotes for "json_name"', value.position);
    return;
  }
  if (field.extendee !== undefined) {
    error(linker, "invalid-json-name", "an extension has no json_name", value.position);
    return;
  }
  if (value.value.startsWith("[") && value.value.endsWith("]")) {
    error(
      linker,
      "invalid-json-name",
      "a json_name in brackets would be an extension's",
      value.position,
    );
    return;
  }
  if (value.value.includes("\0")) {
    error(linker, "invalid-json-name", "a json_name holds no NUL character", value.position);
    return;
  }
  field.jsonName = value.value;
  field.explicitJsonName = true;
}

function setDefault(linker: Linker, field: FieldNode, value: WrittenValue): void {
  if (field.label === "repeated") {
    error(linker, "invalid-default", "a repeated field has no default", value.position);
    return;
  }
  if (field.type === "message" || field.type === "group") {
    if (field.typeName !== undefined) {
      error(linker, "invalid-default", "a message field has no default", value.position);
    }
    return;
  }
  const context = { linker, textFormat: false };
  const converted =
    field.type === "enum"
      ? convertEnum(context, field, value)
      : convertScalar(context, field, value);
  if (converted !== undefined && isPlain(converted)) {
    field.defaultValue = converted;
  }
}

function isPlain(value: OptionValue): value is Exclude<OptionValue, OptionMessage | OptionList> {
  return typeof value !== "object" || value instanceof Uint8Array;
}

const LONGS: ReadonlySet<string> = new Set(["int64", "uint64", "sint64", "fixed64", "sfixed64"]);

/** Checks that need features and the types of other files. */
export function checkField(linker: Linker, file: FileNode, field: FieldNode): void {
  checkNumber(linker, field);
  checkLabel(linker, file, field);
  const { values, positions } = field.options;
  const at = (option: string): Position => positions.get(option) ?? field.namePosition;
  if (values.has("packed")) {
    if (file.syntax === "editions") {
      error(
        linker,
        "invalid-option",
        '"packed" is no option in editions',
        at("packed"),
        "use features.repeated_field_encoding",
      );
    } else if (
      values.get("packed") === true &&
      (field.label !== "repeated" || !isPackable(field))
    ) {
      error(
        linker,
        "invalid-option",
        '"packed" is for repeated fields of numbers, bools and enums',
        at("packed"),
      );
    }
  }
  if (values.has("jstype") && values.get("jstype") !== "JS_NORMAL" && !LONGS.has(field.type)) {
    error(
      linker,
      "invalid-option",
      `"jstype" is for 64-bit integers; "${field.name}" is ${field.type}`,
      at("jstype"),
    );
  }
  if (
    (values.get("lazy") === true || values.get("unverified_lazy") === true) &&
    field.type !== "message"
  ) {
    error(
      linker,
      "invalid-option",
      '"lazy" is for message fields',
      at(values.has("lazy") ? "lazy" : "unverified_lazy"),
    );
  }
  const enumSymbol = field.type === "enum" ? linker.symbols.get(field.typeName ?? "") : undefined;
  if (enumSymbol?.kind === "enum" && enumSymbol.node.closed) {
    const implicit = field.presence === "implicit" && field.label !== "repeated";
    if (file.syntax === "proto3" || implicit) {
      error(
        linker,
        "closed-enum",
        `enum "${enumSymbol.fullName}" is closed, and ${file.syntax === "proto3" ? "a proto3 message" : "a field with implicit presence"} cannot use a closed enum`,
        field.typePosition,
      );
    }
  }
  if (field.defaultValue !== undefined) {
    checkDefault(linker, file, field);
  }
}

function checkDefault(linker: Linker, file: FileNode, field: FieldNode): void {
  const { options } = field.written;
  const written =
    options instanceof Uint8Array
      ? undefined
      : options.find((option) => option.name[0]?.text === "default");
  const position = written?.position ?? field.namePosition;
  if (file.syntax === "proto3") {
    error(linker, "invalid-default", "proto3 fields have no explicit default", position);
  } else if (field.presence === "implicit") {
    error(
      linker,
      "invalid-default",
      "a field with implicit presence has no explicit default",
      position,
    );
  }
}

function checkNumber(linker: Linker, field: FieldNode): void {
  if (field.number >= 19_000 && field.number <= 19_999) {
    error(
      linker,
      "reserved-number",
      `field "${field.name}" uses number ${field.number}; 19000 to 19999 are reserved for protobuf itself`,
      field.numberPosition,
    );
  }
}

function checkLabel(linker: Linker, file: FileNode, field: FieldNode): void {
  const { label, labelPosition } = field.written;
  const position = labelPosition ?? field.position;
  if (field.label === "required" && field.extendee !== undefined) {
    error(linker, "required-extension", `extension "${field.name}" cannot be required`, position);
  } else if (file.syntax === "proto3" && field.label === "required") {
    error(
      linker,
      "required-not-allowed",
      'proto3 has no "required"',
      position,
      "remove the label, and check the field where the message is used",
    );
  } else if (file.syntax === "editions" && field.label === "required") {
    error(
      linker,
      "required-not-allowed",
      'editions have no "required"',
      position,
      "use [features.field_presence = LEGACY_REQUIRED]",
    );
  } else if (file.syntax === "editions" && label === "optional" && labelPosition !== undefined) {
    error(
      linker,
      "optional-not-allowed",
      'editions have no "optional": explicit presence is the default',
      position,
      "remove the label",
    );
  } else if (
    file.syntax === "proto2" &&
    label === undefined &&
    labelPosition === undefined &&
    field.oneof === undefined &&
    field.map === undefined &&
    !(field.written.options instanceof Uint8Array)
  ) {
    error(
      linker,
      "missing-label",
      `proto2 field "${field.name}" has no label`,
      field.typePosition,
      'write "optional", "required" or "repeated" before the type',
    );
  }
}

function error(
  linker: Linker,
  rule: string,
  message: string,
  position: Position,
  suggestion?: string,
): void {
  linker.report({
    severity: "error",
    rule,
    message,
    position,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}
