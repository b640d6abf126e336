import type { Clock } from "./ports/clock.ts";

/** Gives numbers that rise, also over a restart as long as the clock is not set back: microseconds, made distinct. */
export interface Sequence {
  next(): number;
  /** Never gives a number up to `seen` again. */
  skipTo(seen: number): void;
}

export function createSequence(clock: Clock): Sequence {
  let last = 0;
  return {
    next() {
      last = Math.max(last + 1, clock.now() * 1000);
      return last;
    },
    skipTo(seen) {
      last = Math.max(last, seen);
    },
  };
}
