import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ChildMessage, ParentMessage } from "./child-program.js";

/** A process that measures or is measured. `Q` and `R`: what it is asked and answers. */
export interface Child<Q, R> {
  /** What the program said when it was ready. */
  readonly ready: unknown;
  run(request: Q, timeoutMs?: number): Promise<R>;
  /** Ends the process in order. May be called again. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** Handed to the program at its start. */
  readonly init: unknown;
  /** For Node: `--cpu-prof` and the like. */
  readonly execArgv?: readonly string[];
}

const START_MS = 30_000;
const RUN_MS = 60_000;
const STOP_MS = 10_000;

/** Starts a program written with `childProgram`, and waits until it is ready. */
export async function startChild<Q, R>(
  program: URL,
  { init, execArgv = [] }: ChildOptions,
): Promise<Child<Q, R>> {
  const file = fileURLToPath(program);
  const child = fork(file, [], {
    execArgv: [...execArgv],
    // Structured clone: messages may hold bytes.
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });

  async function ask(message: ParentMessage, timeoutMs: number): Promise<unknown> {
    const answer = next(child, file, timeoutMs);
    child.send(message);
    const { error, value } = await answer;
    if (error !== undefined) throw new Error(`${file}: ${error}`);
    return value;
  }

  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    if (child.connected) child.send({ type: "stop" } satisfies ParentMessage);
    await exited;
    clearTimeout(timer);
  }

  try {
    const ready = await ask({ type: "start", value: init }, START_MS);
    return {
      ready,
      // Both ends of the pipe are this folder's own programs.
      run: async (request, timeoutMs = RUN_MS) =>
        (await ask({ type: "run", value: request }, timeoutMs)) as R,
      stop,
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

/** The next message of a child; an error when it ends first, or takes too long. */
function next(child: ChildProcess, file: string, timeoutMs: number): Promise<ChildMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(late(file, timeoutMs))), timeoutMs);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
      settle();
    };
    const onMessage = (message: unknown): void => end(() => resolve(message as ChildMessage));
    const onExit = (code: number | null, signal: string | null): void =>
      end(() => reject(new Error(`${file} ended with ${code ?? signal}`)));
    child.on("message", onMessage);
    child.on("exit", onExit);
  });
}

function late(file: string, timeoutMs: number): Error {
  return new Error(`${file} did not answer within ${timeoutMs} ms`);
}
