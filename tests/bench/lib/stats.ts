/** Rounds of one measurement, summed up. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: median(sorted),
    min: percentile(sorted, 0),
    max: percentile(sorted, 100),
  };
}

/**
 * The ratio of two measurements whose rounds were run in turn: the ratio of each
 * round, summed up. What slows the machine down for a moment slows both sides of
 * a round, so such ratios move less than a ratio of medians does.
 *
 * @throws RangeError when the numbers of rounds differ, or there is none.
 */
export function pairedRatio(values: readonly number[], others: readonly number[]): Summary {
  if (values.length !== others.length) {
    throw new RangeError(`${values.length} rounds cannot be paired with ${others.length}`);
  }
  return summarize(values.map((value, i) => value / (others[i] ?? Number.NaN)));
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no values");
  return (lower + upper) / 2;
}

/**
 * The smallest value that at least `percent` of all are not above (nearest rank).
 *
 * @param sorted ascending
 * @throws RangeError when there are no values.
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("no values");
  return value;
}
