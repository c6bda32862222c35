import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "../../runtime/testing/command.js";

export const root = path.resolve(import.meta.dirname, "../..");

export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Runs the npm that runs the tests, or the one on PATH. */
export function npm(args: readonly string[], cwd: string): Promise<string> {
  const own = process.env.npm_execpath;
  const isNpm = own !== undefined && /npm-cli\.[cm]?js$/.test(own);
  const [command, first] = isNpm ? [process.execPath, [own]] : ["npm", []];
  return runCommand(command, [...first, ...args], { cwd, timeoutMs: 300_000 });
}

/** `npm pack` as it would be published, but of the build that is there: tests do not rebuild. */
export async function pack(folder: string, into: string): Promise<Packed> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", into];
  const printed: unknown = JSON.parse(await npm(args, path.join(root, folder)));
  // npm 10 prints a list, npm 11 may print an object by package name.
  const [only]: { filename: string; files: { path: string }[] }[] = Object.values(printed ?? {});
  if (only === undefined) throw new Error("npm pack has packed nothing");
  return {
    tarball: path.join(into, only.filename),
    files: only.files.map((file) => file.path).sort(),
  };
}

interface LockEntry {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The places in node_modules of what a package needs at run time, all levels,
 * by the lockfile: as Node would look them up.
 */
export function runtimeClosure(workspace: string): readonly string[] {
  const lockfile: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(path.join(root, "package-lock.json"), "utf8"),
  );
  const seen = new Set<string>();
  const visit = (place: string): void => {
    for (const name of Object.keys(lockfile.packages[place]?.dependencies ?? {})) {
      const found = lookUp(lockfile.packages, place, name);
      if (seen.has(found)) continue;
      seen.add(found);
      visit(found);
    }
  };
  visit(workspace);
  return [...seen].sort();
}

/** In the package's own node_modules, then in those of the folders around it. */
function lookUp(packages: Record<string, LockEntry>, from: string, name: string): string {
  const parts = from.split("/");
  for (let length = parts.length; length >= 0; length -= 1) {
    const candidate = [...parts.slice(0, length), "node_modules", name].filter(Boolean).join("/");
    if (packages[candidate] !== undefined) return candidate;
  }
  throw new Error(`the lockfile has no ${name}, which ${from} needs`);
}

/** Unpacks a tarball where npm would put the package. */
export async function unpack(tarball: string, name: string, project: string): Promise<void> {
  const target = path.join(project, "node_modules", name);
  mkdirSync(target, { recursive: true });
  await runCommand("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
}

/** Copies, for a link would let Node see all that the tree has installed. */
export function copyInstalled(places: readonly string[], project: string): void {
  for (const place of places) {
    const target = path.join(project, place);
    if (!existsSync(target)) cpSync(path.join(root, place), target, { recursive: true });
  }
}
