import type { Clock } from "./clock.ts";

export interface StillClock extends Clock {
  /** Every pause that was asked for, in milliseconds, in order. */
  readonly slept: number[];
  /** Lets all running timers elapse. */
  elapse(): void;
}

/** A clock for tests: a sleep passes at once and moves the time on; timers elapse when the test says so. */
export function stillClock(start = 0): StillClock {
  let now = start;
  const slept: number[] = [];
  const timers = new Set<() => void>();
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
    timer: (_ms, elapsed) => {
      timers.add(elapsed);
      return () => timers.delete(elapsed);
    },
    elapse: () => {
      for (const elapsed of [...timers]) elapsed();
    },
  };
}
