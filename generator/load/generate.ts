/** Which files code is generated for. */

import type { FieldNode, FileNode, MessageNode } from "./syntax/nodes.js";

/**
 * Files whose types `@natsgen/runtime` provides: nothing is generated for them,
 * whoever refers to them.
 */
const PROVIDED: ReadonlySet<string> = new Set([
  "google/protobuf/any.proto",
  "google/protobuf/duration.proto",
  "google/protobuf/empty.proto",
  "google/protobuf/field_mask.proto",
  "google/protobuf/struct.proto",
  "google/protobuf/timestamp.proto",
  "google/protobuf/wrappers.proto",
  "google/rpc/error_details.proto",
  "google/rpc/status.proto",
]);

/**
 * Marks the inputs, and every file that a marked file's fields, extensions or
 * methods refer to. So an import that only brings options (google/api/http,
 * validation rules) makes no code, and one that brings a type always does.
 */
export function markGenerated(files: readonly FileNode[], inputs: ReadonlySet<FileNode>): void {
  const home = new Map<string, FileNode>();
  for (const file of files) {
    forEachMessage(file, (message) => {
      home.set(message.fullName, file);
      for (const node of message.enums) {
        home.set(node.fullName, file);
      }
    });
    for (const node of file.enums) {
      home.set(node.fullName, file);
    }
  }
  const queue = [...inputs];
  const mark = (typeName: string | undefined): void => {
    const file = typeName === undefined ? undefined : home.get(typeName);
    if (file !== undefined && !file.generate) {
      queue.push(file);
    }
  };
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (file.generate || PROVIDED.has(file.path)) {
      continue;
    }
    file.generate = true;
    const visitField = (field: FieldNode): void => mark(field.typeName);
    forEachMessage(file, (message) => {
      message.fields.forEach(visitField);
      message.extensions.forEach(visitField);
    });
    file.extensions.forEach(visitField);
    for (const service of file.services) {
      for (const method of service.methods) {
        mark(method.input);
        mark(method.output);
      }
    }
  }
}

function forEachMessage(file: FileNode, visit: (message: MessageNode) => void): void {
  const enter = (message: MessageNode): void => {
    visit(message);
    message.messages.forEach(enter);
  };
  file.messages.forEach(enter);
}
