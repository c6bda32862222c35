/** What the parent sends, one at a time; each but `stop` is answered. */
export interface ParentMessage {
  readonly type: "start" | "run" | "stop";
  readonly value?: unknown;
}

export interface ChildMessage {
  readonly value?: unknown;
  /** The stack of what was thrown. */
  readonly error?: string;
}

/** What a child process does. */
export interface Program<Q, R> {
  /** Told to the parent when the program is ready. */
  readonly ready?: unknown;
  run(request: Q): R | Promise<R>;
  close(): void | Promise<void>;
}

/**
 * The main function of a child process. The process ends when it is told to, and
 * when its parent is gone.
 */
export function childProgram<I, Q, R>(start: (init: I) => Promise<Program<Q, R>>): void {
  let program: Program<Q, R> | undefined;

  const handle = async ({ type, value }: ParentMessage): Promise<unknown> => {
    if (type === "start") {
      program = await start(value as I);
      return program.ready;
    }
    return program?.run(value as Q);
  };

  const reply = (message: ChildMessage): void => {
    process.send?.(message);
  };

  process.on("message", (message: ParentMessage) => {
    if (message.type === "stop") {
      void finish();
      return;
    }
    handle(message).then(
      (value) => reply({ value }),
      (error: unknown) => reply({ error: textOf(error) }),
    );
  });
  process.on("disconnect", () => process.exit());

  async function finish(): Promise<void> {
    try {
      await program?.close();
    } catch (error) {
      process.stderr.write(`${textOf(error)}\n`);
      process.exitCode = 1;
    }
    // Not left to an empty event loop: some clients keep sockets open. Profiles are written here.
    process.exit();
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
