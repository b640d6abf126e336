import type { Clock } from "../../src/core/ports/clock.ts";

export interface FakeClock extends Clock {
  /** Moves time on and runs what became due, in order. */
  pass(ms: number): void;
  set(now: number): void;
}

export function createFakeClock(start = Date.UTC(2026, 10, 22, 8)): FakeClock {
  let now = start;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
    set(moment) {
      now = moment;
    },
  };
}
