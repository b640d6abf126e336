import type { DeskId, ProviderId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { type Desk, DeskError, type Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";

const retryMs = 10_000;
const longestMs = 60 * 60_000;

/** What became of a notice. `late`: the desk was away for too long, or the bridge stopped; `refused`: it will never be shown. */
export type Told = "shown" | "late" | "refused";

/** Brings notices to desks, to each in the order they came, so that "works again" never stands before what was broken. */
export interface NoticeBoard {
  /** To every desk that the provider serves; `shown` where at least one has shown it. Tried again for an hour, in memory. */
  tell(provider: ProviderId, notice: Notice): Promise<Told>;
  /** To every desk there is. */
  tellAll(notice: Notice): void;
  /** Resolves to whether it was shown in the end. */
  tellDesk(desk: DeskId, notice: Notice): Promise<boolean>;
  stop(): void;
}

interface Waiting {
  readonly notice: Notice;
  readonly until: number;
  readonly settle: (told: Told) => void;
}

interface Queue {
  readonly desk: Desk;
  readonly waiting: Waiting[];
  isBusy: boolean;
}

export function createNoticeBoard(deps: { registry: Registry; clock: Clock; log: Log }): NoticeBoard {
  const { registry, clock, log } = deps;
  const queues = new Map<DeskId, Queue>();
  const timers = new Set<() => void>();
  let isStopped = false;

  function show(desk: Desk, notice: Notice): Promise<Told> {
    if (isStopped) return Promise.resolve("late");
    const queue = queues.get(desk.id) ?? { desk, waiting: [], isBusy: false };
    queues.set(desk.id, queue);
    return new Promise((settle) => {
      queue.waiting.push({ notice, until: clock.now() + longestMs, settle });
      if (!queue.isBusy) void drain(queue);
    });
  }

  async function drain(queue: Queue): Promise<void> {
    queue.isBusy = true;
    for (let [next] = queue.waiting; next && !isStopped; [next] = queue.waiting) {
      const told = await attempt(queue.desk, next);
      if (typeof told === "number") return later(queue, told);
      queue.waiting.shift();
      next.settle(told);
    }
    queue.isBusy = false;
  }

  /** How it ended, or after how many milliseconds to try again. */
  async function attempt(desk: Desk, { notice, until }: Waiting): Promise<Told | number> {
    try {
      await desk.notify(notice);
      return "shown";
    } catch (error) {
      const isFinal = !(error instanceof DeskError) || error.code === "refused";
      // What is tried again every few seconds would fill the log with one and the same stack.
      const why = isFinal ? { err: error } : { code: error.code, reason: error.message };
      log.warn({ desk: desk.id, notice: notice.kind, ...why }, "notice not shown");
      if (isFinal) return "refused";
      return clock.now() >= until ? "late" : Math.max(retryMs, error.retryAfterMs ?? 0);
    }
  }

  function later(queue: Queue, ms: number): void {
    if (isStopped) return;
    const stopTimer = clock.after(ms, () => {
      timers.delete(stopTimer);
      void drain(queue);
    });
    timers.add(stopTimer);
  }

  return {
    async tell(provider, notice) {
      const told = await Promise.all(registry.desksOf(provider).map((desk) => show(desk, notice)));
      if (told.includes("shown")) return "shown";
      return told.includes("late") ? "late" : "refused";
    },
    tellAll(notice) {
      for (const desk of registry.desks) void show(desk, notice);
    },
    async tellDesk(id, notice) {
      const desk = registry.findDesk(id);
      return desk !== undefined && (await show(desk, notice)) === "shown";
    },
    stop() {
      isStopped = true;
      for (const stopTimer of timers) stopTimer();
      timers.clear();
      for (const { waiting } of queues.values()) for (const { settle } of waiting.splice(0)) settle("late");
    },
  };
}
