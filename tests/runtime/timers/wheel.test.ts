import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createTimerWheel, type Timer, type TimerWheel } from "../../../runtime/timers/wheel.js";

let time = 0;
let wheel: TimerWheel;
const fired: string[] = [];

beforeEach(() => {
  jest.useFakeTimers();
  time = 1_000;
  fired.length = 0;
  wheel = createTimerWheel(() => time);
});
afterEach(() => {
  jest.useRealTimers();
});

function timer(name: string, more: () => void = () => undefined): Timer {
  return {
    due: 0,
    previous: undefined,
    next: undefined,
    expire() {
      fired.push(name);
      more();
    },
  };
}

function advance(ms: number): void {
  for (let done = 0; done < ms; done += 8) {
    time += 8;
    jest.advanceTimersByTime(8);
  }
}

describe("the timer wheel", () => {
  it("fires in time, and not before", () => {
    wheel.add(timer("a"), 100);
    advance(96);
    expect(fired).toEqual([]);
    advance(40);
    expect(fired).toEqual(["a"]);
  });

  it("keeps what is further away than one turn", () => {
    wheel.add(timer("far"), 20_000);
    wheel.add(timer("near"), 20_000 - 2 * 512 * 16);
    advance(19_992);
    expect(fired).toEqual(["near"]);
    advance(40);
    expect(fired).toEqual(["near", "far"]);
  });

  it("forgets what is removed, also while it fires", () => {
    const a = timer("a");
    const b = timer("b");
    const c = timer("c", () => {
      wheel.remove(a);
      wheel.remove(b);
    });
    wheel.add(a, 100);
    wheel.add(b, 100);
    wheel.add(c, 100);
    wheel.remove(timer("never added"));
    advance(200);
    expect(fired).toEqual(["c"]);
  });

  it("fires everything after the process was blocked for longer than a turn", () => {
    for (let ms = 10; ms < 9_000; ms += 500) {
      wheel.add(timer(String(ms)), ms);
    }
    time += 60_000;
    jest.advanceTimersByTime(16);
    expect(fired).toHaveLength(18);
  });

  it("takes a deadline of 2^31 ms and more, which setTimeout would fire at once", () => {
    wheel.add(timer("never"), 2 ** 31 + 1_000);
    advance(1_000);
    expect(fired).toEqual([]);
  });

  it("stops ticking when nothing is left", () => {
    wheel.add(timer("a"), 10);
    advance(100);
    expect(jest.getTimerCount()).toBe(0);
    wheel.add(timer("b"), 10);
    advance(100);
    expect(fired).toEqual(["a", "b"]);
  });
});
