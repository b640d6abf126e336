import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { MessageId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { ConversationBook } from "./book.ts";

/**
 * Keeps conversations in step with what becomes of answers. One that was stopped or certainly did not arrive is none, and whoever
 * waited for it waits again, until a report says otherwise; one for later is none before it leaves. Where a process dies in between,
 * the mark is due and is shown after the next start: that is a change of the record, too, and so is followed like this one.
 */
export interface Answered {
  stop(): Promise<void>;
}

export function createAnswered(deps: {
  readonly ledger: Ledger;
  readonly conversations: Pick<ConversationBook, "takenBack" | "stands" | "left">;
  readonly clock: Clock;
  readonly log: Log;
}): Answered {
  const { ledger, conversations, clock, log } = deps;
  const persist = createPersist(deps);
  const inTurn = createKeyedQueue();
  const working = new Set<Promise<void>>();
  const stopping = new AbortController();

  /** By the record as it is by now, so that an old change overtakes no newer one. */
  async function follow(id: MessageId): Promise<void> {
    const message = await ledger.find(id);
    if (!message?.by) return;
    const { thread, by, sendAt } = message;
    if (isNone(message)) return conversations.takenBack(thread, id, { isStopped: message.state !== "failed" });
    if (!isOut(message)) return;
    await conversations.stands(thread, id);
    if (sendAt !== undefined && sendAt <= clock.now()) await conversations.left(thread, { id, by, at: sendAt });
  }

  async function settle({ id, thread }: Outbound): Promise<void> {
    try {
      await inTurn(thread, () => persist(() => follow(id), stopping.signal));
    } catch (error) {
      // Its message may name the thread.
      log.warn({ messageId: id, reason: error instanceof Error ? error.name : "unknown" }, "answer not noted");
    }
  }

  ledger.watch((message) => {
    const isAnswer = message.lane === "answer" && message.by !== undefined && message.origin !== undefined;
    if (!isAnswer || !(isNone(message) || isOut(message)) || stopping.signal.aborted) return;
    const work = settle(message).finally(() => working.delete(work));
    working.add(work);
  });

  return {
    async stop() {
      stopping.abort();
      await Promise.all(working);
    },
  };
}

/** What waits for a person's word, or for its time, has answered nobody. */
function isNone({ state, hold, due }: Outbound): boolean {
  const isHeldBack = state === "held" && (due === undefined || hold === "scheduled");
  return state === "cancelled" || state === "failed" || isHeldBack;
}

/** It has left, or may have. */
function isOut({ state }: Outbound): boolean {
  return state !== "held" && state !== "queued" && state !== "failed" && state !== "cancelled";
}
