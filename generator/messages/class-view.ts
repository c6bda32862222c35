import type { Enum, Message } from "../model/types.js";
import {
  codec,
  codecType,
  type FileContext,
  type Member,
  membersOf,
  messageCodec,
} from "./context.js";
import { docText } from "./docs.js";
import { fits, indent, list, when } from "./text.js";
import {
  declaredDefault,
  initialValue,
  initType,
  isInferred,
  propertyType,
  valueType,
} from "./value-types.js";

export interface PropertyView {
  readonly doc: string;
  /** A blank line goes in front: one of the neighbours has a long comment. */
  readonly gap: boolean;
  readonly declaration: string;
}

/** What templates/message.hbs shows: a class and its Init interface. */
export interface MessageView {
  readonly doc: string;
  readonly name: string;
  readonly init: string;
  readonly initDoc: string;
  readonly typeName: string;
  /** Declared defaults (proto2): `retries: 3`. */
  readonly defaults: readonly string[];
  readonly properties: readonly PropertyView[];
  readonly initProperties: readonly PropertyView[];
  /** Heads of the methods, and the lines that may be too long for one line. */
  readonly assign: string;
  readonly encode: string;
  readonly toJson: string;
  readonly fromJson: string;
  readonly fromJsonBody: string;
  readonly runtime: Readonly<Record<string, string>>;
}

export function messageView(context: FileContext, message: Message): MessageView {
  const members = membersOf(message);
  const name = message.localName;
  const init = `${name}Init`;
  const json = codecType(context, "JsonValue");
  const readOptions = codecType(context, "JsonReadOptions");
  const writeOptions = codecType(context, "JsonWriteOptions");
  const fields = messageCodec(context, message.typeName, "fieldsOf");
  const assign = messageCodec(context, message.typeName, "assign");
  const properties = withGaps(
    members.map((member) => ({ doc: memberDoc(member), declaration: property(context, member) })),
  );
  const initProperties = members.map((member) => ({
    doc: isDeprecated(member) ? "@deprecated" : "",
    gap: false,
    declaration: initProperty(context, member),
  }));
  return {
    doc: docText(message.comments, message.deprecated),
    name,
    init,
    initDoc: `What a caller hands in for ${aOrAn(message.localName)}.`,
    typeName: message.typeName,
    defaults: message.fields.flatMap((field) => {
      const value = declaredDefault(field);
      return value === undefined ? [] : [`${field.localName}: ${value}`];
    }),
    properties,
    initProperties,
    assign: indentRest(when("init !== undefined", `${assign}(this, init);`, 4), 4),
    encode: method("static encode(", [`message: ${init}`], "): Uint8Array {"),
    toJson: method(
      "static toJson(",
      [`message: ${init}`, `options?: ${writeOptions}`],
      `): ${json} {`,
    ),
    fromJson: method(
      "static fromJson(",
      [`json: ${json}`, `options?: ${readOptions}`],
      `): ${name} {`,
    ),
    fromJsonBody: indentRest(
      list(
        `return ${codec(context, "messageFromJson")}(`,
        [`${fields}()`, `new ${name}()`, "json", "options"],
        ");",
        4,
      ),
      4,
    ),
    runtime: {
      write: messageCodec(context, message.typeName, "write"),
      read: messageCodec(context, message.typeName, "read"),
      fields,
      encodeMessage: codec(context, "encodeMessage"),
      decodeMessage: codec(context, "decodeMessage"),
      messageToJson: codec(context, "messageToJson"),
    },
  };
}

/** The head of a method inside of a class. */
function method(head: string, parameters: readonly string[], tail: string): string {
  return indentRest(list(head, parameters, tail, 2), 2);
}

/** For text that stands behind its first line's indentation. */
function indentRest(text: string, spaces: number): string {
  return indent(text, spaces).trimStart();
}

function aOrAn(name: string): string {
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} {@link ${name}}`;
}

function memberDoc(member: Member): string {
  if (member.kind === "field") return docText(member.field.comments, member.field.deprecated);
  const cases = member.fields
    .map((field) => ({ name: field.localName, doc: docText(field.comments, field.deprecated) }))
    .filter(({ doc }) => doc !== "")
    .map(({ name, doc }) => `- \`${name}\`: ${doc.replace(/\s*\n\s*/g, " ")}`);
  return [docText(member.doc), cases.join("\n")].filter((part) => part !== "").join("\n\n");
}

function isDeprecated(member: Member): boolean {
  return member.kind === "field" && member.field.deprecated;
}

function withGaps(properties: readonly Omit<PropertyView, "gap">[]): PropertyView[] {
  return properties.map((property, index) => {
    const long = (at: number) => {
      const neighbour = properties[at];
      return neighbour !== undefined && (neighbour.doc + neighbour.declaration).includes("\n");
    };
    return { ...property, gap: index > 0 && (long(index) || long(index - 1)) };
  });
}

function property(context: FileContext, member: Member): string {
  if (member.kind === "oneof") {
    return `${member.localName}:\n${oneofType(context, member, false)} = { case: undefined };`;
  }
  const { field } = member;
  const initial = initialValue(context, field);
  const type = propertyType(context, field);
  return isInferred(initial)
    ? `${field.localName} = ${initial};`
    : `${field.localName}: ${type} = ${initial};`;
}

function initProperty(context: FileContext, member: Member): string {
  if (member.kind === "oneof") {
    return `readonly ${member.localName}?:\n${oneofType(context, member, true)}\n    | undefined;`;
  }
  const { field } = member;
  if (field.presence === "required" && field.shape.kind === "singular") {
    return `readonly ${field.localName}: ${initType(context, field)};`;
  }
  return `readonly ${field.localName}?: ${initType(context, field)} | undefined;`;
}

function oneofType(
  context: FileContext,
  oneof: Extract<Member, { kind: "oneof" }>,
  init: boolean,
): string {
  const readonly = init ? "readonly " : "";
  const cases = oneof.fields.map(
    (field) =>
      `    | { ${readonly}case: ${JSON.stringify(field.localName)}; ` +
      `${readonly}value: ${valueType(context, field, init)} }`,
  );
  cases.push(`    | { ${readonly}case: undefined; ${readonly}value?: undefined }`);
  return cases.join("\n");
}

/** What templates/enum.hbs shows: the names of an enum, and its type. */
export interface EnumView {
  readonly doc: string;
  readonly name: string;
  readonly values: readonly {
    readonly doc: string;
    readonly key: string;
    readonly value: string;
  }[];
  /** The declaration of the type: the names, and for an open enum also UnrecognizedEnum. */
  readonly type: string;
}

export function enumView(context: FileContext, declared: Enum): EnumView {
  return {
    doc: docText(declared.comments, declared.deprecated),
    name: declared.localName,
    values: declared.values.map((value) => ({
      doc: docText(value.comments, value.deprecated),
      // A literal `__proto__:` would set the prototype.
      key: value.localName === "__proto__" ? '["__proto__"]' : value.localName,
      value: JSON.stringify(value.name),
    })),
    type: enumType(context, declared),
  };
}

function enumType(context: FileContext, declared: Enum): string {
  const name = declared.localName;
  const names = `(typeof ${name})[keyof typeof ${name}]`;
  if (!declared.open) return `export type ${name} = ${names};`;
  const other = codecType(context, "UnrecognizedEnum");
  const line = `export type ${name} = ${names} | ${other};`;
  return fits(line, 0) ? line : `export type ${name} =\n  | ${names}\n  | ${other};`;
}
