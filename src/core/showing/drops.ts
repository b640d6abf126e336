import { groupBy } from "../../support/group-by.ts";
import { createLoop } from "../loop.ts";
import type { DeskId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import type { Peer } from "../model/phone.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";

const longestWaitMs = 60 * 60_000;
const mostSenders = 3;

/** Once a day each desk hears how many SMS its rules have dropped: nothing is lost in silence. An SMS counts (`dropDue`) until that was told. */
export interface Drops {
  start(): void;
  stop(): Promise<void>;
}

/** Moments of each day, in epoch milliseconds. */
export interface DailyTimes {
  /** The first one after a moment. */
  next(at: number): number;
}

export function createDrops(deps: {
  readonly records: Records;
  readonly registry: Registry;
  readonly tellDesk: (desk: DeskId, notice: Notice) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}): Drops {
  const { records, registry, tellDesk, clock, log } = deps;
  const persist = createPersist(deps);
  const telling = new Map<DeskId, Promise<void>>();
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "dropped sms were not counted"),
  });

  async function pass(): Promise<number> {
    const now = clock.now();
    const dropped = await records.inbound.range("dropDue", { limit: everything });
    const byDesk = groupBy(dropped, ({ desk }) => desk);
    let waitMs = longestWaitMs;
    for (const { id } of registry.desks) {
      const times = registry.findRules(id)?.dropTimes;
      if (times === undefined) continue;
      waitMs = Math.min(waitMs, Math.max(1, times.next(now) - now));
      const due = byDesk.get(id) ?? [];
      const [first] = due;
      if (first?.dropDue === undefined || times.next(first.dropDue) > now || telling.has(id)) continue;
      telling.set(
        id,
        tell(id, due, first.dropDue).finally(() => telling.delete(id)),
      );
    }
    return waitMs;
  }

  /** Aside: a desk that is away is tried for an hour, and the others do not wait for it. */
  async function tell(desk: DeskId, dropped: readonly Inbound[], since: number): Promise<void> {
    try {
      const isTold = await tellDesk(desk, { kind: "dropped", count: dropped.length, since, senders: mostOf(dropped) });
      if (!isTold) return;
      for (const { id } of dropped) {
        await persist(() => records.inbound.update(id, (current) => current && counted(current)));
      }
    } catch (error) {
      log.error({ err: error, desk }, "dropped sms were not told");
    }
  }

  return {
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      await Promise.all(telling.values());
    },
  };
}

function counted({ dropDue: _, ...rest }: Inbound): Inbound {
  return rest;
}

/** Those who wrote most of it. */
function mostOf(dropped: readonly Inbound[]): { readonly peer: Peer; readonly count: number }[] {
  return [...groupBy(dropped, ({ peer }) => peer)]
    .map(([peer, { length: count }]) => ({ peer, count }))
    .toSorted((one, other) => other.count - one.count)
    .slice(0, mostSenders);
}
