import { NatsgenError } from "../errors/error.js";

/**
 * The server closes the connection on a protocol line above `max_control_line`
 * (4,096 bytes by default). What a PUB line holds beside its subjects: the verb,
 * blanks, sizes and the reply inbox.
 */
export const MAX_SUBJECT_BYTES = 4096 - 256;

/** Characters that would end or split the protocol's line, or that no tool can show. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\s\u0000-\u001f\u007f]/;

/**
 * A subject that a message may be published to: tokens joined by dots, none of
 * them empty or a wildcard, no white space.
 *
 * The client and the server let `u.*.set` and `u.>` pass as published subjects,
 * so nothing behind this check would refuse them.
 *
 * @throws NatsgenError INVALID_ARGUMENT
 */
export function checkPublishSubject(subject: string): string {
  checkSubject(subject);
  for (const token of subject.split(".")) {
    if (token === "*" || token === ">") {
      throw refuse(subject, `holds the wildcard "${token}"`);
    }
  }
  return subject;
}

/** A subject to subscribe to: as above, with wildcards where NATS allows them. */
export function checkSubscribeSubject(subject: string): string {
  checkSubject(subject);
  const tokens = subject.split(".");
  const rest = tokens.indexOf(">");
  if (rest !== -1 && rest !== tokens.length - 1) {
    throw refuse(subject, 'has ">" before its last token');
  }
  return subject;
}

/** A queue group's name goes into the same protocol line. */
export function checkQueueGroup(name: string): string {
  if (name === "" || FORBIDDEN.test(name) || Buffer.byteLength(name) > MAX_SUBJECT_BYTES) {
    throw new NatsgenError(
      "INVALID_ARGUMENT",
      `${show(name)} cannot be a queue group: it is empty, too long, or holds white space`,
    );
  }
  return name;
}

/** `staging` or `staging.` as `staging.`; nothing as nothing. */
export function normalizePrefix(prefix: string | undefined): string {
  if (prefix === undefined || prefix === "") {
    return "";
  }
  const bare = prefix.endsWith(".") ? prefix.slice(0, -1) : prefix;
  return `${checkPublishSubject(bare)}.`;
}

function checkSubject(subject: string): void {
  if (subject === "") {
    throw refuse(subject, "is empty");
  }
  if (FORBIDDEN.test(subject)) {
    throw refuse(subject, "holds white space or a control character");
  }
  if (subject.startsWith(".") || subject.endsWith(".") || subject.includes("..")) {
    throw refuse(subject, "has an empty token");
  }
  const bytes = subject.length > MAX_SUBJECT_BYTES / 4 ? Buffer.byteLength(subject) : 0;
  if (bytes > MAX_SUBJECT_BYTES) {
    throw refuse(subject, `has ${bytes} bytes; the limit is ${MAX_SUBJECT_BYTES}`);
  }
}

function refuse(subject: string, why: string): NatsgenError {
  return new NatsgenError("INVALID_ARGUMENT", `subject ${show(subject)} ${why}`);
}

function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
