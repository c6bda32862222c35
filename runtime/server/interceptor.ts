import type { HandlerContext } from "./context.js";

export type Awaitable<T> = T | Promise<T>;

/** Runs a call: the next interceptor, or the handler. Returns the response's `Init`. */
export type ServerInvoke = (request: object, context: HandlerContext) => Awaitable<object>;

/**
 * Wraps every unary call of a worker. The first of the list is the outermost. The
 * request is decoded; `context.method` says which method it is.
 *
 * @example
 * const authenticated: ServerInterceptor = (next) => async (request, context) => {
 *   await verify(context.metadata.get("authorization"));
 *   return next(request, context);
 * };
 */
export type ServerInterceptor = (next: ServerInvoke) => ServerInvoke;

export function composeServer(
  interceptors: readonly ServerInterceptor[],
  handler: ServerInvoke,
): ServerInvoke {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), handler);
}
