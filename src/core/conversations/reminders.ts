import { createLoop } from "../loop.ts";
import type { Conversation } from "../model/conversation.ts";
import { type FollowUp, nextFollowUp } from "../model/follow-up.ts";
import type { DeskId } from "../model/ids.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import { type Desk, DeskError, type Reminder } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { refusedMs } from "../showing/due-shower.ts";
import type { Rest } from "../showing/rest.ts";
import type { ConversationBook } from "./book.ts";
import { lastLinesOf } from "./last-lines.ts";

/** No more are looked at together; the others come right behind them. */
const mostTogether = 100;
const idleMs = 60_000;
const faultMs = 2000;

/**
 * What is to be done about conversations in which nothing happens: customers who wait, rests that are over, silence. When is in
 * the index of the store, so that a start has nothing to learn and a bridge that was down does once what was due meanwhile.
 */
export function createReminders(deps: {
  readonly records: Records;
  readonly conversations: ConversationBook;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { records, conversations, registry, rest, clock, log } = deps;
  const persist = createPersist(deps);
  const busy = new Map<DeskId, Promise<void>>();
  const pausedUntil = new Map<DeskId, number>();
  /** What is due before then wakes the loop. */
  let nextPassAt = Number.POSITIVE_INFINITY;
  let isStopped = true;

  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "pass of reminders failed") });
  conversations.watch(({ due }) => {
    if (due !== undefined && due < nextPassAt) loop.wake();
  });

  async function pass(): Promise<number> {
    // Whatever moves while this looks around is looked at again.
    nextPassAt = Number.POSITIVE_INFINITY;
    let waitMs = idleMs;
    for (const desk of registry.desks) {
      if (busy.has(desk.id)) continue;
      const [first] = await conversations.dueAt(desk.id, { limit: 1 });
      if (first?.due === undefined) continue;
      const at = Math.max(first.due, pausedUntil.get(desk.id) ?? 0);
      const restMs = Math.max(rest.restMs(desk.id), at - clock.now());
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
      else begin(desk);
    }
    nextPassAt = clock.now() + waitMs;
    return waitMs;
  }

  function begin(desk: Desk): void {
    const work = settle(desk)
      .catch((error: unknown) => {
        log.error({ err: error, desk: desk.id }, "reminders failed");
        pausedUntil.set(desk.id, clock.now() + faultMs);
      })
      .finally(() => {
        busy.delete(desk.id);
        loop.wake();
      });
    busy.set(desk.id, work);
  }

  async function settle(desk: Desk): Promise<void> {
    const { told, quiet } = await dueOf(desk.id);
    for (const { conversation, why } of quiet) await persist(() => conversations.followedUp(conversation.id, why));
    if (told.length > 0 && !isStopped) await remind(desk);
  }

  async function remind(desk: Desk): Promise<void> {
    let asked: readonly Reminder[] = [];
    const read = async () => {
      const { told } = await dueOf(desk.id);
      asked = await Promise.all(told.map(withTalk));
      return asked;
    };
    let isTold = false;
    try {
      await desk.remind(read, async (reminders, post) => {
        isTold = true;
        for (const { conversation, why } of reminders) {
          await persist(() => conversations.followedUp(conversation.id, why, post));
        }
      });
      rest.worked(desk.id);
      if (!isTold) pausedUntil.set(desk.id, clock.now() + faultMs);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ desk: desk.id, code: error.code, reason: error.message }, "operators were not reminded yet");
      if (error.code !== "refused") return rest.failed(desk.id, error);
      const until = clock.now() + refusedMs;
      for (const { conversation } of asked) await persist(() => conversations.postpone(conversation.id, until));
    }
  }

  /** What is due, and still so: some of it the desk tells, the other is done without a word. */
  async function dueOf(desk: DeskId) {
    const now = clock.now();
    const rules = registry.findRules(desk)?.followUp;
    const told: Reminder[] = [];
    const quiet: { conversation: Conversation; why: FollowUp | undefined }[] = [];
    for (const conversation of await conversations.dueAt(desk, { to: now, limit: mostTogether })) {
      const next = rules && nextFollowUp(conversation, rules, now);
      const why = next && next.at <= now ? next : undefined;
      if (why === undefined || why.kind === "close") quiet.push({ conversation, why });
      else told.push({ conversation, why });
    }
    return { told, quiet };
  }

  /** Of those that the desk has seen: what came while they were blocked is not shown now either. */
  async function withTalk(reminder: Reminder): Promise<Reminder> {
    const { id, seq } = reminder.conversation;
    const [lastSms] = await records.inbound.range("thread", { equal: [id], to: seq, reverse: true, limit: 1 });
    const lines = reminder.why.kind === "back" ? { lastLines: await lastLinesOf(records, id, seq) } : {};
    return { ...reminder, ...lines, ...(lastSms === undefined ? {} : { lastSms }) };
  }

  return {
    async start() {
      isStopped = false;
      loop.start();
    },
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      await loop.stop();
      await Promise.all(busy.values());
    },
  };
}
