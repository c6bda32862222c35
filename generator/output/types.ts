/** A file of the output; `path` is relative to the output's root, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** What a run would do to a folder. Paths are relative to it, with `/`, and sorted. */
export interface Plan {
  /** The output folder, absolute. */
  readonly root: string;
  readonly create: readonly OutputFile[];
  readonly update: readonly Update[];
  readonly unchanged: readonly string[];
  /** Files that natsgen wrote and would not write any more. */
  readonly remove: readonly string[];
  /** Files that natsgen did not write, where it would have to write or delete. */
  readonly conflicts: readonly Conflict[];
  /** Files with natsgen's header that no manifest lists: `clean` removes them. */
  readonly unlisted: readonly string[];
  /** Files that natsgen did not write and would leave alone. */
  readonly extra: readonly string[];
}

export interface Update extends OutputFile {
  readonly current: string;
}

export interface Conflict {
  readonly path: string;
  readonly reason: string;
}
