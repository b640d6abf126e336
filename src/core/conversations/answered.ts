import type { Outbound } from "../model/message.ts";
import { isUntimed } from "../outbound/choosing.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { ConversationBook } from "./conversations.ts";

/**
 * Keeps conversations in step with what becomes of answers. One that was stopped or certainly did not arrive is none, and whoever
 * waited for it waits again; one for later is none before it leaves. Where a process dies in between, the mark is due and is shown
 * after the next start: that is a change of the record, too, and so is followed like this one.
 */
export function followAnswers(deps: {
  readonly ledger: Ledger;
  readonly conversations: Pick<ConversationBook, "answer" | "takenBack">;
  readonly clock: Clock;
  readonly log: Log;
}): void {
  const { ledger, conversations, log } = deps;
  const persist = createPersist(deps);

  async function follow(message: Outbound): Promise<void> {
    const { id, thread, by, lane, origin, sendAt } = message;
    if (lane !== "answer" || !by || origin === undefined) return;
    if (isNone(message)) await persist(() => conversations.takenBack(thread, id));
    else if (message.state === "sending" && sendAt !== undefined) {
      const at = message.claimedAt ?? sendAt;
      await persist(() => conversations.answer(thread, { id, by, at }, { evenSo: true }));
    }
  }

  ledger.watch((message) => {
    follow(message).catch((error: unknown) => {
      // Its message may name the thread.
      log.warn({ messageId: message.id, reason: error instanceof Error ? error.name : "unknown" }, "answer not noted");
    });
  });
}

function isNone(message: Outbound): boolean {
  return message.state === "cancelled" || message.state === "failed" || isUntimed(message);
}
