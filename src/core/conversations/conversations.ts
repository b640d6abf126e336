import {
  type Collision,
  collisionOf,
  withAnswer,
  withAnswerAfterAll,
  withLater,
  withoutAnswer,
} from "../model/answering.ts";
import {
  blocked,
  type Conversation,
  cardKey,
  claimed,
  closed,
  named,
  newConversation,
  released,
  reopened,
  seenTo,
  shownAt,
  snoozed,
  unblocked,
  unseen,
  unsnoozed,
  withInbound,
  withoutPast,
} from "../model/conversation.ts";
import { type FollowUpRules, followedUp, nextFollowUp } from "../model/follow-up.ts";
import type { DeskId } from "../model/ids.ts";
import type { ThreadId } from "../model/thread.ts";
import { everything, pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Collection, Store } from "../ports/store.ts";
import type { ConversationBook, Decision } from "./book.ts";
import { conversationSpec, createDues } from "./record.ts";

export async function openConversations(deps: {
  readonly store: Store;
  readonly clock: Clock;
  collisionMsOf(desk: string): number;
  followUpOf(desk: string): FollowUpRules | undefined;
}): Promise<ConversationBook> {
  const { clock } = deps;
  const { withCardDue, withDue } = createDues(deps);
  const records: Collection<Conversation> = await deps.store.collection(conversationSpec);
  const listeners: ((conversation: Conversation, isForgotten: boolean) => void)[] = [];

  function tell(conversation: Conversation | undefined, isForgotten = false): void {
    if (conversation) for (const listener of listeners) listener(conversation, isForgotten);
  }

  /** `change` gives the new record, or the same to leave it; it must be pure. */
  async function move(
    thread: ThreadId,
    change: (current: Conversation | undefined) => Conversation | undefined,
  ): Promise<Decision> {
    let isChanged = false;
    const conversation = await records.update(thread, (current) => {
      const next = change(current);
      isChanged = next !== undefined && next !== current;
      return isChanged && next ? withDue(withCardDue(next)) : current;
    });
    if (conversation === undefined) return { outcome: "unknown" };
    if (isChanged) tell(conversation);
    return { outcome: isChanged ? "done" : "same", conversation };
  }

  const allOf = (desk: DeskId) =>
    pagesOf(records, "activeAt", { equal: [desk], numberOf: (conversation) => conversation.activeAt });

  const decide = (thread: ThreadId, change: (current: Conversation) => Conversation) =>
    move(thread, (current) => current && change(current));

  return {
    find: (thread) => records.get(thread),

    async answer(thread, answer, { evenSo = false } = {}) {
      let collision: Collision | undefined;
      await move(thread, (known) => {
        const current = known ?? newConversation(thread, answer.at);
        const withinMs = deps.collisionMsOf(current.desk);
        collision = evenSo ? undefined : collisionOf(current, answer, withinMs);
        return collision || current.lastAnswer?.id === answer.id ? known : withAnswer(current, answer);
      });
      return collision;
    },

    async takenBack(thread, id, { isStopped }) {
      await decide(thread, (current) => withoutAnswer(current, id, isStopped));
    },
    async stands(thread, id) {
      await decide(thread, (current) => withAnswerAfterAll(current, id));
    },
    async left(thread, later) {
      await move(thread, (current) => withLater(current ?? newConversation(thread, later.at), later));
    },

    async claim(thread, by) {
      const decision = await decide(thread, (current) => claimed(current, by, clock.now()));
      const isHers = decision.outcome !== "same" || decision.conversation?.claim?.by.id === by.id;
      return isHers ? decision : { ...decision, outcome: "taken" };
    },
    release: (thread) => decide(thread, (current) => (current.claim ? released(current) : current)),
    close: (thread) => decide(thread, (current) => closed(current, clock.now())),
    block: (thread) => move(thread, (current) => blocked(current ?? newConversation(thread, clock.now()), clock.now())),
    unblock: (thread) =>
      decide(thread, (current) => (current.blockedAt === undefined ? current : unblocked(current, clock.now()))),
    name: (thread, name) =>
      move(thread, (current) =>
        current?.name === name ? current : named(current ?? newConversation(thread, clock.now()), name),
      ),
    showAgain: (thread) => decide(thread, unseen),
    reopen: (thread) => decide(thread, (current) => (current.closedAt === undefined ? current : reopened(current))),

    snooze: (thread, until) => decide(thread, (current) => snoozed(current, until)),
    unsnooze: (thread) =>
      decide(thread, (current) => (current.snoozedUntil === undefined ? current : unsnoozed(current, clock.now()))),

    async note(shown, { post, as }) {
      for (const sms of shown) {
        await move(sms.thread, (current) => {
          const next = shownAt(withInbound(current ?? newConversation(sms.thread, sms.at), sms), sms, post);
          return cardKey(next) === cardKey(as) ? next : unseen(next);
        });
      }
    },

    async seenTo(sms) {
      await decide(sms.thread, (current) => seenTo(current, sms));
    },

    async showed(thread, shown) {
      tell(await records.update(thread, (current) => current && withCardDue({ ...current, shown })));
    },

    async postponeCard(refused, until) {
      const isAsRefused = (current: Conversation) => cardKey(current) === cardKey(refused);
      tell(
        await records.update(refused.id, (current) =>
          current && isAsRefused(current) ? { ...current, cardDue: until } : current,
        ),
      );
    },

    due: () => records.range("cardDue", { limit: everything }),
    dueAt: (desk, query) => records.range("due", { equal: [desk], ...query }),
    async followedUp(thread, done, post) {
      await decide(thread, (current) => {
        const rules = deps.followUpOf(current.desk);
        const next = rules && nextFollowUp(current, rules, clock.now());
        const isSame = done !== undefined && next?.kind === done.kind && next.at <= clock.now();
        // A copy: also where nothing is to be done after all, it is to be known when there will be.
        if (!isSame || rules === undefined) return { ...current };
        const facts = { at: clock.now(), hasChiefs: rules.hasChiefs };
        return followedUp(current, done, post === undefined ? facts : { ...facts, post });
      });
    },
    async postpone(thread, until) {
      await records.update(thread, (current) => current && { ...current, due: until });
    },
    async replan(desk, signal) {
      for await (const page of allOf(desk)) {
        if (signal?.aborted) return;
        const moved = page.filter((conversation) => withDue(conversation).due !== conversation.due);
        await Promise.all(moved.map(({ id }) => decide(id, (current) => ({ ...current }))));
      }
    },
    allOf,
    async forget(thread, { upTo, isInUse }) {
      const left = await records.update(thread, (current) => current && withDue(withoutPast(current, upTo)));
      if (left === undefined || left.seq > upTo || isInUse) return tell(left);
      await records.delete(thread);
      const { cardDue: _card, due: _due, ...gone } = left;
      tell(gone, true);
    },
    watch(listener) {
      listeners.push(listener);
    },
  };
}
