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
  /** To every desk there is. */
  tellAll(notice: Notice): void;
  /** Resolves to whether it was shown in the end. */
  tellDesk(desk: DeskId, notice: Notice): Promise<boolean>;
  stop(): void;
}

export function createNoticeBoard(deps: { registry: Registry; clock: Clock; log: Log }): NoticeBoard {
  const { registry, clock, log } = deps;
  const timers = new Set<() => void>();
  let isStopped = false;

  function show(desk: Desk, notice: Notice, until: number, isShown: (shown: boolean) => void = () => undefined): void {
    // Also what is thrown before there is a promise.
    (async () => desk.notify(notice))().then(
      () => isShown(true),
      (error: unknown) => {
        const isFinal = !(error instanceof DeskError) || error.code === "refused";
        // What is tried again every few seconds would fill the log with one and the same stack.
        const why = isFinal ? { err: error } : { code: error.code, reason: error.message };
        log.warn({ desk: desk.id, notice: notice.kind, ...why }, "notice not shown");
        if (isFinal || isStopped || clock.now() >= until) return isShown(false);
        const stopTimer = clock.after(Math.max(retryMs, error.retryAfterMs ?? 0), () => {
          timers.delete(stopTimer);
          show(desk, notice, until, isShown);
        });
        timers.add(stopTimer);
      },
    );
  }

  return {
    tell(provider, notice) {
      for (const desk of registry.desksOf(provider)) show(desk, notice, clock.now() + longestMs);
    },
    tellAll(notice) {
      for (const desk of registry.desks) show(desk, notice, clock.now() + longestMs);
    },
    tellDesk(id, notice) {
      const desk = registry.findDesk(id);
      if (!desk) return Promise.resolve(false);
      return new Promise((isShown) => show(desk, notice, clock.now() + longestMs, isShown));
    },
    stop() {
      isStopped = true;
      for (const stopTimer of timers) stopTimer();
      timers.clear();
    },
  };
}
