/** Lets at most so many calls into any stretch of time. */
export interface Window {
  /** When one more may begin: `now`, or later; `Infinity` while that depends on a call in flight. */
  freeAt(now: number): number;
  begin(): void;
  /** `refused`: the other side did not count it, so we do not. */
  end(now: number, how: "counts" | "refused"): void;
  /** When at most half of the calls will have been made: as `freeAt`. */
  halfFreeAt(now: number): number;
  /** Whether there is nothing left to remember. */
  isEmpty(now: number): boolean;
}

/**
 * A sliding window of `perSpan` calls in any `spanMs` milliseconds. A call holds its place from its beginning until
 * `spanMs` after its end: the other side counted it somewhere between, and this way never sees more than it allows.
 * Less than one call a span is one call in a longer span.
 */
export function createWindow(perSpan: number, spanMs: number): Window {
  const limit = Math.max(1, Math.floor(perSpan));
  const span = (spanMs * limit) / perSpan;
  const ended: number[] = [];
  let running = 0;

  function forget(now: number): void {
    while (ended[0] !== undefined && ended[0] + span <= now) ended.shift();
  }

  /** When at most so many calls hold a place. */
  function momentOf(most: number, now: number): number {
    forget(now);
    const over = running + ended.length - most;
    if (over <= 0) return now;
    const leaves = ended[over - 1];
    return leaves === undefined ? Number.POSITIVE_INFINITY : leaves + span;
  }

  return {
    freeAt: (now) => momentOf(limit - 1, now),
    halfFreeAt: (now) => momentOf(Math.floor(limit / 2), now),
    begin() {
      running += 1;
    },
    end(now, how) {
      running -= 1;
      if (how === "counts") ended.push(now);
    },
    isEmpty(now) {
      forget(now);
      return running === 0 && ended.length === 0;
    },
  };
}
