import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { messageOf, runCommand } from "./command.js";

/**
 * Unpacks Debian packages into a folder, without root and without installing
 * anything: `apt-get download`, then `dpkg -x`.
 *
 * The machine's package lists are tried first. Where there are none (a slim
 * container) or they are out of date, fresh ones go to a private folder, for
 * which nobody has to be root.
 */
export async function unpackDebianPackages(
  packages: readonly string[],
  into: string,
): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "natsgen-apt-"));
  try {
    const archives = await download(packages, work);
    for (const archive of archives) await runCommand("dpkg", ["-x", archive, into]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function download(packages: readonly string[], work: string): Promise<readonly string[]> {
  try {
    return await downloadWith([], packages, path.join(work, "first"));
  } catch (first) {
    const options = privateLists(path.join(work, "apt"));
    try {
      await runCommand("apt-get", [...options, "update"], { timeoutMs: 120_000 });
      return await downloadWith(options, packages, path.join(work, "second"));
    } catch (second) {
      const reasons = new Set([messageOf(first), messageOf(second)]);
      throw new Error([...reasons].join("; with fresh lists: "));
    }
  }
}

async function downloadWith(
  options: readonly string[],
  packages: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  await runCommand("apt-get", [...options, ...sandbox(), "download", ...packages], {
    cwd: folder,
    timeoutMs: 120_000,
    env: { LC_ALL: "C" },
  });
  return readdirSync(folder)
    .filter((file) => file.endsWith(".deb"))
    .map((file) => path.join(folder, file));
}

function privateLists(folder: string): readonly string[] {
  mkdirSync(path.join(folder, "lists", "partial"), { recursive: true });
  mkdirSync(path.join(folder, "cache", "archives", "partial"), { recursive: true });
  return [
    ...sandbox(),
    "-o",
    `Dir::State=${folder}`,
    "-o",
    `Dir::State::Lists=${path.join(folder, "lists")}`,
    "-o",
    "Dir::State::status=/var/lib/dpkg/status",
    "-o",
    `Dir::Cache=${path.join(folder, "cache")}`,
  ];
}

/** As root, apt would hand over to a user who may not enter the temporary folder. */
function sandbox(): readonly string[] {
  return process.getuid?.() === 0 ? ["-o", "APT::Sandbox::User=root"] : [];
}
