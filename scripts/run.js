import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** The root of the working tree. */
export const root = path.resolve(import.meta.dirname, "..");

/**
 * Path of a command that a package brings. Commands are run with this very Node,
 * without a shell and without `npx`: the same on every platform, and nothing is
 * ever fetched.
 *
 * @param {string} packageName
 * @param {string} [command]
 */
export function binOf(packageName, command = packageName) {
  const manifestPath = path.join(root, "node_modules", packageName, "package.json");
  const { bin } = require(manifestPath);
  const relative = typeof bin === "string" ? bin : bin[command];
  return path.join(path.dirname(manifestPath), relative);
}

/**
 * Runs a script with this Node, its output collected.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    );
  });
}

/**
 * A JSON file of the tree, by its path from the root.
 *
 * @param {string} file
 */
export function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), "utf8"));
}
