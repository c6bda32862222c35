import type { Diagnostic, Package, Position, Schema } from "../model/types.js";

/** Names that Windows keeps for devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Folders of packages that some file system cannot tell apart, or cannot make. */
export function packageFolders(schema: Schema): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const spelled = new Map<string, string>();
  for (const pkg of schema.packages) {
    const position = placeOf(pkg);
    for (const folder of foldersOf(pkg)) {
      const known = spelled.get(folder.toLowerCase());
      if (known === undefined) {
        spelled.set(folder.toLowerCase(), folder);
      } else if (known !== folder) {
        findings.push({
          severity: "error",
          rule: "folder-case",
          message: `package ${pkg.name} goes into "${folder}", which differs from "${known}" in case alone: macOS and Windows take them for one folder`,
          position,
          suggestion: `spell the package as the other one, ${known.replaceAll("/", ".")}`,
        });
        break;
      }
    }
    if (pkg.directory.split("/").includes("node_modules")) {
      findings.push({
        severity: "error",
        rule: "folder-name",
        message: `package ${pkg.name} goes into a folder "node_modules", where TypeScript and Node look for installed packages and compile nothing`,
        position,
        suggestion: "rename that part of the package",
      });
    }
    const device = pkg.directory.split("/").find((part) => DEVICES.test(part));
    if (device !== undefined) {
      findings.push({
        severity: "warning",
        rule: "folder-name",
        message: `package ${pkg.name} goes into a folder "${device}", which Windows cannot make`,
        position,
      });
    }
  }
  return findings;
}

/** `game`, `game/orders`, `game/orders/v1`. */
function foldersOf(pkg: Package): readonly string[] {
  const parts = pkg.directory.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** A package stands where its first declaration does: the model has no place for the package itself. */
function placeOf(pkg: Package): Position | undefined {
  return (pkg.messages[0] ?? pkg.enums[0] ?? pkg.services[0] ?? pkg.streams[0])?.position;
}
