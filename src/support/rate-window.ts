/** A limit of so many events in any span of time. Keeps the times of the last ones; asks nobody for the time. */
export interface RateWindow {
  /** Milliseconds until one more event fits; 0 when it fits now. */
  waitMs(now: number): number;
  take(now: number): void;
}

export function createRateWindow(limit: { readonly events: number; readonly spanMs: number }): RateWindow {
  const taken: number[] = [];
  return {
    waitMs(now) {
      const oldest = taken[taken.length - limit.events];
      if (oldest === undefined) return 0;
      // A clock that was set back must not close the window for longer than its span.
      return Math.max(0, Math.min(limit.spanMs, oldest + limit.spanMs - now));
    },
    take(now) {
      taken.push(now);
      if (taken.length > limit.events) taken.shift();
    },
  };
}

/** So many a second; less than one a second is one in so many seconds. */
export function perSecond(rate: number): { events: number; spanMs: number } {
  return rate >= 1 ? { events: Math.floor(rate), spanMs: 1000 } : { events: 1, spanMs: Math.ceil(1000 / rate) };
}
