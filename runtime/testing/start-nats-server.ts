import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findNatsServer } from "./find-nats-server.js";
import { launch, type ServerProcess } from "./nats-server-process.js";

export interface NatsServerOptions {
  /** Turns JetStream on, with its store in a temporary folder. Default false. */
  readonly jetstream?: boolean;
  /** Text of a configuration file. Addresses and the store are set beside it. */
  readonly config?: string;
  /** Further arguments of the command line. */
  readonly args?: readonly string[];
  /** Default: a free one, chosen by the server. */
  readonly port?: number;
  /** This version of nats-server and no other; see `findNatsServer`. */
  readonly version?: string;
  /** This binary; nothing is searched. */
  readonly binary?: string;
  /** How long it may take to become ready, in milliseconds. Default 20,000. */
  readonly timeoutMs?: number;
}

/** A running nats-server on 127.0.0.1, with all that it keeps in a temporary folder. */
export interface NatsServer {
  /** `nats://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now: another one after `restart`. */
  readonly pid: number;
  /** Base of the monitoring endpoints: `http://127.0.0.1:<port>`; another one after `restart`. */
  readonly monitorUrl: string;
  /** False after `kill` and `stop`, and when the server ended by itself. */
  readonly running: boolean;
  /** Ends the server and removes its store. May be called again. */
  stop(): Promise<void>;
  /** Ends the server at once, as a crash would; the store stays for `restart`. */
  kill(): Promise<void>;
  /** Stops the server in its tracks: connections stay open, nothing is answered. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port with the same store, ending it first where it still runs. */
  restart(): Promise<void>;
  /** Sends a signal: `SIGHUP` reloads the configuration, `SIGUSR2` is lame duck mode. */
  signal(signal: NodeJS.Signals): void;
  /** Replaces the text of the configuration file, for `SIGHUP` or `restart`. */
  configure(config: string): void;
  /** All that the server has logged. */
  log(): string;
}

/**
 * Starts a real nats-server for a test and waits until it takes connections. It
 * ends with `stop`, or with the process that started it, however that one ends.
 */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const binary =
    options.binary ??
    (await findNatsServer(options.version === undefined ? {} : { version: options.version })).path;
  const folder = mkdtempSync(path.join(tmpdir(), "natsgen-nats-"));
  const configFile = path.join(folder, "server.conf");
  const configure = (config: string): void => writeFileSync(configFile, config);
  configure(options.config ?? "");

  const start = (port: number): Promise<ServerProcess> =>
    launch(
      binary,
      argumentsOf(options, folder, configFile, port),
      folder,
      options.timeoutMs ?? 20_000,
    );

  let server: ServerProcess;
  try {
    server = await start(options.port ?? -1);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const { port } = server.addresses;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server.running) return;
    // A stopped process does not see SIGTERM before it goes on.
    if (signal !== "SIGKILL") server.signal("SIGCONT");
    await server.end(signal);
  };

  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid;
    },
    get monitorUrl() {
      return server.addresses.monitorUrl;
    },
    get running() {
      return server.running;
    },
    stop: async () => {
      // SIGKILL: the store is thrown away, so there is nothing to end in order.
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
    kill: () => end("SIGKILL"),
    pause: () => server.signal("SIGSTOP"),
    resume: () => server.signal("SIGCONT"),
    restart: async () => {
      await end("SIGTERM");
      server = await start(port);
    },
    signal: (signal) => server.signal(signal),
    configure,
    log: () => readFileSync(path.join(folder, "server.log"), "utf8"),
  };
}

function argumentsOf(
  options: NatsServerOptions,
  folder: string,
  configFile: string,
  port: number,
): readonly string[] {
  const jetstream = options.jetstream === true ? ["-js", "-sd", path.join(folder, "store")] : [];
  const network = ["-a", "127.0.0.1", "-p", `${port}`, "-m", "-1"];
  return ["-c", configFile, ...network, ...jetstream, ...(options.args ?? [])];
}
