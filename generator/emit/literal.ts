import { LINE_WIDTH } from "./layout.js";

const CODE = Symbol("code");

/** An expression that is written as it is: the name of an imported class, a member of a constant. */
export interface Code {
  readonly [CODE]: string;
}

export function code(text: string): Code {
  return { [CODE]: text };
}

/** Data that generated code spells out. A property that is `undefined` is left out. */
export type Literal =
  | string
  | number
  | bigint
  | boolean
  | Code
  | readonly Literal[]
  | { readonly [key: string]: Literal | undefined };

/**
 * `key: value,` at `indent` spaces, laid out as Biome would: on one line where
 * that fits, or else broken up.
 */
export function property(key: string, value: Literal, indent: number): string {
  const name = propertyName(key);
  const head = `${name}: `;
  const text = print(value, indent, indent + head.length + 1);
  const isAtom = typeof value !== "object" || isCode(value);
  if (isAtom && indent + head.length + text.length + 1 > LINE_WIDTH) {
    return `${name}:\n${" ".repeat(indent + 2)}${text},`;
  }
  return `${head}${text},`;
}

/** `value` as source text. `column` is where it starts; further lines are indented by `indent`. */
export function print(value: Literal, indent: number, column: number): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint") return number(value);
  if (typeof value === "boolean") return String(value);
  if (isCode(value)) return value[CODE];
  const line = oneLine(value);
  if (!mustBreak(value) && column + line.length <= LINE_WIDTH) return line;
  const inner = indent + 2;
  const pad = " ".repeat(inner);
  const [open, lines, close] = isList(value)
    ? ["[", value.map((item) => `${print(item, inner, inner + 1)},`), "]"]
    : ["{", entriesOf(value).map(([key, item]) => property(key, item, inner)), "}"];
  return `${open}\n${lines.map((text) => `${pad}${text}\n`).join("")}${" ".repeat(indent)}${close}`;
}

function oneLine(value: Literal): string {
  if (typeof value !== "object" || isCode(value)) return print(value, 0, 0);
  if (isList(value)) return `[${value.map(oneLine).join(", ")}]`;
  const entries = entriesOf(value).map(([key, item]) => `${propertyName(key)}: ${oneLine(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Biome breaks up a list of several objects (or lists) that have several members each. */
function mustBreak(value: Literal): boolean {
  if (typeof value !== "object" || isCode(value)) return false;
  if (!isList(value)) return entriesOf(value).some(([, item]) => mustBreak(item));
  if (value.some(mustBreak)) return true;
  const sizes = value.map((item) => {
    if (typeof item !== "object" || isCode(item)) return undefined;
    return isList(item) ? { list: item.length } : { object: entriesOf(item).length };
  });
  return (
    value.length > 1 &&
    (sizes.every((size) => size !== undefined && (size.list ?? 0) > 1) ||
      sizes.every((size) => size !== undefined && (size.object ?? 0) > 1))
  );
}

function entriesOf(value: { readonly [key: string]: Literal | undefined }): [string, Literal][] {
  return Object.entries(value).flatMap(([key, item]): [string, Literal][] =>
    item === undefined ? [] : [[key, item]],
  );
}

/** `86_400_000`: what is a number of milliseconds or bytes has to be legible. */
function number(value: number | bigint): string {
  const text = String(value);
  const digits = /^-?\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, "_") : text;
  return typeof value === "bigint" ? `${digits}n` : digits;
}

function isList(value: object): value is readonly Literal[] {
  return Array.isArray(value);
}

function isCode(value: object): value is Code {
  return CODE in value;
}

/** Written plainly or in quotes, `__proto__` sets the prototype in place of a property. */
function propertyName(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
