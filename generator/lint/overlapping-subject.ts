import type { Diagnostic, Event, Position, Schema } from "../model/types.js";
import { allMethods } from "./members.js";

/**
 * Events whose subjects can be the same as a method's, or as another event's:
 * a worker or a consumer would get messages of a type that it does not expect.
 */
export function eventSubjectOverlaps(schema: Schema): readonly Diagnostic[] {
  const events = schema.packages
    .flatMap((pkg) => pkg.events)
    .map((event) => ({ event, tokens: event.wildcard.split(".") }));
  if (events.length === 0) return [];
  const methods = allMethods(schema).map(({ typeName, method }) => ({
    name: `${typeName}.${method.name}`,
    position: method.position,
    subject: method.subject,
    tokens: method.subject.split("."),
  }));
  return events.flatMap(({ event, tokens }, index) => [
    ...methods
      .filter((method) => overlap(tokens, method.tokens))
      .map((method) => finding(event, `the subject of ${method.name}`, method)),
    ...events
      .slice(0, index)
      .filter((other) => overlap(tokens, other.tokens))
      .map(({ event: other }) =>
        finding(event, `that of the event ${other.message}`, {
          name: other.message,
          position: other.position,
          subject: other.wildcard,
        }),
      ),
  ]);
}

function finding(
  event: Event,
  what: string,
  other: { readonly name: string; readonly position: Position; readonly subject: string },
): Diagnostic {
  return {
    severity: "error",
    rule: "overlapping-subject",
    message: `the subject of the event ${event.message}, "${event.wildcard}", overlaps ${what}, "${other.subject}"`,
    position: event.position,
    suggestion: "give one of them a fixed token that the other does not have",
    related: [{ position: other.position, message: `${other.name} is declared here` }],
  };
}

/** Whether some subject matches both; `*` stands for any one token. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((token, index) => token === b[index] || token === "*" || b[index] === "*");
}
