import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { guardProcess } from "./guard.js";

/** What the server says about itself once it is ready: its `--ports_file_dir` file. */
export interface ServerAddresses {
  readonly port: number;
  readonly monitorUrl: string;
}

export interface ServerProcess {
  readonly pid: number;
  readonly addresses: ServerAddresses;
  signal(signal: NodeJS.Signals): void;
  /** Ends the process and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
  readonly running: boolean;
}

const pollMs = 5;

/**
 * Starts the binary in `folder` and waits until it takes connections. The free
 * ports are chosen by the server itself (`-1`) and read from its ports file:
 * ports that a test reserves and lets go can be taken by another in between.
 */
export async function launch(
  binary: string,
  args: readonly string[],
  folder: string,
  timeoutMs: number,
): Promise<ServerProcess> {
  const logFile = path.join(folder, "server.log");
  const log = openSync(logFile, "a");
  const child = spawn(binary, [...args, "--ports_file_dir", folder], {
    cwd: folder,
    // A file, for a pipe would keep the event loop of the test alive.
    stdio: ["ignore", log, log],
    // A process group of its own: Ctrl-C in a terminal ends whoever started the server, who can
    // still drain its connections; the guard below ends the server whatever happens.
    detached: process.platform !== "win32",
  });
  closeSync(log);
  const exited = whenExited(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${binary} did not start: ${await exited}`);
  child.unref();
  const releaseGuard = guardProcess(pid, folder);
  const onExit = (): void => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", onExit);
  void exited.then(() => {
    releaseGuard();
    process.off("exit", onExit);
  });

  const portsFile = path.join(folder, `${path.parse(binary).name}_${pid}.ports`);
  try {
    const addresses = await waitForAddresses(child, portsFile, timeoutMs);
    await greet(addresses.port, timeoutMs);
    return {
      pid,
      addresses,
      signal: (signal) => {
        child.kill(signal);
      },
      end: async (signal) => {
        child.ref();
        child.kill(signal);
        await exited;
      },
      get running() {
        return isRunning(child);
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    const printed = readFileSync(logFile, "utf8").trim().split("\n").slice(-10).join("\n");
    throw new Error(`nats-server did not become ready: ${String(error)}\n${printed}`);
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function whenExited(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
}

async function waitForAddresses(
  child: ChildProcess,
  portsFile: string,
  timeoutMs: number,
): Promise<ServerAddresses> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const addresses = readAddresses(portsFile);
    if (addresses !== undefined) return addresses;
    if (!isRunning(child)) throw new Error(`it ended with ${child.signalCode ?? child.exitCode}`);
    await delay(pollMs);
  }
  throw new Error(`not within ${timeoutMs} ms`);
}

/** Undefined while the file is not there, or not whole. */
function readAddresses(portsFile: string): ServerAddresses | undefined {
  let ports: { nats?: string[]; monitoring?: string[] };
  try {
    ports = JSON.parse(readFileSync(portsFile, "utf8"));
  } catch {
    return undefined;
  }
  const url = ports.nats?.[0];
  const monitorUrl = ports.monitoring?.[0];
  if (url === undefined || monitorUrl === undefined) return undefined;
  return { port: Number(new URL(url).port), monitorUrl };
}

/** Connects as a client would and waits for the server's first line, `INFO {…}`. */
function greet(port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new Error(`no greeting within ${timeoutMs} ms`)));
    socket.once("error", fail);
    socket.once("data", () => {
      socket.destroy();
      resolve();
    });
  });
}
