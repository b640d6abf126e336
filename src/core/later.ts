import type { Change } from "./bridge.ts";
import type { Conversations } from "./conversations.ts";
import type { Ledger } from "./ledger.ts";
import type { DeskId, MessageId } from "./model/ids.ts";
import type { Outbound } from "./model/message.ts";
import type { ThreadId } from "./model/thread.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";

const mostListed = 1000;

/** What operators want to leave later. It waits here and not at its panel, so that it can be changed and cancelled until then. */
export interface Laters {
  /** What waits for its time at a desk, or in one thread; what leaves first is first. */
  waiting(desk: DeskId, thread?: ThreadId): Promise<readonly Outbound[]>;
  /** Another text or time, in one step, until `sending`. */
  change(id: MessageId, to: { readonly text: string; readonly sendAt: number }): Promise<Change>;
}

export function createLaters(deps: {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly conversations: Conversations;
  readonly log: Log;
}): Laters {
  const { records, ledger, registry, conversations, log } = deps;
  // Nobody has answered the customer before it leaves.
  ledger.watch((message) => {
    const { id, thread, by, sendAt, claimedAt, lane, origin } = message;
    if (message.state !== "sending" || sendAt === undefined || lane !== "answer" || !by || origin === undefined) return;
    conversations.answer(thread, { id, by, at: claimedAt ?? sendAt }, { evenSo: true }).catch((error: unknown) => {
      // Its message may name the thread.
      log.warn({ messageId: id, reason: error instanceof Error ? error.name : "unknown" }, "later answer not noted");
    });
  });

  return {
    async waiting(desk, thread) {
      const all = await records.outbound.range("later", { equal: [desk, "answer", "scheduled"], limit: mostListed });
      return thread === undefined ? all : all.filter((message) => message.thread === thread);
    },

    async change(id, to) {
      let outcome: Change["outcome"] = "unknown";
      const moved = await ledger.move(id, (current) => {
        const giveUpMs = registry.findRules(current.desk)?.giveUpMs ?? 0;
        const next = changed(current, to, giveUpMs);
        outcome = typeof next === "string" ? next : "done";
        return typeof next === "string" ? undefined : next;
      });
      return moved ? { outcome, message: moved.message } : { outcome: "unknown" };
    },
  };
}

function changed(
  current: Outbound,
  { text, sendAt }: { text: string; sendAt: number },
  giveUpMs: number,
): Outbound | "same" | "late" {
  if (current.text === text && current.sendAt === sendAt) return "same";
  if (current.sendAt === undefined || (current.state !== "held" && current.state !== "queued")) return "late";
  const giveUpAt = sendAt + giveUpMs;
  // What waits for a person's word goes on waiting for it.
  if (current.state === "held" && current.hold !== "scheduled") return { ...current, text, sendAt, giveUpAt };
  const { failure: _failure, triedSince: _since, ...rest } = current;
  return { ...rest, text, sendAt, state: "held", hold: "scheduled", due: sendAt, tries: 0, giveUpAt };
}
