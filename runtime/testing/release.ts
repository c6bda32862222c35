import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./command.js";

const platforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: "linux",
  darwin: "darwin",
  freebsd: "freebsd",
  win32: "windows",
};
const architectures: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "amd64",
  arm64: "arm64",
  ia32: "386",
};

/** Name of the project's own archive for a platform, without its extension. */
export function releaseName(
  version: string,
  platform: NodeJS.Platform = process.platform,
  architecture: NodeJS.Architecture = process.arch,
): string {
  const os = platforms[platform];
  const arch = architectures[architecture];
  if (os === undefined || arch === undefined) {
    throw new Error(`there is no release for ${platform} on ${architecture}`);
  }
  return `nats-server-v${version}-${os}-${arch}`;
}

/** The checksum of a file in the text of a SHA256SUMS file: lines of `<hex>  <name>`. */
export function checksumOf(file: string, sums: string): string {
  for (const line of sums.split("\n")) {
    const [, hex, name] = /^([0-9a-f]{64})\s+\*?(\S+)\s*$/i.exec(line) ?? [];
    if (hex !== undefined && name === file) return hex.toLowerCase();
  }
  throw new Error(`the release's checksums do not name ${file}`);
}

/** Refuses an archive that is not the one the release's checksums name. */
export function verifyChecksum(archive: Uint8Array, expected: string, file: string): void {
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== expected) {
    throw new Error(`${file} has the SHA-256 ${actual}, but its release says ${expected}`);
  }
}

/**
 * Fetches the official archive of a nats-server, checks it against the release's
 * SHA256SUMS and unpacks it. Returns the folder, below `into`, that holds the binary.
 */
export async function unpackRelease(version: string, into: string): Promise<string> {
  const base = `https://github.com/nats-io/nats-server/releases/download/v${version}`;
  const name = releaseName(version);
  const file = `${name}${process.platform === "win32" ? ".zip" : ".tar.gz"}`;
  const sums = new TextDecoder().decode(await fetchBytes(`${base}/SHA256SUMS`));
  const archive = await fetchBytes(`${base}/${file}`);
  verifyChecksum(archive, checksumOf(file, sums), file);
  const archivePath = path.join(into, file);
  writeFileSync(archivePath, archive);
  // bsdtar, which Windows brings, reads zip files too.
  await runCommand("tar", ["-xf", archivePath, "-C", into]);
  return path.join(into, name);
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
  } catch (error) {
    throw new Error(`${new URL(url).host} cannot be reached`, { cause: error });
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
