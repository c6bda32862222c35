import { childProgram } from "../lib/child-program.js";
import { type ClosedLoopResult, closedLoop } from "./closed-loop.js";
import { type OpenLoopResult, openLoop } from "./open-loop.js";
import { loadVariant, type VariantName } from "./variant.js";

export interface ClientInit {
  readonly variant: VariantName;
  readonly url: string;
}

/** What a client is asked: calls one after the other in so many lanes, or at a rate. */
export type LoadRequest =
  | { readonly kind: "closed"; readonly inFlight: number; readonly durationMs: number }
  | { readonly kind: "open"; readonly ratePerSecond: number; readonly durationMs: number };

export type LoadResult<Q extends LoadRequest = LoadRequest> = Q extends { readonly kind: "closed" }
  ? ClosedLoopResult
  : OpenLoopResult;

/** The client of one variant. */
childProgram(async ({ variant, url }: ClientInit) => {
  const { startClient } = await loadVariant(variant);
  const { echo, close } = await startClient(url);
  return {
    run: (request: LoadRequest): Promise<LoadResult> =>
      request.kind === "closed" ? closedLoop(echo, request) : openLoop(echo, request),
    close,
  };
});
