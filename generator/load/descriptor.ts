/** What loading takes and gives. The descriptors themselves are the model's input and live there. */

import type { FileDescriptor } from "../model/descriptor.js";
import type { Diagnostic } from "../model/types.js";

export type * from "../model/descriptor.js";
export type { Diagnostic, Position } from "../model/types.js";

export interface LoadOptions {
  /** `-I` roots, searched in order, after the roots of the inputs and before the bundled files. */
  readonly include: readonly string[];
  /** Folder that relative paths start from, and that shown paths are relative to. */
  readonly cwd: string;
}

/** The text of a file by its shown path (`Position.file`), for carets; undefined where there is none. */
export type SourceLookup = (file: string) => string | undefined;

export interface LoadResult {
  /**
   * Every file, imports before importers; among equals in the code-unit order
   * of their import paths. Where `diagnostics` holds an error the list holds
   * what could be linked and nothing may be generated from it.
   */
  readonly files: readonly FileDescriptor[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: SourceLookup;
}

/** The entry point, `load` in generator/load/load.ts. Never rejects for what a schema says; only for a bug. */
export type Load = (inputs: readonly string[], options: LoadOptions) => Promise<LoadResult>;
