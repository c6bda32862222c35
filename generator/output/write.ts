import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { STAGING } from "./paths.js";
import type { Plan } from "./types.js";

/**
 * Carries a plan out. Every new text is complete in a folder beside the old
 * files before the first of them is replaced, each by one rename; a step that
 * fails is followed by the way back, so the old output stays whole. Files that
 * do not change are not touched.
 *
 * The work is synchronous, and signals wait for its end: Ctrl-C comes before
 * the first rename or after the last.
 */
export function writeOutput(plan: Plan): void {
  const { root, create, update, remove } = plan;
  mkdirSync(root, { recursive: true });
  removeLeftovers(root);
  if (create.length + update.length + remove.length === 0) return;
  const staging = join(root, `.natsgen-${process.pid}`);
  const written = [...create, ...update];
  try {
    for (const [index, { content }] of written.entries()) {
      if (index === 0) mkdirSync(staging);
      writeFileSync(join(staging, `new-${index}`), content);
    }
    mkdirSync(staging, { recursive: true });
    withSignalsHeld(() => commit(plan, staging));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function commit({ root, create, update, remove }: Plan, staging: string): void {
  const undo: (() => void)[] = [];
  try {
    for (const [index, path] of remove.entries()) {
      const backup = join(staging, `removed-${index}`);
      renameSync(join(root, path), backup);
      undo.push(() => {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        renameSync(backup, join(root, path));
      });
    }
    for (const path of remove) removeEmptyFolders(root, dirname(path));
    for (const [index, { path }] of [...create, ...update].entries()) {
      const target = join(root, path);
      const backup = join(staging, `old-${index}`);
      const folder = firstMissingFolder(root, path);
      mkdirSync(dirname(target), { recursive: true });
      if (folder !== undefined) undo.push(() => rmSync(folder, { recursive: true, force: true }));
      if (existsSync(target)) copyFileSync(target, backup);
      renameSync(join(staging, `new-${index}`), target);
      undo.push(() => (existsSync(backup) ? renameSync(backup, target) : rmSync(target)));
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/** The outermost folder on the way to `path` that does not exist yet. */
function firstMissingFolder(root: string, path: string): string | undefined {
  const parts = path.split("/").slice(0, -1);
  for (let length = 1; length <= parts.length; length++) {
    const folder = join(root, ...parts.slice(0, length));
    if (!existsSync(folder)) return folder;
  }
  return undefined;
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let current = folder; current !== "."; current = dirname(current)) {
    const absolute = join(root, current);
    if (!existsSync(absolute)) continue;
    if (readdirSync(absolute).length > 0) return;
    rmdirSync(absolute);
  }
}

/** What a run left that was killed before its end. */
function removeLeftovers(root: string): void {
  for (const name of readdirSync(root)) {
    const pid = STAGING.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    rmSync(join(root, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as someone else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Runs `work` to its end before a signal that would end the process does. */
function withSignalsHeld(work: () => void): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  // A listener replaces the default, and is called only when the synchronous work is over.
  const listeners = signals.map((signal) => {
    const listener = () => {
      process.removeListener(signal, listener);
      process.kill(process.pid, signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  try {
    work();
  } finally {
    setImmediate(() => {
      for (const { signal, listener } of listeners) process.removeListener(signal, listener);
    });
  }
}
