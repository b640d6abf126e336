import type { RunningBulk } from "../bulk/bulk.ts";
import type { ConversationBook } from "../conversations/book.ts";
import { createLoop } from "../loop.ts";
import type { DeskId } from "../model/ids.ts";
import type { Operator } from "../model/message.ts";
import type { Peer } from "../model/phone.ts";
import { threadOf } from "../model/thread.ts";
import type { Ledger } from "../outbox/ledger.ts";
import type { Clock } from "../ports/clock.ts";
import type { Erased } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Collection, CollectionSpec, Store } from "../ports/store.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { Sequence } from "../sequence.ts";
import { countMessages, eraseMessages } from "./erase.ts";
import type { Journal } from "./journal.ts";

/** That a person is to be forgotten at a desk. It goes, with the number in it, when that is done, or a day after it was only asked for. */
interface Wish {
  readonly id: string;
  readonly desk: DeskId;
  readonly peer: Peer;
  /** Who said yes. Absent while it is only asked. */
  readonly by?: Operator;
  readonly confirmedAt?: number;
  /** What came or was written later belongs to somebody who begins anew. */
  readonly upTo?: number;
  /** How many messages there were. */
  readonly count?: number;
  /** Core has nothing of them any more: what is there now is of somebody who began anew. */
  readonly isErased?: true;
  /** Whether they did. */
  readonly isInUse?: boolean;
  /** What became of it in Telegram. */
  readonly erased?: Erased;
  readonly due?: number;
}

export interface Forgetting {
  /** Asks for it: changes nothing yet. Gives how many messages there are. The same `id` is the same question. */
  ask(id: string, desk: DeskId, peer: Peer): Promise<number>;
  /** Whose number it is about; `undefined` once it is over. */
  find(id: string): Promise<{ readonly desk: DeskId; readonly peer: Peer } | undefined>;
  /** From now on it happens, whatever comes between. `false` where it is over already. */
  confirm(id: string, by: Operator): Promise<boolean>;
  withdraw(id: string): Promise<boolean>;
}

const askedForMs = 24 * 60 * 60_000;
/** What is on the wire, or about to be shown, is waited for. */
const pauseMs = 3_000;
const idleMs = 60 * 60_000;
const pageSize = 100;

export const wishSpec: CollectionSpec<Wish> = {
  name: "forgetting",
  indexes: { due: ["due"] },
  parse(value) {
    const { id, desk, peer } = (value ?? {}) as Partial<Wish>;
    if (![id, desk, peer].every((field) => typeof field === "string")) throw new TypeError("not a wish");
    return value as Wish;
  },
};

/**
 * Erases a person at a desk, as due work: each step is harmless to repeat, and the wish is there until the last one is done.
 * First what core knows, then what Telegram shows.
 */
export async function openForgetting(deps: {
  readonly store: Store;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly conversations: ConversationBook;
  readonly journal: Journal & { erase(thread: string, upTo: number): Promise<void> };
  readonly bulk: Pick<RunningBulk, "forget">;
  readonly registry: Registry;
  readonly sequence: Sequence;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Forgetting & { start(): void; stop(): Promise<void> }> {
  const { records, conversations, journal, bulk, registry, sequence, clock, log } = deps;
  const wishes: Collection<Wish> = await deps.store.collection(wishSpec);
  const loop = createLoop({ clock, pass, onError: (err) => log.error({ err }, "forgetting failed") });

  async function pass(): Promise<number> {
    const waiting = await wishes.range("due", { limit: pageSize });
    let isLeft = false;
    for (const wish of waiting) isLeft = !(await tryToCarryOut(wish)) || isLeft;
    return isLeft ? pauseMs : idleMs;
  }

  async function tryToCarryOut(wish: Wish): Promise<boolean> {
    try {
      return await carryOut(wish);
    } catch (error) {
      log.warn({ desk: wish.desk, reason: error instanceof Error ? error.message : "unknown" }, "not forgotten yet");
      return false;
    }
  }

  async function carryOut({ id, desk: deskId, peer, by, ...wish }: Wish): Promise<boolean> {
    const { upTo = sequence.last(), confirmedAt = clock.now(), count = 0 } = wish;
    const thread = threadOf(deskId, peer);
    let { isInUse = false } = wish;
    if (!wish.isErased) {
      // Once more: a list may have been read meanwhile.
      await bulk.forget(deskId, peer);
      if (!(await eraseMessages(deps, thread, upTo))) return false;
      await journal.erase(thread, confirmedAt);
      isInUse = (await countMessages(records, thread, { from: upTo + 1 })) > 0;
      await conversations.forget(thread, { upTo, isInUse });
      await wishes.update(id, (current) => current && { ...current, isErased: true, isInUse });
    }
    if (by) await journal.note({ id, desk: deskId, by, what: "forget", facts: { count } });
    const desk = registry.findDesk(deskId);
    let { erased } = wish;
    if (desk) {
      const isUsed = async () => isInUse || (await countMessages(records, thread, { from: upTo + 1 })) > 0;
      await desk.erase({ thread, isInUse: isUsed }, async (outcome) => {
        // Once the topic is gone, whoever tries again finds none.
        const kept = await wishes.update(id, (current) => current && { ...current, erased: current.erased ?? outcome });
        erased = kept?.erased ?? outcome;
      });
      await desk.notify({ kind: "forgotten", count, erased: erased ?? "none" });
    }
    await wishes.delete(id);
    log.info({ desk: deskId, count }, "a person was forgotten");
    return true;
  }

  return {
    async ask(id, desk, peer) {
      await wishes.create(id, { id, desk, peer }, { expiresAt: clock.now() + askedForMs });
      return countMessages(records, threadOf(desk, peer));
    },
    async find(id) {
      const wish = await wishes.get(id);
      return wish && wish.due === undefined ? wish : undefined;
    },
    async confirm(id, by) {
      const wish = await wishes.get(id);
      if (!wish) return false;
      if (wish.due === undefined) {
        // First, so that no SMS to them is made after the moment that divides what goes from what begins anew.
        await bulk.forget(wish.desk, wish.peer);
        const now = clock.now();
        const count = await countMessages(records, threadOf(wish.desk, wish.peer));
        // Without an end: from now on it is due until it is done.
        await wishes.put(id, { ...wish, by, confirmedAt: now, upTo: sequence.last(), count, due: now });
      }
      loop.wake();
      return true;
    },
    async withdraw(id) {
      const wish = await wishes.get(id);
      if (!wish || wish.due !== undefined) return false;
      await wishes.delete(id);
      return true;
    },
    start() {
      loop.start();
      loop.wake();
    },
    stop: () => loop.stop(),
  };
}
