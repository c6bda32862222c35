import { describe, expect, it } from "@jest/globals";
import { closedLoop } from "./unary/closed-loop.js";
import { openLoop } from "./unary/open-loop.js";

/** A clock that moves only when it is told to. */
function createClock() {
  let time = 1_000;
  return {
    now: () => time,
    advance: (ms: number) => {
      time += ms;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("openLoop", () => {
  it("starts every call of its rate, and no more", async () => {
    const clock = createClock();
    const started: { readonly sequence: number; readonly at: number }[] = [];
    const result = await openLoop(
      async (sequence) => {
        started.push({ sequence, at: clock.now() - 1_000 });
        return sequence;
      },
      {
        ratePerSecond: 500,
        durationMs: 100,
        now: clock.now,
        tick: async () => {
          await settled();
          clock.advance(1);
        },
      },
    );
    expect(result.calls).toBe(50);
    expect(started.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    );
    // One call each two milliseconds.
    expect(started.every(({ sequence, at }) => at === sequence * 2)).toBe(true);
    expect(result.maxMs).toBeLessThan(0.01);
  });

  it("counts a stall for every call that was due meanwhile", async () => {
    const clock = createClock();
    let ticks = 0;
    const result = await openLoop((sequence) => Promise.resolve(sequence), {
      ratePerSecond: 1_000,
      durationMs: 1_000,
      now: clock.now,
      tick: async () => {
        // The process is stopped for 200 ms in the middle: 200 of the 1,000 calls are late.
        await settled();
        clock.advance(++ticks === 300 ? 200 : 1);
      },
    });
    expect(result.calls).toBe(1_000);
    expect(result.maxMs).toBeGreaterThan(195);
    expect(result.p50Ms).toBeLessThan(1);
    // 200 calls wait 0 to 199 ms, evenly: a tenth of all for more than 100.
    expect(result.p90Ms).toBeGreaterThan(95);
    expect(result.p90Ms).toBeLessThan(105);
  });

  it("counts from the intended start, not from when the reply's own call began", async () => {
    const clock = createClock();
    const waiting: (() => void)[] = [];
    const result = await openLoop(
      (sequence) =>
        new Promise((resolve) => {
          waiting.push(() => resolve(sequence));
        }),
      {
        ratePerSecond: 1_000,
        durationMs: 3,
        now: clock.now,
        tick: async () => {
          clock.advance(1);
          // Nobody is answered before all have asked.
          if (waiting.length === 3) for (const answer of waiting) answer();
          await settled();
        },
      },
    );
    expect(result.maxMs).toBeCloseTo(3, 1);
  });

  it("fails with the first error of a call, and on another call's reply", async () => {
    const options = { ratePerSecond: 1_000, durationMs: 50 };
    await expect(openLoop(() => Promise.reject(new Error("down")), options)).rejects.toThrow(
      "down",
    );
    await expect(openLoop(() => Promise.resolve(-1), options)).rejects.toThrow(
      "call 0 got the reply of call -1",
    );
  });
});

describe("closedLoop", () => {
  it("keeps that many calls in flight", async () => {
    let running = 0;
    let most = 0;
    const result = await closedLoop(
      async (sequence) => {
        most = Math.max(most, ++running);
        await settled();
        running--;
        return sequence;
      },
      { inFlight: 7, durationMs: 20 },
    );
    expect(most).toBe(7);
    expect(running).toBe(0);
    expect(result.calls).toBeGreaterThanOrEqual(7);
    expect(result.p50Micros).toBeGreaterThan(0);
    expect(result.p99Micros).toBeGreaterThanOrEqual(result.p50Micros);
  });

  it("fails on an error of a call, and on another call's reply", async () => {
    const options = { inFlight: 2, durationMs: 20 };
    await expect(closedLoop(() => Promise.reject(new Error("down")), options)).rejects.toThrow(
      "down",
    );
    await expect(closedLoop((n) => Promise.resolve(n + 1), options)).rejects.toThrow(
      "got the reply of call",
    );
  });
});
