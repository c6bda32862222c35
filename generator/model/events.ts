import type { MessageDescriptor } from "./descriptor.js";
import type { Findings } from "./diagnostics.js";
import { parseEventSubject } from "./event-subject.js";
import { nameMembers } from "./names.js";
import { optionNode } from "./options.js";
import { insideLiteral } from "./positions.js";
import { nameFlaw } from "./subject.js";
import { didYouMean } from "./suggest.js";
import type { Event, EventSubjectPart, Position } from "./types.js";

/** Whether a message is an event. */
export function isEvent(message: MessageDescriptor): boolean {
  return message.options.values.has("natsgen.v1.event");
}

/** Name of the stream that an event asks for; none for what is no event. */
export function streamOf(message: MessageDescriptor): readonly string[] {
  const rules = optionNode(message.options, "natsgen.v1.event", message.namePosition);
  return [rules?.string("stream") ?? []].flat();
}

/** An event, with the places of its parts for the checks that come later. */
export interface BuiltEvent {
  readonly event: Event;
  readonly streamPosition: Position;
}

/** The event that a message is marked as; `undefined` where its rules are no use. */
export function buildEvent(
  node: MessageDescriptor,
  packageName: string,
  localName: string,
  findings: Findings,
): BuiltEvent | undefined {
  const rules = optionNode(node.options, "natsgen.v1.event", node.namePosition);
  if (rules === undefined) return undefined;
  const stream = rules.string("stream") ?? "";
  const streamPosition = rules.at("stream");
  const streamFlaw = nameFlaw("stream", stream);
  if (streamFlaw !== undefined) {
    const position = insideLiteral(streamPosition, stream, streamFlaw.offset);
    findings.error("invalid-stream", position, streamFlaw.message);
    return undefined;
  }
  const prefix = packageName === "" ? "" : `${packageName}.`;
  const local = node.fullName.slice(prefix.length);
  const written = rules.string("subject") ?? `${prefix}events.${local}`;
  const place = (offset: number) =>
    rules.has("subject") ? insideLiteral(rules.at("subject"), written, offset) : node.namePosition;
  const parsed = parseEventSubject(written);
  if (!parsed.ok) {
    findings.error("invalid-subject", place(parsed.offset), parsed.message);
    return undefined;
  }
  const names = nameMembers(node).fields;
  const requireField = (name: string, use: FieldUse, position: Position): void => {
    const flaw = fieldFlaw(node, name, use);
    if (flaw === undefined) return;
    const suggestion = flaw.unknown ? didYouMean(name, names.keys()) : undefined;
    findings.error("event-field", position, flaw.message, { suggestion });
  };
  const subject = parsed.parts.map((part): EventSubjectPart => {
    if (part.kind === "literal") return part;
    requireField(part.field, "subject", place(part.offset));
    return { kind: "parameter", field: part.field, localName: names.get(part.field) ?? part.field };
  });
  const dedupeField = rules.string("dedupe_field");
  if (dedupeField !== undefined) requireField(dedupeField, "dedupe", rules.at("dedupe_field"));
  const orderingField = rules.string("ordering_field");
  if (orderingField !== undefined) {
    requireField(orderingField, "ordering", rules.at("ordering_field"));
  }
  const wildcard = subject.map((part) => (part.kind === "literal" ? part.value : "*")).join("");
  const event: Event = {
    message: node.fullName,
    localName,
    stream,
    subject,
    wildcard,
    dedupeField,
    orderingField,
    position: node.namePosition,
  };
  return { event, streamPosition };
}

type FieldUse = "subject" | "dedupe" | "ordering";

const USES: Readonly<Record<FieldUse, string>> = {
  subject: "be in a subject",
  dedupe: "be the dedupe_field",
  ordering: "be the ordering_field",
};

/**
 * A field whose value becomes text: a singular string, integer, bool or enum.
 * Not floats, whose text differs between languages. Not members of oneofs: the
 * subject of an event whose oneof holds something else would have a hole.
 */
function fieldFlaw(
  node: MessageDescriptor,
  name: string,
  use: FieldUse,
): { readonly message: string; readonly unknown: boolean } | undefined {
  const field = node.fields.find((candidate) => candidate.name === name);
  if (field === undefined) {
    return { message: `${node.fullName} has no field "${name}"`, unknown: true };
  }
  const no = (reason: string) => ({
    message: `"${name}" cannot ${USES[use]}: ${reason}`,
    unknown: false,
  });
  if (field.map !== undefined) return no("it is a map");
  if (field.label === "repeated") return no("it is repeated");
  if (field.oneof !== undefined) return no(`it is a member of the oneof "${field.oneof}"`);
  switch (field.type) {
    case "message":
    case "group":
      return no("it is a message");
    case "bytes":
    case "float":
    case "double":
      return no(`it is of type ${field.type}; a string, an integer, a bool or an enum can`);
    default:
      return use === "dedupe" && (field.type === "bool" || field.type === "enum")
        ? no(`it is of type ${field.type}, and events with one value would be taken for repeats`)
        : undefined;
  }
}
