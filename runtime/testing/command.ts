import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

/** Runs a command without a shell. Rejects with what it printed when it fails, is missing or takes too long. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs = 60_000 }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      args,
      {
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...process.env, ...env },
        timeout: timeoutMs,
        killSignal: "SIGKILL",
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(failure(command, error, stderr, timeoutMs)));
      },
    );
  });
}

function failure(
  command: string,
  error: Error & { code?: unknown; killed?: boolean },
  stderr: string,
  timeoutMs: number,
): string {
  if (error.code === "ENOENT") return `${command} is not installed`;
  if (error.killed === true) return `${command} took longer than ${timeoutMs / 1000} s`;
  const printed = stderr.trim().split("\n").filter(isTelling).slice(-3).join("; ");
  return `${command} failed: ${printed === "" ? error.message : printed}`;
}

/** Warnings before the error only hide it. */
function isTelling(line: string): boolean {
  return line.trim() !== "" && !/^(W:|warning:|go: downloading)/i.test(line);
}

/** The first executable file of that name on PATH. */
export function findOnPath(name: string, searchPath = process.env.PATH ?? ""): string | undefined {
  const fileName = process.platform === "win32" ? `${name}.exe` : name;
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, fileName))
    .find(isExecutableFile);
}

export function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export function messageOf(error: unknown): string {
  const isErrorLike = typeof error === "object" && error !== null && "message" in error;
  return isErrorLike ? String(error.message) : String(error);
}
