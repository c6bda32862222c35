import type { GenerateOptions, GenerateResult } from "../pipeline.js";

/**
 * The result for programs. Paths of files are relative to `out`; times are
 * milliseconds.
 */
export function toJson(
  result: GenerateResult,
  options: GenerateOptions,
  milliseconds: number,
): object {
  const { status, schemas, diagnostics, written, unchanged, removed, findings, conflicts } = result;
  const round = (time: number) => Math.round(time * 10) / 10;
  const timings = Object.entries(result.timings).map(
    ([step, time]) => [step, round(time)] as const,
  );
  return {
    status,
    out: options.out,
    schemas,
    diagnostics,
    files: { written, unchanged, removed },
    findings,
    conflicts,
    timings: { ...Object.fromEntries(timings), total: round(milliseconds) },
  };
}
