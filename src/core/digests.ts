import type { ConversationBook } from "./conversations.ts";
import { createLoop } from "./loop.ts";
import { type Digest, type DigestThread, digestOf } from "./model/digest.ts";
import type { DeskId } from "./model/ids.ts";
import type { ThreadId } from "./model/thread.ts";
import type { Clock } from "./ports/clock.ts";
import type { Notice } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { ToldMemory } from "./told.ts";

const dayMs = 24 * 60 * 60_000;
/** A bridge that was down at the hour tells it late, but not as late as this. */
const latestMs = 6 * 60 * 60_000;
const idleMs = 10 * 60_000;
/** More than a desk of people reads in a day. */
const mostThreads = 20_000;
/** Of one thread; who waited for longer than so many messages ago waits no more. */
const mostMessages = 500;

/** When a desk gets its digest, in epoch milliseconds. */
export interface DigestTimes {
  /** The last time at or before a moment. */
  latest(at: number): number;
  next(at: number): number;
  /** No digest is told of a time before this one, at which they were set. */
  readonly from?: number;
}

/** Once a day tells a desk how the day was. Told once, however often the bridge is started meanwhile. */
export function createDigests(deps: {
  readonly records: Records;
  readonly conversations: ConversationBook;
  readonly registry: Registry;
  readonly told: Pick<ToldMemory, "isFirst">;
  readonly tellDesk: (desk: DeskId, notice: Notice) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { records, conversations, registry, told, tellDesk, clock, log } = deps;
  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "digest failed") });

  async function pass(): Promise<number> {
    const now = clock.now();
    let waitMs = idleMs;
    for (const { id } of registry.desks) {
      const times = registry.findRules(id)?.digestTimes;
      if (times === undefined) continue;
      const at = times.latest(now);
      const isTime = now - at < latestMs && at >= (times.from ?? 0);
      if (isTime && (await told.isFirst(`digest/${id}/${at}`, 2 * dayMs))) await tell(id, at);
      waitMs = Math.min(waitMs, times.next(now) - now);
    }
    return Math.max(1, waitMs);
  }

  async function tell(desk: DeskId, to: number): Promise<void> {
    const digest = await read(desk, to);
    // A day on which nothing happened and nothing waits is no news.
    if (digest.received + digest.answers + digest.failed + digest.unanswered === 0) return;
    void tellDesk(desk, { kind: "digest", digest });
  }

  async function read(desk: DeskId, to: number): Promise<Digest> {
    const span = { from: to - dayMs, to };
    const open = await conversations.dueAt(desk, { limit: mostThreads });
    const active = await conversations.activeSince(desk, span.from, mostThreads);
    const threads: DigestThread[] = [];
    for (const { id } of active) threads.push(await threadOf(id));
    return digestOf(span, open, threads);
  }

  async function threadOf(thread: ThreadId): Promise<DigestThread> {
    const query = { equal: [thread], reverse: true, limit: mostMessages };
    return {
      inbound: await records.inbound.range("thread", query),
      outbound: await records.outbound.range("thread", query),
    };
  }

  return { start: async () => loop.start(), wake: () => loop.wake(), stop: () => loop.stop() };
}
