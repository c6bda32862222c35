import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** An example that runs as a process of its own; what it prints is passed on. */
export interface ExampleProcess {
  readonly pid: number | undefined;
  /** Resolves with the first line that ends in "is ready"; rejects if the process ends before. */
  readonly ready: Promise<void>;
  /** The exit code; -1 for a process that a signal ended or that did not start. */
  readonly exited: Promise<number>;
  /** Asks it to stop, as a supervisor would, and waits until it is gone. */
  stop(): Promise<number>;
}

/** How long a process may take to drain before it is killed. */
const STOP_MS = 15_000;

/** Starts the `main.js` of an example, with these variables over the environment's. */
export function startExample(
  example: string,
  env: Readonly<Record<string, string>>,
): ExampleProcess {
  const script = fileURLToPath(new URL(`../${example}/main.js`, import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });

  const exited = new Promise<number>((resolve) => {
    child.once("error", () => resolve(-1));
    child.once("close", (code) => resolve(code ?? -1));
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      console.log(`  ${line}`);
      if (line.endsWith("is ready")) resolve();
    });
    void exited.then((code) => reject(new Error(`${example} ended with code ${code}`)));
  });
  // Not everybody waits for it: a client has no such line.
  ready.catch(() => undefined);

  return {
    pid: child.pid,
    ready,
    exited,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      const code = await exited;
      clearTimeout(timer);
      return code;
    },
  };
}
