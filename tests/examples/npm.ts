import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

export interface Run {
  readonly child: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves once it has printed this; rejects if it ends before. */
  printed(text: string | RegExp): Promise<void>;
  readonly ended: Promise<number | null>;
}

const runs: Run[] = [];

/** Runs npm as a user would, in a process group of its own: what a terminal's Ctrl-C reaches. */
export function npm(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn("npm", args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  const waiting = new Set<() => void>();
  const onData = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const check of waiting) check();
  };
  child.stdout.on("data", onData);
  child.stderr.on("data", onData);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const run: Run = {
    child,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (output.search(text) < 0) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
        void ended.then(() => reject(new Error(`it ended without ${text}:\n${output}`)));
      }),
    ended,
  };
  runs.push(run);
  return run;
}

export function signalGroup({ child }: Run, signal: NodeJS.Signals): void {
  if (child.pid === undefined) throw new Error("npm did not start");
  process.kill(-child.pid, signal);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Every process that the demo says it has started. */
export function startedBy(run: Run): readonly number[] {
  return [...run.output().matchAll(/\(pid (\d+)\)/g)].map(([, pid]) => Number(pid));
}

/** Ends whatever still runs; for `afterEach` and `afterAll`. */
export async function endAll(): Promise<void> {
  for (const run of runs.splice(0)) {
    if (run.child.exitCode === null && run.child.signalCode === null) signalGroup(run, "SIGKILL");
    await run.ended;
  }
}
