import { backoffMs } from "../support/backoff.ts";
import type { DeskId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import { DeskError } from "./ports/desk.ts";

/** Desks that could not show something are left alone for a while; it is kept in memory, for a restart may try at once. */
export interface Rest {
  /** Milliseconds until the desk is tried again; 0: now. */
  restMs(desk: DeskId): number;
  failed(desk: DeskId, error: unknown): void;
  worked(desk: DeskId): void;
}

const rests = { firstMs: 1000, maxMs: 30_000 };

export function createRest(deps: { clock: Clock; random: () => number }): Rest {
  const { clock, random } = deps;
  const resting = new Map<DeskId, { until: number; failures: number }>();
  const restAfter = (failures: number) => backoffMs(failures, { ...rests, random });
  return {
    restMs(desk) {
      return Math.max(0, (resting.get(desk)?.until ?? 0) - clock.now());
    },
    failed(desk, error) {
      const now = clock.now();
      const { until = 0, failures = 0 } = resting.get(desk) ?? {};
      const asked = now + (error instanceof DeskError ? (error.retryAfterMs ?? 0) : 0);
      // What fails while it rests set out before it did: many threads that meet one fault are one failure.
      if (until > now) resting.set(desk, { until: Math.max(until, asked), failures });
      else resting.set(desk, { until: Math.max(now + restAfter(failures + 1), asked), failures: failures + 1 });
    },
    worked(desk) {
      resting.delete(desk);
    },
  };
}
