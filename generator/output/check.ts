import { createTwoFilesPatch } from "diff";
import type { Plan } from "./types.js";

/** A file of the output that is not as natsgen would write it. */
export interface Finding {
  readonly path: string;
  readonly kind: "missing" | "stale" | "extra";
  /** Stale files: what would change, as a unified diff, cut to a few lines. */
  readonly diff?: string;
  /** What mends it: natsgen, natsgen with `--clean`, or whoever put the file there. */
  readonly remedy: "generate" | "clean" | "remove";
}

const DIFF_LINES = 16;

/** What a plan finds wrong, in the order of the paths. */
export function findings(plan: Plan): readonly Finding[] {
  const extra = (paths: readonly string[], remedy: Finding["remedy"]) =>
    paths.map((path) => ({ path, kind: "extra" as const, remedy }));
  const found: Finding[] = [
    ...plan.create.map(({ path }) => ({
      path,
      kind: "missing" as const,
      remedy: "generate" as const,
    })),
    ...plan.update.map(({ path, current, content }) => ({
      path,
      kind: "stale" as const,
      diff: shortDiff(current, content),
      remedy: "generate" as const,
    })),
    ...extra(plan.remove, "generate"),
    ...extra(plan.unlisted, "clean"),
    ...extra([...plan.conflicts.map(({ path }) => path), ...plan.extra], "remove"),
  ];
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function shortDiff(current: string, wanted: string): string {
  const before = current.replaceAll("\r\n", "\n");
  const patch = createTwoFilesPatch("", "", before, wanted, "", "", { context: 1 });
  const lines = patch.trimEnd().split("\n");
  const hunks = lines.slice(lines.findIndex((line) => line.startsWith("@@")));
  const rest = hunks.length - DIFF_LINES;
  return [...hunks.slice(0, DIFF_LINES), ...(rest > 0 ? [`… ${rest} more lines`] : [])].join("\n");
}
