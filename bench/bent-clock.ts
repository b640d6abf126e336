import type { Clock } from "../src/core/ports/clock.ts";

/** A clock whose pace can be changed while others wait for it. */
export interface BentClock extends Clock {
  /** From now on time passes so many times faster than life. */
  pace(times: number): void;
}

export function createBentClock(): BentClock {
  let times = 1;
  let since = { told: Date.now(), steady: performance.now() };
  const waiting = new Set<{ readonly at: number; readonly run: () => void; timer: NodeJS.Timeout }>();
  const now = () => Math.floor(since.told + (performance.now() - since.steady) * times);
  const msUntil = (at: number) => Math.max(0, Math.ceil((at - now()) / times));

  return {
    now,
    after(ms, run) {
      const at = now() + ms;
      const wait = { at, run: () => done(), timer: setTimeout(() => done(), msUntil(at)) };
      waiting.add(wait);
      function done(): void {
        waiting.delete(wait);
        run();
      }
      return () => {
        waiting.delete(wait);
        clearTimeout(wait.timer);
      };
    },
    pace(next) {
      since = { told: now(), steady: performance.now() };
      times = next;
      for (const wait of waiting) {
        clearTimeout(wait.timer);
        wait.timer = setTimeout(wait.run, msUntil(wait.at));
      }
    },
  };
}
