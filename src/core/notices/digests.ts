import type { ConversationBook } from "../conversations/book.ts";
import { createLoop } from "../loop.ts";
import type { CreditOutlook } from "../model/credit-pace.ts";
import type { DeskId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { DailyTimes } from "../showing/drops.ts";
import { createDigestReading } from "./digest-reading.ts";
import type { ToldMemory } from "./told.ts";

const dayMs = 24 * 60 * 60_000;
/** A bridge that was down at the hour tells it late, but not as late as this. */
const latestMs = 6 * 60 * 60_000;
const idleMs = 10 * 60_000;

/** When a desk gets its digest, in epoch milliseconds. */
export interface DigestTimes extends DailyTimes {
  /** The last time at or before a moment. */
  latest(at: number): number;
  /** No digest is told of a time before this one, at which they were set. */
  readonly from?: number;
}

/** Once a day tells a desk how the day was. Told once, however often the bridge is started meanwhile. */
export function createDigests(deps: {
  readonly records: Records;
  readonly conversations: ConversationBook;
  readonly registry: Registry;
  readonly told: Pick<ToldMemory, "isFirst" | "has">;
  /** As it was read last. */
  readonly creditsOf: (desk: DeskId) => Promise<readonly CreditOutlook[]>;
  readonly tellDesk: (desk: DeskId, notice: Notice) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { registry, told, tellDesk, creditsOf, clock, log } = deps;
  const read = createDigestReading(deps);
  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "digest failed") });

  async function pass(): Promise<number> {
    const now = clock.now();
    let waitMs = idleMs;
    for (const { id } of registry.desks) {
      const times = registry.findRules(id)?.digestTimes;
      if (times === undefined) continue;
      const at = times.latest(now);
      if (now - at < latestMs && at >= (times.from ?? 0)) await tell(id, at);
      waitMs = Math.min(waitMs, times.next(now) - now);
    }
    return Math.max(1, waitMs);
  }

  async function tell(desk: DeskId, to: number): Promise<void> {
    const key = `digest/${desk}/${to}`;
    if (await told.has(key)) return;
    const digest = await read(desk, to);
    const credits = await creditsOf(desk);
    if (!(await told.isFirst(key, 2 * dayMs))) return;
    // A day on which nothing happened and nothing waits is no news.
    if (digest.received + digest.answers + digest.failed + digest.uncertain + digest.unanswered === 0) return;
    void tellDesk(desk, { kind: "digest", digest, credits });
  }

  return { start: async () => loop.start(), wake: () => loop.wake(), stop: () => loop.stop() };
}
