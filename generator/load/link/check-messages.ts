/** Checks of whole messages: numbers, ranges, names, maps, JSON names; and of extensions against what they extend. */

import type { NumberRange, Position } from "../descriptor.js";
import { jsonNameOf } from "../names.js";
import { MAX_FIELD_NUMBER } from "../syntax/fields.js";
import type { Features, FieldNode, FileNode, MessageNode } from "../syntax/nodes.js";
import type { Linker } from "./symbols.js";

const MAP_KEYS: ReadonlySet<string> = new Set([
  "int32",
  "int64",
  "uint32",
  "uint64",
  "sint32",
  "sint64",
  "fixed32",
  "fixed64",
  "sfixed32",
  "sfixed64",
  "bool",
  "string",
]);

export function checkMessage(
  linker: Linker,
  file: FileNode,
  message: MessageNode,
  features: Features | undefined,
): void {
  if (message.isMapEntry) {
    return;
  }
  checkNumbers(linker, message);
  checkRanges(linker, message);
  checkReservedNames(linker, message);
  checkMaps(linker, message);
  checkJsonNames(linker, message, features);
  if (message.options.values.get("message_set_wire_format") === true) {
    checkMessageSet(linker, file, message);
  }
}

function checkNumbers(linker: Linker, message: MessageNode): void {
  const taken = new Map<number, FieldNode>();
  for (const field of message.fields) {
    if (Number.isNaN(field.number)) {
      continue;
    }
    const first = taken.get(field.number);
    if (first === undefined) {
      taken.set(field.number, field);
    } else if (field.number !== 0) {
      const free = freeNumber(message);
      error(
        linker,
        "duplicate-number",
        `field "${field.name}" has number ${field.number}, which "${first.name}" has already`,
        field.numberPosition,
        {
          suggestion: `${free} is free`,
          related: [
            { position: first.numberPosition, message: `"${first.name}" takes the number here` },
          ],
        },
      );
    }
    const reserved = message.reservedRanges.find((range) => contains(range, field.number));
    if (reserved !== undefined) {
      error(
        linker,
        "reserved-number",
        `field "${field.name}" uses number ${field.number}, which is reserved`,
        field.numberPosition,
        {
          related: [{ position: reserved.position, message: "it is reserved here" }],
        },
      );
    }
    const extension = message.extensionRanges.find((range) => contains(range, field.number));
    if (extension !== undefined) {
      error(
        linker,
        "reserved-number",
        `field "${field.name}" uses number ${field.number}, which is set aside for extensions`,
        field.numberPosition,
        {
          related: [{ position: extension.position, message: "the extension range" }],
        },
      );
    }
  }
}

function freeNumber(message: MessageNode): number {
  const taken = new Set(message.fields.map((field) => field.number));
  const ranges = [...message.reservedRanges, ...message.extensionRanges];
  let number = 1;
  for (;;) {
    const inside = ranges.find((range) => contains(range, number));
    if (inside !== undefined) {
      number = inside.end;
    } else if (taken.has(number)) {
      number++;
    } else {
      return number >= 19_000 && number < 20_000 ? 20_000 : number;
    }
  }
}

function contains(range: NumberRange, number: number): boolean {
  return number >= range.start && number < range.end;
}

/** Overlaps among reserved and extension ranges. Sorted first, so that many ranges stay cheap. */
export function checkRanges(
  linker: Linker,
  message: Pick<MessageNode, "reservedRanges"> & Partial<Pick<MessageNode, "extensionRanges">>,
): void {
  const ranges = [
    ...message.reservedRanges.map((range) => ({ range, what: "reserved range" })),
    ...(message.extensionRanges ?? []).map((range) => ({ range, what: "extension range" })),
  ].sort((a, b) => a.range.start - b.range.start);
  let widest = ranges[0];
  for (const entry of ranges.slice(1)) {
    if (widest !== undefined && entry.range.start < widest.range.end) {
      error(
        linker,
        "overlapping-ranges",
        `${entry.what} ${text(entry.range)} overlaps ${widest.what} ${text(widest.range)}`,
        entry.range.position,
        {
          related: [{ position: widest.range.position, message: "the other range" }],
        },
      );
    }
    if (widest === undefined || entry.range.end > widest.range.end) {
      widest = entry;
    }
  }
}

function text(range: NumberRange): string {
  return range.end === range.start + 1 ? String(range.start) : `${range.start} to ${range.end - 1}`;
}

function checkReservedNames(linker: Linker, message: MessageNode): void {
  const reserved = new Map<string, Position>();
  for (const [index, name] of message.reservedNames.entries()) {
    const position = message.written.reservedNamePositions[index] ?? message.namePosition;
    const first = reserved.get(name);
    if (first !== undefined) {
      error(linker, "duplicate-reserved", `"${name}" is reserved twice`, position, {
        related: [{ position: first, message: "the first time" }],
      });
    }
    reserved.set(name, first ?? position);
  }
  for (const field of message.fields) {
    const position = reserved.get(field.name);
    if (position !== undefined) {
      error(
        linker,
        "reserved-name",
        `field "${field.name}" has a name that is reserved`,
        field.namePosition,
        {
          related: [{ position, message: "it is reserved here" }],
        },
      );
    }
  }
}

function checkMaps(linker: Linker, message: MessageNode): void {
  for (const field of message.fields) {
    if (field.map !== undefined && !MAP_KEYS.has(field.map.key.type)) {
      const key = field.map.key.written.type;
      if (
        field.map.key.typeName !== undefined ||
        !["message", "enum"].includes(field.map.key.type)
      ) {
        error(
          linker,
          "map-key",
          `a map's keys are integers, bools or strings, not "${key}"`,
          field.map.key.typePosition,
          {},
        );
      }
    }
  }
}

/** Two fields with one name in JSON. proto2 accepts it (with a warning) unless both names are written out. */
function checkJsonNames(
  linker: Linker,
  message: MessageNode,
  features: Features | undefined,
): void {
  const legacy =
    features?.jsonFormat === "LEGACY_BEST_EFFORT" ||
    message.options.values.get("deprecated_legacy_json_field_conflicts") === true;
  const check = (nameOf: (field: FieldNode) => string, custom: boolean): void => {
    const taken = new Map<string, FieldNode>();
    for (const field of message.fields) {
      const name = nameOf(field);
      const first = taken.get(name);
      if (first === undefined) {
        taken.set(name, field);
        continue;
      }
      const bothExplicit = custom && first.explicitJsonName && field.explicitJsonName;
      const reported =
        first.name === field.name || (custom && !first.explicitJsonName && !field.explicitJsonName);
      if (reported) {
        continue;
      }
      linker.report({
        severity: legacy && !bothExplicit ? "warning" : "error",
        rule: "json-name-conflict",
        message: `fields "${first.name}" and "${field.name}" both have the ${custom ? "" : "default "}JSON name "${name}"`,
        position: field.namePosition,
        related: [{ position: first.namePosition, message: `"${first.name}" is declared here` }],
      });
    }
  };
  check((field) => jsonNameOf(field.name), false);
  if (message.fields.some((field) => field.explicitJsonName)) {
    check((field) => field.jsonName, true);
  }
}

function checkMessageSet(linker: Linker, file: FileNode, message: MessageNode): void {
  const position = message.options.positions.get("message_set_wire_format") ?? message.namePosition;
  if (file.syntax === "proto3") {
    error(linker, "message-set", "proto3 has no message sets", position, {});
  }
  for (const field of message.fields) {
    error(
      linker,
      "message-set",
      "a message set has extensions and no fields",
      field.namePosition,
      {},
    );
  }
  if (message.extensionRanges.length === 0) {
    error(linker, "message-set", "a message set has an extension range", position, {
      suggestion: "add extensions 4 to max;",
    });
  }
  for (const range of message.extensionRanges) {
    // `max` of a message set is the largest int32: its type ids are no field numbers.
    if (range.end === MAX_FIELD_NUMBER + 1) {
      range.end = 2_147_483_647;
    }
  }
}

const OPTION_MESSAGES =
  /^google\.protobuf\.(?:File|Message|Field|Oneof|ExtensionRange|Enum|EnumValue|Service|Method|Stream)Options$|^google\.protobuf\.FeatureSet$/;

export function checkExtension(linker: Linker, file: FileNode, extension: FieldNode): void {
  const symbol = linker.symbols.get(extension.extendee ?? "");
  if (symbol?.kind !== "message") {
    return;
  }
  const position = extension.written.extendeePosition ?? extension.namePosition;
  if (file.syntax === "proto3" && !OPTION_MESSAGES.test(symbol.fullName)) {
    error(
      linker,
      "extensions-not-allowed",
      "proto3 extends only the messages of options (google.protobuf.*Options)",
      position,
      {
        related: [{ position: extension.namePosition, message: `extension "${extension.name}"` }],
      },
    );
  }
  const ranges = symbol.node.extensionRanges;
  const range = ranges.find((candidate) => contains(candidate, extension.number));
  if (range === undefined) {
    error(
      linker,
      "extension-range",
      `"${symbol.fullName}" does not allow extension number ${extension.number}`,
      extension.numberPosition,
      {
        suggestion:
          ranges.length === 0
            ? `declare an extension range in "${symbol.fullName}"`
            : `its extension numbers are ${ranges.map(text).join(", ")}`,
        related: [
          { position: symbol.node.namePosition, message: `"${symbol.node.name}" is declared here` },
        ],
      },
    );
    return;
  }
  checkDeclaration(linker, extension, range.options.values, range.position);
  if (
    symbol.node.options.values.get("message_set_wire_format") === true &&
    (extension.label !== "optional" || extension.type !== "message")
  ) {
    error(
      linker,
      "message-set",
      "extensions of a message set are optional messages",
      extension.typePosition,
      {},
    );
  }
}

/** `extensions 4 to 9 [declaration = {…}]`: an extension must be as it is declared there. */
function checkDeclaration(
  linker: Linker,
  extension: FieldNode,
  values: ReadonlyMap<string, unknown>,
  position: Position,
): void {
  const declarations = values.get("declaration");
  const list: readonly unknown[] = Array.isArray(declarations) ? declarations : [];
  const related = [{ position, message: "the extension range" }];
  const declared = list.find(
    (entry): entry is ReadonlyMap<string, unknown> =>
      entry instanceof Map && entry.get("number") === extension.number,
  );
  if (declared === undefined) {
    if (list.length > 0 || values.get("verification") === "DECLARATION") {
      error(
        linker,
        "undeclared-extension",
        `extension number ${extension.number} is not declared in the range`,
        extension.numberPosition,
        { related },
      );
    }
    return;
  }
  const fullName = `.${extension.fullName}`;
  const type = extension.typeName === undefined ? extension.type : `.${extension.typeName}`;
  const mismatch =
    declared.get("reserved") === true
      ? `number ${extension.number} is reserved`
      : declared.get("full_name") !== fullName
        ? `number ${extension.number} belongs to "${String(declared.get("full_name"))}"`
        : declared.get("type") !== type
          ? `it is declared with type "${String(declared.get("type"))}"`
          : (declared.get("repeated") === true) !== (extension.label === "repeated")
            ? `it is declared ${declared.get("repeated") === true ? "repeated" : "optional"}`
            : undefined;
  if (mismatch !== undefined) {
    error(
      linker,
      "undeclared-extension",
      `extension "${extension.fullName}" does not match its declaration: ${mismatch}`,
      extension.namePosition,
      { related },
    );
  }
}

interface Extra {
  readonly suggestion?: string;
  readonly related?: readonly { readonly position: Position; readonly message: string }[];
}

function error(
  linker: Linker,
  rule: string,
  message: string,
  position: Position,
  extra: Extra,
): void {
  linker.report({ severity: "error", rule, message, position, ...extra });
}
