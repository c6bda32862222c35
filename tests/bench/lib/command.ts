import { spawn } from "node:child_process";
import { root } from "./paths.js";

/**
 * Runs a command to its end.
 *
 * @returns the wall-clock time of the whole process, in seconds.
 * @throws Error with what the command printed, when it fails or takes more than a minute.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) {
        resolve((performance.now() - start) / 1000);
        return;
      }
      const output = Buffer.concat(chunks).toString();
      reject(new Error(`${file} ${args.join(" ")} ended with ${code ?? signal}\n${output}`));
    });
  });
}
