/**
 * Interprets options: finds the field of google.protobuf.*Options (or the
 * extension of it) that each name stands for, and checks and converts its value.
 */

import type { OptionValue, Position } from "../descriptor.js";
import { nearest, simpleName } from "../names.js";
import {
  type FieldNode,
  type FileNode,
  type MessageNode,
  NO_OPTIONS,
  type OptionNamePart,
  type OptionsNode,
  type WrittenOption,
} from "../syntax/nodes.js";
import { decodeMessage } from "./option-bytes.js";
import { describeType } from "./option-scalars.js";
import { convertValue, type ValueContext } from "./option-values.js";
import { type Linker, lookUp } from "./symbols.js";

/** What the option message of each kind of declaration is called. */
export type OptionsType =
  | "FileOptions"
  | "MessageOptions"
  | "FieldOptions"
  | "OneofOptions"
  | "ExtensionRangeOptions"
  | "EnumOptions"
  | "EnumValueOptions"
  | "ServiceOptions"
  | "MethodOptions";

/** Calls `visit` for every declaration of a file, with the scope that its options' names are looked up in. */
export function visitOptions(
  file: FileNode,
  visit: (node: OptionsNode, type: OptionsType, scope: string) => void,
): void {
  const fileScope = file.package === "" ? "file" : `${file.package}.file`;
  visit(file, "FileOptions", fileScope);
  const visitField = (field: FieldNode): void => visit(field, "FieldOptions", field.fullName);
  const visitEnum = (node: FileNode["enums"][number]): void => {
    visit(node, "EnumOptions", node.fullName);
    for (const value of node.values) {
      visit(value, "EnumValueOptions", value.fullName);
    }
  };
  const visitMessage = (message: MessageNode): void => {
    visit(message, "MessageOptions", message.fullName);
    message.fields.forEach(visitField);
    message.extensions.forEach(visitField);
    for (const oneof of message.oneofs) {
      visit(oneof, "OneofOptions", oneof.fullName);
    }
    for (const range of message.extensionRanges) {
      visit(range, "ExtensionRangeOptions", message.fullName);
    }
    message.enums.forEach(visitEnum);
    message.messages.forEach(visitMessage);
  };
  file.messages.forEach(visitMessage);
  file.enums.forEach(visitEnum);
  file.extensions.forEach(visitField);
  for (const service of file.services) {
    visit(service, "ServiceOptions", service.fullName);
    for (const method of service.methods) {
      visit(method, "MethodOptions", method.fullName);
    }
  }
}

export function interpretOptions(linker: Linker, file: FileNode): void {
  visitOptions(file, (node, type, scope) => {
    const written = node.written.options;
    if (written.length === 0) {
      return;
    }
    const root = linker.symbols.get(`google.protobuf.${type}`);
    if (root?.kind !== "message") {
      return;
    }
    const values = new Map<string, OptionValue>();
    const positions = new Map<string, Position>();
    const context: Interpretation = { linker, file, scope, values, positions };
    if (written instanceof Uint8Array) {
      for (const [key, value] of decodeMessage(linker, root.node, written)) {
        values.set(topLevelKey(key), value);
      }
    } else {
      const isField = type === "FieldOptions";
      for (const option of written) {
        const first = option.name[0];
        const pseudo = isField && option.name.length === 1 && first?.extension === false;
        if (!(pseudo && (first.text === "default" || first.text === "json_name"))) {
          interpret(context, root.node, option);
        }
      }
    }
    const features = values.get("features");
    node.written.ownFeatures = features instanceof Map ? features : undefined;
    values.delete("features");
    node.options = values.size === 0 ? NO_OPTIONS : { values, positions };
  });
}

interface Interpretation {
  readonly linker: Linker;
  readonly file: FileNode;
  readonly scope: string;
  readonly values: Map<string, OptionValue>;
  readonly positions: Map<string, Position>;
}

/** The key of an extension among the values: see `Options.values`. */
function topLevelKey(key: string): string {
  if (!key.startsWith("[")) {
    return key;
  }
  const name = key.slice(1, -1);
  return name.includes(".") ? name : `(${name})`;
}

function interpret(context: Interpretation, root: MessageNode, option: WrittenOption): void {
  const { linker } = context;
  let message = root;
  let target: Map<string, OptionValue> = context.values;
  let path = "";
  for (const [index, part] of option.name.entries()) {
    const field = fieldOf(context, message, part);
    if (field === undefined) {
      return;
    }
    const plainKey = part.extension ? `[${field.fullName}]` : field.name;
    const key = index === 0 ? topLevelKey(plainKey) : plainKey;
    path = index === 0 ? key : `${path}/${key}`;
    if (index === option.name.length - 1) {
      assign(context, field, target, key, path, option);
      return;
    }
    const symbol = field.typeName === undefined ? undefined : linker.symbols.get(field.typeName);
    if (symbol?.kind !== "message" || field.label === "repeated") {
      const next = option.name[index + 1]?.text ?? "";
      report(
        context,
        "invalid-option",
        field.label === "repeated"
          ? `option "${part.text}" is repeated: set a whole element with { … }, not its field "${next}"`
          : `option "${part.text}" is ${describeType(field)}, which has no field "${next}"`,
        part.position,
      );
      return;
    }
    const known = target.get(key);
    const inner: Map<string, OptionValue> = known instanceof Map ? known : new Map();
    target.set(key, inner);
    if (!context.positions.has(path)) {
      context.positions.set(path, option.position);
    }
    target = inner;
    message = symbol.node;
  }
}

function assign(
  context: Interpretation,
  field: FieldNode,
  target: Map<string, OptionValue>,
  key: string,
  path: string,
  option: WrittenOption,
): void {
  const known = target.get(key);
  const values: ValueContext = { ...context, textFormat: false };
  if (field.label === "repeated") {
    const list: readonly OptionValue[] = Array.isArray(known) ? known : [];
    const elementPath = field.map === undefined ? `${path}/${list.length}` : path;
    const value = convertValue(values, field, option.value, elementPath);
    if (value === undefined) {
      return;
    }
    context.positions.set(path, context.positions.get(path) ?? option.position);
    context.positions.set(elementPath, option.position);
    if (field.map !== undefined && value instanceof Map) {
      target.set(key, new Map([...(known instanceof Map ? known : []), ...value]));
    } else {
      target.set(key, [...list, value]);
    }
    return;
  }
  if (known !== undefined) {
    const first = context.positions.get(path);
    context.linker.report({
      severity: "error",
      rule: "duplicate-option",
      message: `option "${optionName(option)}" is set twice`,
      position: option.position,
      ...(first === undefined
        ? {}
        : { related: [{ position: first, message: "it is set here first" }] }),
    });
    return;
  }
  const other = field.oneof === undefined ? undefined : siblingInOneof(context, field, target);
  if (other !== undefined) {
    report(
      context,
      "duplicate-option",
      `option "${optionName(option)}" and "${other}" are of one oneof: only one can be set`,
      option.position,
    );
    return;
  }
  const value = convertValue(values, field, option.value, path);
  if (value !== undefined) {
    target.set(key, value);
    context.positions.set(path, option.position);
  }
}

function siblingInOneof(
  context: Interpretation,
  field: FieldNode,
  target: ReadonlyMap<string, OptionValue>,
): string | undefined {
  const parent = context.linker.symbols.get(
    field.fullName.slice(0, field.fullName.lastIndexOf(".")),
  );
  if (parent?.kind !== "message") {
    return undefined;
  }
  return parent.node.fields.find(
    (other) => other.oneof === field.oneof && other !== field && target.has(other.name),
  )?.name;
}

function optionName(option: WrittenOption): string {
  return option.name.map((part) => (part.extension ? `(${part.text})` : part.text)).join(".");
}

/** The field of `message` that one part of an option's name stands for. */
function fieldOf(
  context: Interpretation,
  message: MessageNode,
  part: OptionNamePart,
): FieldNode | undefined {
  const { linker } = context;
  if (!part.extension) {
    const field = message.fields.find((candidate) => candidate.name === part.text);
    if (field === undefined || part.text === "uninterpreted_option") {
      const custom = extensionCalled(linker, message, part.text);
      const near = nearest(
        part.text,
        message.fields.map((candidate) => candidate.name),
      );
      const builtIn = message.fullName.startsWith("google.protobuf.");
      report(
        context,
        "unknown-option",
        builtIn
          ? `unknown option "${part.text}"`
          : `"${message.fullName}" has no field "${part.text}"`,
        part.position,
        custom !== undefined
          ? `custom options are written in parentheses: (${custom})`
          : near === undefined
            ? undefined
            : `did you mean "${near}"?`,
      );
      return undefined;
    }
    return field;
  }
  return extensionField(context, message, part.text, part.position);
}

/** The extension of `message` called `name`, as seen from the option; reports what is wrong with it. */
export function extensionField(
  context: Pick<ValueContext, "linker" | "file" | "scope">,
  message: MessageNode,
  name: string,
  position: Position,
): FieldNode | undefined {
  const { linker, file, scope } = context;
  const result = lookUp(linker, file, name, scope, false);
  if ("found" in result) {
    const symbol = result.found;
    if (symbol.kind === "extension" && symbol.node.extendee === message.fullName) {
      return symbol.node;
    }
    if (symbol.kind === "extension" && symbol.node.extendee === "") {
      return undefined;
    }
    const what =
      symbol.kind === "extension"
        ? `extends "${symbol.node.extendee}", not "${message.fullName}"`
        : `is ${/^[aeio]/.test(symbol.kind) ? "an" : "a"} ${symbol.kind}, not an extension of "${message.fullName}"`;
    report(context, "invalid-option", `"${name}" ${what}`, position);
    return undefined;
  }
  if ("notImported" in result) {
    const home = result.notImported.file.path;
    report(
      context,
      "not-imported",
      `option "${result.notImported.fullName}" is declared in "${home}", which this file does not import`,
      position,
      `add import "${home}";`,
    );
    return undefined;
  }
  const home = linker.bundled(name.replace(/^\./, ""));
  if (home !== undefined) {
    report(
      context,
      "not-imported",
      `option "${name}" is declared in "${home}", which this file does not import`,
      position,
      `add import "${home}";`,
    );
    return undefined;
  }
  if (linker.incomplete.has(file)) {
    return undefined;
  }
  const names = [...(linker.extensions.get(message.fullName)?.values() ?? [])].map(
    (node) => node.fullName,
  );
  const simple = simpleName(name);
  const bySimple = names.find((candidate) => simpleName(candidate) === simple);
  const found = bySimple ?? nearest(name.replace(/^\./, ""), names);
  report(
    context,
    "unknown-option",
    `unknown option "(${name})"`,
    position,
    found === undefined
      ? suggestStandard(message, name)
      : `did you mean "(${found})"?${importHint(context, found)}`,
  );
  return undefined;
}

function importHint(context: Pick<ValueContext, "linker" | "file">, name: string): string {
  const symbol = context.linker.symbols.get(name);
  const seen =
    symbol === undefined || context.linker.visible.get(context.file)?.files.has(symbol.file);
  return seen ? "" : ` add import "${symbol.file.path}";`;
}

function suggestStandard(message: MessageNode, name: string): string | undefined {
  const standard = message.fields.find((field) => field.name === name);
  return standard === undefined
    ? undefined
    : `"${name}" is a standard option: write it without parentheses`;
}

function extensionCalled(linker: Linker, message: MessageNode, name: string): string | undefined {
  for (const extension of linker.extensions.get(message.fullName)?.values() ?? []) {
    if (extension.name === name) {
      return extension.fullName;
    }
  }
  return undefined;
}

function report(
  context: Pick<ValueContext, "linker">,
  rule: string,
  message: string,
  position: Position,
  suggestion?: string,
): void {
  context.linker.report({
    severity: "error",
    rule,
    message,
    position,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}
