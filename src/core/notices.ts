import type { DeskId, ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import { type Desk, DeskError, type Notice } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Registry } from "./registry.ts";

const retryMs = 10_000;
const longestMs = 60 * 60_000;

/** Brings notices to desks; one that cannot be shown is tried again for an hour. Kept in memory: a fault that lasts is told anew. */
export interface NoticeBoard {
  /** To every desk that the provider serves. */
  tell(provider: ProviderId, notice: Notice): void;
  tellDesk(desk: DeskId, notice: Notice): void;
  stop(): void;
}

export function createNoticeBoard(deps: { registry: Registry; clock: Clock; log: Log }): NoticeBoard {
  const { registry, clock, log } = deps;
  const timers = new Set<() => void>();
  let isStopped = false;

  function show(desk: Desk, notice: Notice, until: number): void {
    desk.notify(notice).catch((error: unknown) => {
      const isFinal = !(error instanceof DeskError) || error.code === "refused";
      // What is tried again every few seconds would fill the log with one and the same stack.
      const why = isFinal ? { err: error } : { code: error.code, reason: error.message };
      log.warn({ desk: desk.id, notice: notice.kind, ...why }, "notice not shown");
      if (isFinal || isStopped || clock.now() >= until) return;
      const stopTimer = clock.after(Math.max(retryMs, error.retryAfterMs ?? 0), () => {
        timers.delete(stopTimer);
        show(desk, notice, until);
      });
      timers.add(stopTimer);
    });
  }

  return {
    tell(provider, notice) {
      for (const desk of registry.desksOf(provider)) show(desk, notice, clock.now() + longestMs);
    },
    tellDesk(id, notice) {
      const desk = registry.findDesk(id);
      if (desk) show(desk, notice, clock.now() + longestMs);
    },
    stop() {
      isStopped = true;
      for (const stopTimer of timers) stopTimer();
      timers.clear();
    },
  };
}
