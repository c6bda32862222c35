import os from "node:os";
import { findNatsServer } from "@natsgen/runtime/testing";
import type { Machine } from "./report.js";

export async function describeMachine(): Promise<Machine> {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model.trim() ?? "unknown",
    cores: os.availableParallelism(),
    memory: os.totalmem() / 2 ** 30,
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    natsServer: (await findNatsServer()).version,
    load: os.loadavg()[0] ?? 0,
  };
}
