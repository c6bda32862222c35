/** A side of a comparison. `T`: what one round of it gives. */
export interface Contestant<T> {
  readonly name: string;
  /** Once, before the first round. */
  readonly warmUp?: () => Promise<unknown>;
  round(): Promise<T>;
}

/**
 * Measures in turn, A B C A B C …, so that whatever else the machine does, and
 * however its clock changes, meets all sides alike.
 *
 * @returns the rounds of each contestant, by name.
 */
export async function runRounds<T>(
  contestants: readonly Contestant<T>[],
  rounds: number,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>();
  for (const { name, warmUp } of contestants) {
    await warmUp?.();
    results.set(name, []);
  }
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      results.get(contestant.name)?.push(await contestant.round());
    }
  }
  return results;
}

/** The rounds of one contestant. */
export function roundsOf<T>(
  results: ReadonlyMap<string, readonly T[]>,
  name: string,
): readonly T[] {
  const rounds = results.get(name);
  if (rounds === undefined) throw new Error(`${name} was not measured`);
  return rounds;
}
