import type { FileDescriptor } from "./descriptor.js";
import type { Findings } from "./diagnostics.js";
import type { BuiltEvent } from "./events.js";
import { optionNodes } from "./options.js";
import { compareText } from "./order.js";
import { insideLiteral } from "./positions.js";
import { createChecks, MAX_AGE_MS } from "./rules.js";
import { nameFlaw } from "./subject.js";
import { nearest } from "./suggest.js";
import type { Stream } from "./types.js";

/** A stream before it has a TypeScript name and knows what it stores. */
export type StreamDraft = Omit<Stream, "localName" | "subjects">;

/** Default of NATS itself. */
const DEFAULT_DUPLICATE_WINDOW_MS = 120_000;

/** The streams that one file defines. */
export function readStreams(file: FileDescriptor, findings: Findings): readonly StreamDraft[] {
  const check = createChecks(findings);
  return optionNodes(file.options, "natsgen.v1.stream", file.position).flatMap((node) => {
    const name = node.string("name") ?? "";
    const flaw = nameFlaw("stream", name);
    if (flaw !== undefined) {
      const position = insideLiteral(node.at("name"), name, flaw.offset);
      findings.error("invalid-stream", position, flaw.message);
      return [];
    }
    const maxAgeMs = check.duration(node, "max_age", MAX_AGE_MS);
    const maxBytes = node.bigint("max_bytes");
    if (maxBytes !== undefined && (maxBytes < 1n || maxBytes >= 2n ** 63n)) {
      findings.error("invalid-rule", node.at("max_bytes"), "max_bytes must be from 1 to 2^63 - 1");
    }
    const duplicateWindowMs =
      check.duration(node, "duplicate_window", MAX_AGE_MS) ??
      Math.min(DEFAULT_DUPLICATE_WINDOW_MS, maxAgeMs ?? DEFAULT_DUPLICATE_WINDOW_MS);
    if (maxAgeMs !== undefined && duplicateWindowMs > maxAgeMs) {
      // The server refuses such a stream.
      findings.error(
        "invalid-rule",
        node.at("duplicate_window"),
        `duplicate_window (${duplicateWindowMs} ms) is longer than max_age (${maxAgeMs} ms)`,
      );
    }
    const replicas = check.within(node, "replicas", {
      holds: (value) => value >= 1 && value <= 5,
      meaning: "from 1 to 5",
    });
    const draft: StreamDraft = {
      name,
      description: node.string("description"),
      maxAgeMs,
      maxBytes,
      replicas: replicas ?? 1,
      storage: node.string("storage") === "STREAM_STORAGE_MEMORY" ? "memory" : "file",
      duplicateWindowMs,
      position: node.at("name"),
    };
    return [draft];
  });
}

/**
 * Definitions for the streams that events name and no file defines: one near to
 * a defined name is taken for a slip, any other gets the defaults, with a
 * warning, because those keep events for ever.
 */
export function implicitStreams(
  events: readonly BuiltEvent[],
  defined: ReadonlySet<string>,
  findings: Findings,
): readonly StreamDraft[] {
  const drafts = new Map<string, StreamDraft>();
  for (const { event, streamPosition } of events) {
    if (defined.has(event.stream) || drafts.has(event.stream)) continue;
    const near = nearest(event.stream, defined);
    if (near !== undefined) {
      findings.error("unknown-stream", streamPosition, `no stream "${event.stream}" is defined`, {
        suggestion: `did you mean "${near}"?`,
      });
      continue;
    }
    findings.warning(
      "undefined-stream",
      streamPosition,
      `stream "${event.stream}" is defined nowhere; it gets the defaults: on disk, one copy, events kept for ever`,
      {
        suggestion: `option (natsgen.v1.stream) = {name: "${event.stream}" max_age: {seconds: 604800}};`,
      },
    );
    drafts.set(event.stream, {
      name: event.stream,
      description: undefined,
      maxAgeMs: undefined,
      maxBytes: undefined,
      replicas: 1,
      storage: "file",
      duplicateWindowMs: DEFAULT_DUPLICATE_WINDOW_MS,
      position: streamPosition,
    });
  }
  return [...drafts.values()];
}

/** Wildcard subjects by stream, over all packages, each once, sorted. */
export function subjectsByStream(
  events: readonly BuiltEvent[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { event } of events) {
    const subjects = found.get(event.stream) ?? new Set<string>();
    found.set(event.stream, subjects.add(event.wildcard));
  }
  return new Map([...found].map(([name, set]) => [name, [...set].sort(compareText)] as const));
}
