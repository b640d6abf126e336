import type { Clock } from "../src/core/ports/clock.ts";

/** A clock whose pace can be changed while others wait for it. */
export interface BentClock extends Clock {
  /** From now on time passes so many times faster than life. */
  pace(times: number): void;
}

interface Wait {
  readonly at: number;
  readonly run: () => void;
  timer?: NodeJS.Timeout;
}

export function createBentClock(): BentClock {
  let times = 1;
  let since = { told: Date.now(), steady: performance.now() };
  const waiting = new Set<Wait>();
  const now = () => Math.floor(since.told + (performance.now() - since.steady) * times);

  function arm(wait: Wait): void {
    clearTimeout(wait.timer);
    wait.timer = setTimeout(() => ring(wait), Math.ceil(Math.max(0, wait.at - now()) / times));
  }

  /** A timer may be a millisecond early, which is long at a high pace. */
  function ring(wait: Wait): void {
    if (now() < wait.at) {
      arm(wait);
      return;
    }
    waiting.delete(wait);
    wait.run();
  }

  return {
    now,
    after(ms, run) {
      const wait: Wait = { at: now() + ms, run };
      waiting.add(wait);
      arm(wait);
      return () => {
        waiting.delete(wait);
        clearTimeout(wait.timer);
      };
    },
    pace(next) {
      since = { told: now(), steady: performance.now() };
      times = next;
      for (const wait of waiting) arm(wait);
    },
  };
}
