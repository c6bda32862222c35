/**
 * Compiles the toolchain to dist/ and the runtime to runtime/dist/, and links
 * `natsgen` into node_modules/.bin. Run by `npm ci` (script `prepare`).
 *
 * Output is pruned, not deleted up front: a build that fails leaves the last
 * good one in place, and a test that runs meanwhile does not find an empty folder.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { binOf, root, runNode } from "./run.js";

const projects = [
  { name: "natsgen", config: "tsconfig.json", outDir: "dist" },
  { name: "@natsgen/runtime", config: "runtime/tsconfig.json", outDir: "runtime/dist" },
];

/**
 * @param {{ name: string, config: string, outDir: string }} project
 * @returns {Promise<boolean>}
 */
async function compile({ name, config, outDir }) {
  const { code, output } = await runNode([
    binOf("typescript", "tsc"),
    "--project",
    config,
    "--listEmittedFiles",
    "--pretty",
    "false",
  ]);
  const emitted = new Set();
  const messages = [];
  for (const line of output.split(/\r?\n/)) {
    const file = /^TSFILE:\s+(.+)$/.exec(line)?.[1];
    if (file !== undefined) emitted.add(path.resolve(root, file));
    else if (line !== "") messages.push(line);
  }
  if (code !== 0) {
    process.stderr.write(`${name} does not compile:\n${messages.join("\n")}\n`);
    return false;
  }
  prune(path.join(root, outDir), emitted);
  return true;
}

/**
 * Removes what an earlier build left of sources that are gone.
 *
 * @param {string} folder
 * @param {ReadonlySet<unknown>} keep
 */
function prune(folder, keep) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) prune(full, keep);
    else if (!keep.has(full)) rmSync(full);
  }
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

/**
 * Links `natsgen` into node_modules/.bin, where npm puts the commands of
 * dependencies but not the project's own: for npm scripts, and for the examples,
 * which are workspaces. (`npx natsgen` in the root finds it without the link.)
 */
function linkCommand() {
  const script = path.join(root, "bin", "natsgen.js");
  const folder = path.join(root, "node_modules", ".bin");
  // Packed or installed as a dependency: whoever installs it links the command.
  if (!existsSync(path.join(root, "node_modules"))) return;
  mkdirSync(folder, { recursive: true });
  const link = path.join(folder, "natsgen");
  if (process.platform === "win32") {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\..\\..\\bin\\natsgen.js" %*\r\n`);
    return;
  }
  chmodSync(script, 0o755);
  rmSync(link, { force: true });
  symlinkSync(path.relative(folder, script), link);
}

const results = await Promise.all(projects.map(compile));
linkCommand();
process.exitCode = results.every(Boolean) ? 0 : 1;
