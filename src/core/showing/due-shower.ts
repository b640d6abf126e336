import { createLoop } from "../loop.ts";
import type { DeskId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { type Desk, DeskError } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";
import type { Rest } from "./rest.ts";

/** What a desk refuses for what it is waits this long. */
export const refusedMs = 10 * 60_000;
const faultMs = 2000;
const idleMs = 15_000;

/** Something at a desk that shows another state than its record has; the record in the store stays the truth. */
export interface DueThing {
  readonly id: string;
  readonly desk: DeskId;
  /** When it is to be brought up to date; absent: it is. */
  readonly due: number | undefined;
}

export interface DueShower {
  /** Learns what was left behind its record. */
  start(): Promise<void>;
  follow(thing: DueThing): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface DueShowerDeps {
  /** For the log: `mark`, `card`. */
  readonly what: string;
  /** How one is named in the log, where its id may not stand there. */
  readonly nameOf?: (id: string) => string;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
  /** What is due in the store. */
  load(): Promise<readonly DueThing[]>;
  /** Brings it up to date. Throws `DeskError` where the desk could not. */
  show(desk: Desk, id: string): Promise<void>;
  /** The desk refused it as it is, and will do so again: stores when it is tried next. */
  postpone(id: string, until: number): Promise<void>;
}

/** Brings what desks show up to date. Much may wait at a desk together, for the desk knows which of it matters most. */
export function createDueShower(deps: DueShowerDeps): DueShower {
  const { what, registry, rest, clock, log, nameOf = (id: string) => id } = deps;
  const due = new Map<string, { readonly desk: DeskId; at: number }>();
  const busy = new Map<string, Promise<void>>();
  let isStopped = true;

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error, what }, "pass failed"),
  });

  function follow({ id, desk, due: at }: DueThing): void {
    if (at === undefined) {
      due.delete(id);
      return;
    }
    due.set(id, { desk, at });
    loop.wake();
  }

  async function pass(): Promise<number> {
    const now = clock.now();
    let waitMs = idleMs;
    for (const [id, { desk, at }] of due) {
      if (busy.has(id)) continue;
      const restMs = Math.max(rest.restMs(desk), at - now);
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
      else begin(id, desk);
    }
    return waitMs;
  }

  function begin(id: string, desk: DeskId): void {
    const work = show(id, desk)
      .catch((error: unknown) => {
        log.error({ err: error, id: nameOf(id), what }, "could not be shown");
        const thing = due.get(id);
        if (thing) thing.at = clock.now() + faultMs;
      })
      .finally(() => {
        busy.delete(id);
        loop.wake();
      });
    busy.set(id, work);
  }

  async function show(id: string, deskId: DeskId): Promise<void> {
    const desk = registry.findDesk(deskId);
    if (desk === undefined || isStopped) {
      due.delete(id);
      return;
    }
    try {
      await deps.show(desk, id);
      rest.worked(deskId);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ id: nameOf(id), what, code: error.code, reason: error.message }, "not shown yet");
      if (error.code === "refused") await deps.postpone(id, clock.now() + refusedMs);
      else rest.failed(deskId, error);
    }
  }

  return {
    async start() {
      isStopped = false;
      // Of one that seems to wait for longer than any does, the clock was set back meanwhile.
      const latest = clock.now() + refusedMs;
      for (const thing of await deps.load()) follow({ ...thing, due: Math.min(thing.due ?? 0, latest) });
      loop.start();
    },
    follow,
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      await loop.stop();
      await Promise.all(busy.values());
    },
  };
}
