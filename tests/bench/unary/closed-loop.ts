import { percentile } from "../lib/stats.js";

export interface ClosedLoopResult {
  readonly callsPerSecond: number;
  /** CPU time of the whole process for each call, in microseconds. */
  readonly cpuMicros: number;
  readonly calls: number;
  /** Of one call, in microseconds. */
  readonly p50Micros: number;
  readonly p99Micros: number;
}

export interface ClosedLoopOptions {
  readonly inFlight: number;
  readonly durationMs: number;
}

/** Longest list of latencies kept: enough for any percentile, small enough to sort. */
const MAX_SAMPLES = 1 << 18;

/**
 * Keeps so many calls in flight: each lane makes one call after the other.
 * A reply that is another call's is an error, and the first error ends the run.
 */
export async function closedLoop(
  echo: (sequence: number) => Promise<number>,
  { inFlight, durationMs }: ClosedLoopOptions,
): Promise<ClosedLoopResult> {
  const samples = new Float64Array(MAX_SAMPLES);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const end = start + durationMs;
  let calls = 0;

  async function lane(): Promise<void> {
    for (let now = performance.now(); now < end; ) {
      const sequence = calls++;
      const received = await echo(sequence);
      if (received !== sequence) {
        throw new Error(`call ${sequence} got the reply of call ${received}`);
      }
      const after = performance.now();
      samples[sequence % MAX_SAMPLES] = after - now;
      now = after;
    }
  }

  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  const sorted = samples.subarray(0, Math.min(calls, MAX_SAMPLES)).sort();
  return {
    calls,
    callsPerSecond: calls / seconds,
    cpuMicros: (used.user + used.system) / calls,
    p50Micros: percentile(sorted, 50) * 1000,
    p99Micros: percentile(sorted, 99) * 1000,
  };
}
