/**
 * `npm run check`: everything that can be said of the tree without running its
 * tests. All steps run, whatever fails; the exit code is 1 when one did.
 */
import { binOf, runNode } from "./run.js";

const jest = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", binOf("jest")];
const tsc = binOf("typescript", "tsc");

/** @param {string} project */
const types = (project) => [tsc, "--project", project, "--noEmit"];

/** @type {readonly { name: string, args: readonly string[] }[]} */
const steps = [
  { name: "build", args: ["scripts/build.js"] },
  { name: "format and lint", args: [binOf("@biomejs/biome", "biome"), "ci", "--colors=off", "."] },
  { name: "types: toolchain", args: types("tsconfig.json") },
  { name: "types: runtime", args: types("runtime/tsconfig.json") },
  { name: "types: tests and scripts", args: types("tests/tsconfig.json") },
  { name: "types: generated/, NodeNext", args: types("tests/types/tsconfig.nodenext.json") },
  { name: "types: generated/, bundler", args: types("tests/types/tsconfig.bundler.json") },
  { name: "types: examples", args: types("examples/tsconfig.json") },
  { name: "architecture", args: [...jest, "tests/architecture"] },
  {
    name: "generated/ is fresh",
    args: ["bin/natsgen.js", "proto/", "--out", "generated/", "--check"],
  },
  { name: "unused code and dependencies", args: [binOf("knip")] },
  { name: "duplicate code", args: [binOf("jscpd"), "--config", ".jscpd.json"] },
];

/** @type {string[]} */
const failed = [];
for (const { name, args } of steps) {
  const start = performance.now();
  const { code, output } = await runNode(args);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
  if (code !== 0) {
    failed.push(name);
    process.stdout.write(`${output.trimEnd().replaceAll(/^/gm, "       ")}\n`);
  }
}
process.stdout.write(`\n${steps.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
