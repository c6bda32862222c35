import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { root } from "./packages.js";

interface Entry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Entry>>;

const lockfile: { packages: Packages } = JSON.parse(
  readFileSync(path.join(root, "package-lock.json"), "utf8"),
);

/** Optional dependencies that no entry provides: npm 11 refuses such a lockfile, others lack binaries. */
function missingFrom(packages: Packages): readonly string[] {
  const places = Object.keys(packages);
  return Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !places.some((each) => each.endsWith(`node_modules/${name}`)))
      .map((name) => `${name}, of ${place}`),
  );
}

/** Entries bound to one registry, by the address in them. */
function boundToRegistry(packages: Packages): readonly string[] {
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved !== undefined && entry.link !== true)
    .map(([place]) => place);
}

describe("the lockfile", () => {
  it("has the native packages of every platform", () => {
    expect(missingFrom(lockfile.packages)).toEqual([]);
  });

  it("names no registry", () => {
    expect(boundToRegistry(lockfile.packages)).toEqual([]);
  });

  it("has a checksum for all that is downloaded", () => {
    const unchecked = Object.entries(lockfile.packages)
      .filter(([place, entry]) => place.includes("node_modules/") && entry.link !== true)
      .filter(([, entry]) => entry.integrity === undefined && entry.inBundle !== true);
    expect(unchecked.map(([place]) => place)).toEqual([]);
  });

  it("would be found incomplete, or bound to a registry", () => {
    const broken: Packages = {
      "node_modules/a": { optionalDependencies: { "a-darwin": "1.0.0" } },
      "node_modules/b": { resolved: "https://registry.example/b.tgz" },
    };
    expect(missingFrom(broken)).toEqual(["a-darwin, of node_modules/a"]);
    expect(boundToRegistry(broken)).toEqual(["node_modules/b"]);
  });
});
