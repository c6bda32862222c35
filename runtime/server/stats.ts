/** Counts of one endpoint, as ADR-32 reports them. Times in milliseconds. */
export interface EndpointStats {
  requests: number;
  errors: number;
  lastError: string;
  processingMs: number;
}

export function createStats(): EndpointStats {
  return { requests: 0, errors: 0, lastError: "", processingMs: 0 };
}

/** Public form of an endpoint's counts. */
export interface MethodStats {
  /** Name in the schema. */
  readonly name: string;
  readonly subject: string;
  /** Calls answered, errors and refusals included. */
  readonly requests: number;
  readonly errors: number;
  /** `CODE: text` as it was sent; `""` before the first. */
  readonly lastError: string;
  /** Time from a handler's start to its result, awaited, in nanoseconds. */
  readonly processingTimeNs: number;
  readonly averageProcessingTimeNs: number;
}

export function publicStats(name: string, subject: string, stats: EndpointStats): MethodStats {
  const processingTimeNs = Math.round(stats.processingMs * 1e6);
  return {
    name,
    subject,
    requests: stats.requests,
    errors: stats.errors,
    lastError: stats.lastError,
    processingTimeNs,
    averageProcessingTimeNs:
      stats.requests === 0 ? 0 : Math.round(processingTimeNs / stats.requests),
  };
}
