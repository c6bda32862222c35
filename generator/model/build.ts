import type { EnumDescriptor, FileDescriptor, MessageDescriptor } from "./descriptor.js";
import { createFindings, type Findings } from "./diagnostics.js";
import { type BuiltEvent, buildEvent, isEvent, streamOf } from "./events.js";
import { deepFreeze } from "./freeze.js";
import { buildEnum, buildExtension, buildMessage, commentsOf } from "./messages.js";
import { namePackage, type PackageNames } from "./names.js";
import { compareText } from "./order.js";
import type { MessageLookup } from "./routes.js";
import { buildService } from "./services.js";
import { implicitStreams, readStreams, type StreamDraft, subjectsByStream } from "./streams.js";
import type { Diagnostic, Enum, Message, Package, Schema } from "./types.js";

/** A schema, and what is wrong with it: nothing may be generated where there is an error. */
export interface BuildResult {
  readonly schema: Schema;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Folder of files without a package. No package can have this name, for a
 * hyphen cannot be in one.
 */
const NO_PACKAGE_DIRECTORY = "no-package";

/** Builds the model from linked descriptors. The order of the files does not matter. */
export function buildSchema(descriptors: readonly FileDescriptor[]): BuildResult {
  const findings = createFindings();
  const files = [...descriptors].sort((a, b) => compareText(a.path, b.path));
  const messageNodes: MessageLookup = new Map(
    files.flatMap(allMessages).map((node) => [node.fullName, node] as const),
  );
  const groups = groupByPackage(files).map((group) => draftPackage(group, findings));
  const events = groups.flatMap((group) => group.events);
  const defined = new Set(groups.flatMap((group) => group.streams.map(({ name }) => name)));
  const subjects = subjectsByStream(events);
  const messages = new Map<string, Message>();
  const enums = new Map<string, Enum>();
  const packages: Package[] = [];
  for (const draft of groups) {
    const built = buildPackage(draft, { messageNodes, subjects, defined, findings });
    for (const message of built.messages) messages.set(message.typeName, message);
    for (const item of built.enums) enums.set(item.typeName, item);
    if (built.pkg !== undefined) packages.push(built.pkg);
  }
  const schema: Schema = {
    files: files.map((file) => ({
      path: file.path,
      package: file.package,
      syntax: file.syntax,
      generate: file.generate,
      comments: commentsOf(file.comments),
    })),
    packages,
    messages,
    enums,
  };
  deepFreeze([schema, ...messages.values(), ...enums.values()]);
  return { schema, diagnostics: findings.all };
}

interface PackageFiles {
  readonly name: string;
  /** All files of the package. */
  readonly files: readonly FileDescriptor[];
  /** Those that code is generated for. */
  readonly generated: readonly FileDescriptor[];
}

function groupByPackage(files: readonly FileDescriptor[]): readonly PackageFiles[] {
  const groups = new Map<string, FileDescriptor[]>();
  for (const file of files) {
    const group = groups.get(file.package);
    if (group === undefined) groups.set(file.package, [file]);
    else group.push(file);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, members]) => ({
      name,
      files: members,
      generated: members.filter(({ generate }) => generate),
    }));
}

/** A package whose events and streams are read, but not yet put together. */
interface PackageDraft extends PackageFiles {
  readonly names: PackageNames;
  readonly events: readonly BuiltEvent[];
  readonly streams: readonly StreamDraft[];
}

function draftPackage(group: PackageFiles, findings: Findings): PackageDraft {
  const streams = group.generated.flatMap((file) => readStreams(file, findings));
  const eventNodes = group.generated.flatMap(allMessages).filter(isEvent);
  // An event may name a stream that is defined nowhere, and it then becomes one of this package.
  const streamNames = [...streams.map(({ name }) => name), ...eventNodes.flatMap(streamOf).sort()];
  const names = namePackage(group.files, {
    events: eventNodes.map(({ fullName }) => fullName),
    streams: [...new Set(streamNames)],
  });
  const events = eventNodes.flatMap((node) => {
    const localName = names.events.get(node.fullName) ?? node.name;
    return buildEvent(node, group.name, localName, findings) ?? [];
  });
  return { ...group, names, events, streams };
}

interface BuildContext {
  readonly messageNodes: MessageLookup;
  readonly subjects: ReadonlyMap<string, readonly string[]>;
  /** Names of all streams that any file defines. */
  readonly defined: ReadonlySet<string>;
  readonly findings: Findings;
}

interface BuiltPackage {
  /** All of the package, that of files for which nothing is generated included. */
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly pkg: Package | undefined;
}

function buildPackage(draft: PackageDraft, context: BuildContext): BuiltPackage {
  const home = { package: draft.name, names: draft.names.types };
  const { findings } = context;
  const messages = draft.files
    .flatMap(allMessages)
    .filter((node) => !node.isMapEntry)
    .map((node) => buildMessage(node, home));
  const enums = draft.files.flatMap(allEnums).map((node) => buildEnum(node, home));
  if (draft.generated.length === 0) return { messages, enums, pkg: undefined };
  const sources = draft.generated.map(({ path }) => path);
  const isGenerated = ({ file }: { readonly file: string }) => sources.includes(file);
  const implicit = implicitStreams(draft.events, context.defined, findings);
  const pkg: Package = {
    name: draft.name,
    directory: draft.name === "" ? NO_PACKAGE_DIRECTORY : draft.name.replaceAll(".", "/"),
    sources,
    messages: messages.filter(isGenerated),
    enums: enums.filter(isGenerated),
    services: draft.generated.flatMap((file) =>
      file.services.map((node) => buildService(node, home, context.messageNodes, findings)),
    ),
    events: draft.events.map(({ event }) => event),
    streams: [...draft.streams, ...implicit].map((stream) => ({
      ...stream,
      localName: draft.names.streams.get(stream.name) ?? stream.name,
      subjects: context.subjects.get(stream.name) ?? [],
    })),
    extensions: draft.generated
      .flatMap((file) => [
        ...file.extensions,
        ...allMessages(file).flatMap((message) => message.extensions),
      ])
      .map((node) => buildExtension(node, home)),
  };
  return { messages, enums, pkg };
}

/** Messages of a file, parents before children, map entries included. */
function allMessages(file: FileDescriptor): readonly MessageDescriptor[] {
  const withNested = (node: MessageDescriptor): MessageDescriptor[] => [
    node,
    ...node.messages.flatMap(withNested),
  ];
  return file.messages.flatMap(withNested);
}

function allEnums(file: FileDescriptor): readonly EnumDescriptor[] {
  return [...file.enums, ...allMessages(file).flatMap(({ enums }) => enums)];
}
