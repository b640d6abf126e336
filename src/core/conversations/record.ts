import { type Conversation, cardKey, isOnlyTurn, isOpen } from "../model/conversation.ts";
import { type FollowUpRules, nextFollowUp } from "../model/follow-up.ts";
import type { DeskId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { CollectionSpec } from "../ports/store.ts";

/** Each new sign of a topic is a line in it, so one that changes to and fro waits for this long. */
const turnMs = 20_000;
/** Later than any clock tells. */
const never = Number.MAX_SAFE_INTEGER;

export const conversationSpec: CollectionSpec<Conversation> = {
  name: "conversations",
  indexes: { cardDue: ["cardDue"], due: ["desk", "due"], activeAt: ["desk", "activeAt"] },
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, desk, peer, seq, activeAt } = value as Partial<Conversation>;
    const isWhole = [id, desk, peer].every((field) => typeof field === "string");
    if (!isWhole || typeof seq !== "number" || typeof activeAt !== "number") throw new TypeError("not a conversation");
    return value as Conversation;
  },
};

/** When there is something to do about a conversation: what its record says of that follows from the rest of it. */
export function createDues(deps: { readonly clock: Clock; followUpOf(desk: DeskId): FollowUpRules | undefined }) {
  const { clock } = deps;

  function withCardDue(conversation: Conversation): Conversation {
    const { cardDue = never, ...rest } = conversation;
    if (cardKey(rest) === rest.shown) return rest;
    const now = clock.now();
    return { ...rest, cardDue: isOnlyTurn(rest.shown, rest) ? Math.min(cardDue, now + turnMs) : now };
  }

  function withDue({ due: _, ...conversation }: Conversation): Conversation {
    const rules = deps.followUpOf(conversation.desk);
    if (rules === undefined || !isOpen(conversation)) return conversation;
    return { ...conversation, due: nextFollowUp(conversation, rules, clock.now())?.at ?? never };
  }

  return { withCardDue, withDue };
}
