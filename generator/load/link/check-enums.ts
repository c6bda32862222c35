/** Checks of enums: zero values, aliases, reserved numbers and names, clashing value names. */

import type { EnumNode, EnumValueNode, Features } from "../syntax/nodes.js";
import { checkRanges } from "./check-messages.js";
import type { Linker } from "./symbols.js";

export function checkEnum(linker: Linker, node: EnumNode, features: Features | undefined): void {
  const first = node.values[0];
  if (first !== undefined && !node.closed && Math.abs(first.number) > 0) {
    const zero = node.values.find((value) => value.number === 0);
    linker.report({
      severity: "error",
      rule: "enum-zero",
      message: `the first value of open enum "${node.name}" must be 0, and "${first.name}" is ${first.number}`,
      position: first.namePosition,
      suggestion:
        zero === undefined
          ? `begin with ${prefixOf(node)}UNSPECIFIED = 0;`
          : `move "${zero.name}" to the top`,
    });
  }
  checkAliases(linker, node);
  checkReserved(linker, node);
  checkRanges(linker, { reservedRanges: node.reservedRanges });
  checkShortNames(linker, node, features);
}

function prefixOf(node: EnumNode): string {
  return `${node.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}_`;
}

function checkAliases(linker: Linker, node: EnumNode): void {
  const allowed = node.options.values.get("allow_alias") === true;
  const taken = new Map<number, EnumValueNode>();
  let aliases = 0;
  for (const value of node.values.filter((member) => !Number.isNaN(member.number))) {
    const known = taken.get(value.number);
    if (known === undefined) {
      taken.set(value.number, value);
      continue;
    }
    aliases++;
    if (!allowed) {
      linker.report({
        severity: "error",
        rule: "duplicate-number",
        message: `"${value.name}" has number ${value.number}, which "${known.name}" has already`,
        position: value.namePosition,
        suggestion: "if both names are meant, add option allow_alias = true;",
        related: [
          { position: known.namePosition, message: `"${known.name}" takes the number here` },
        ],
      });
    }
  }
  const position = node.options.positions.get("allow_alias");
  if (allowed && aliases === 0) {
    linker.report({
      severity: "error",
      rule: "useless-alias",
      message: `enum "${node.name}" allows aliases and has none`,
      position: position ?? node.namePosition,
      suggestion: "remove allow_alias",
    });
  } else if (node.options.values.get("allow_alias") === false) {
    linker.report({
      severity: "error",
      rule: "useless-alias",
      message: "allow_alias = false is what every enum has",
      position: position ?? node.namePosition,
      suggestion: "remove allow_alias",
    });
  }
}

function checkReserved(linker: Linker, node: EnumNode): void {
  const names = new Map<string, number>();
  for (const [index, name] of node.reservedNames.entries()) {
    if (names.has(name)) {
      linker.report({
        severity: "error",
        rule: "duplicate-reserved",
        message: `"${name}" is reserved twice`,
        position: node.written.reservedNamePositions[index] ?? node.namePosition,
      });
    } else {
      names.set(name, index);
    }
  }
  for (const value of node.values) {
    const range = node.reservedRanges.find(
      (candidate) => value.number >= candidate.start && value.number < candidate.end,
    );
    const index = names.get(value.name);
    const position =
      range?.position ??
      (index === undefined ? undefined : node.written.reservedNamePositions[index]);
    if (range !== undefined || index !== undefined) {
      linker.report({
        severity: "error",
        rule: range === undefined ? "reserved-name" : "reserved-number",
        message:
          range === undefined
            ? `"${value.name}" is a name that is reserved`
            : `"${value.name}" uses number ${value.number}, which is reserved`,
        position: value.namePosition,
        ...(position === undefined
          ? {}
          : { related: [{ position, message: "it is reserved here" }] }),
      });
    }
  }
}

/** Names that are equal once the enum's prefix and the case are gone; generators that strip the prefix could not tell them apart. */
function checkShortNames(linker: Linker, node: EnumNode, features: Features | undefined): void {
  const legacy =
    features?.jsonFormat === "LEGACY_BEST_EFFORT" ||
    node.options.values.get("deprecated_legacy_json_field_conflicts") === true;
  const taken = new Map<string, EnumValueNode>();
  for (const value of node.values) {
    const short = shortName(node.name, value.name);
    const known = taken.get(short);
    if (known === undefined) {
      taken.set(short, value);
    } else if (known.number !== value.number && known.name !== value.name) {
      linker.report({
        severity: legacy ? "warning" : "error",
        rule: "enum-name-conflict",
        message: `"${known.name}" and "${value.name}" are one name once the enum's prefix and the case are left out`,
        position: value.namePosition,
        related: [{ position: known.namePosition, message: `"${known.name}" is declared here` }],
      });
    }
  }
}

/** protoc's EnumValueToPascalCase of the name without its prefix. */
function shortName(enumName: string, valueName: string): string {
  const prefix = enumName.replaceAll("_", "").toLowerCase();
  let matched = 0;
  let index = 0;
  while (index < valueName.length && matched < prefix.length) {
    const character = valueName.charAt(index);
    if (character !== "_") {
      if (character.toLowerCase() !== prefix[matched]) {
        break;
      }
      matched++;
    }
    index++;
  }
  let rest = matched < prefix.length ? valueName : valueName.slice(index).replace(/^_+/, "");
  if (rest === "") {
    rest = valueName;
  }
  return rest
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}
