import { backoffMs } from "../../support/backoff.ts";
import type { DeskId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { DeskError } from "../ports/desk.ts";

/** Desks that could not show something are left alone for a while; it is kept in memory, for a restart may try at once. */
export interface Rest {
  /** Milliseconds until the desk is tried again; 0: now. */
  restMs(desk: DeskId): number;
  /** Whether it failed when it was last tried. */
  isTroubled(desk: DeskId): boolean;
  failed(desk: DeskId, error: unknown): void;
  worked(desk: DeskId): void;
}

const rests = { firstMs: 1000, maxMs: 30_000 };

export function createRest(deps: { clock: Clock; random: () => number }): Rest {
  const { clock, random } = deps;
  const resting = new Map<DeskId, { until: number; failures: number }>();
  return {
    restMs(desk) {
      return Math.max(0, (resting.get(desk)?.until ?? 0) - clock.now());
    },
    isTroubled: (desk) => resting.has(desk),
    failed(desk, error) {
      const known = resting.get(desk);
      // What was tried together fails together, and that is one failure.
      const isSame = known !== undefined && clock.now() < known.until;
      const failures = (known?.failures ?? 0) + (isSame ? 0 : 1);
      const asked = error instanceof DeskError ? (error.retryAfterMs ?? 0) : 0;
      const pauseMs = Math.max(isSame ? 0 : backoffMs(failures, { ...rests, random }), asked);
      resting.set(desk, { until: Math.max(known?.until ?? 0, clock.now() + pauseMs), failures });
    },
    worked(desk) {
      resting.delete(desk);
    },
  };
}
