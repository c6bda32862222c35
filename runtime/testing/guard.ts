import { type ChildProcess, spawn } from "node:child_process";

const script = 'while read -r _; do :; done; kill -9 "$1" 2>/dev/null; rm -rf "$2"';

/**
 * Ends a process and removes a folder when this process is gone, however it
 * went: SIGKILL runs no exit handler, and test runners do not always run theirs.
 *
 * The guard is a shell that waits for the end of its standard input, a pipe that
 * only this process holds. It stands in a process group of its own, so that what
 * ends the test's group does not end the guard first. On Windows there is none.
 */
export function guardProcess(pid: number, folder: string): () => void {
  if (process.platform === "win32") return () => undefined;
  const guard: ChildProcess = spawn("/bin/sh", ["-c", script, "natsgen-guard", `${pid}`, folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  // Without a shell there is no guard, and the test runs all the same.
  guard.on("error", () => undefined);
  guard.unref();
  const input = guard.stdin;
  if (input !== null && "unref" in input && typeof input.unref === "function") input.unref();
  return () => {
    guard.kill("SIGKILL");
  };
}
