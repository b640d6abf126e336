import type { Clock } from "../../src/core/ports/clock.ts";
import { worldClock } from "../../src/sandbox/timers.ts";

/** The simulators' time, which passes `scale` times faster. */
export function createFastClock(scale: number): Clock {
  const start = worldClock.now();
  return {
    now: () => Math.round(start + (performance.timeOrigin + performance.now() - start) * scale),
    after(ms, run) {
      const timer = setTimeout(run, Math.ceil(ms / scale));
      return () => clearTimeout(timer);
    },
  };
}
