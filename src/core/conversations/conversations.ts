import {
  blocked,
  type Collision,
  type Conversation,
  cardKey,
  claimed,
  closed,
  collisionOf,
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
  withAnswer,
  withAnswerAfterAll,
  withInbound,
  withLater,
  withoutAnswer,
  withoutPast,
} from "../model/conversation.ts";
import { type FollowUp, type FollowUpRules, followedUp, nextFollowUp } from "../model/follow-up.ts";
import type { DeskId, MessageId } from "../model/ids.ts";
import type { Inbound, Operator } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { everything, pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Collection, Store } from "../ports/store.ts";
import { conversationSpec, createDues } from "./record.ts";

/** What the Telegram side may ask of a thread. Each is one atomic step, and safe to repeat. */
export interface Conversations {
  find(thread: ThreadId): Promise<Conversation | undefined>;
  /**
   * Before an answer is accepted: the first who answers has the thread. Somebody else's answer of just now is given back instead,
   * and nothing changes; with `evenSo` it is passed over.
   */
  answer(thread: ThreadId, answer: NewAnswer, options?: { evenSo?: boolean }): Promise<Collision | undefined>;
  /** `taken`: somebody else has it, and keeps it. */
  claim(thread: ThreadId, by: Operator): Promise<Decision>;
  release(thread: ThreadId): Promise<Decision>;
  close(thread: ThreadId): Promise<Decision>;
  reopen(thread: ThreadId): Promise<Decision>;
  /** Puts it off: at `until` (epoch milliseconds) it comes back by itself. */
  snooze(thread: ThreadId, until: number): Promise<Decision>;
  unsnooze(thread: ThreadId): Promise<Decision>;
  /** Also for somebody who never wrote. What they write from now on is kept and not shown. */
  block(thread: ThreadId): Promise<Decision>;
  unblock(thread: ThreadId): Promise<Decision>;
  /** Also for somebody who never wrote. Without a name, takes it away. */
  name(thread: ThreadId, name: string | undefined): Promise<Decision>;
  /** Somebody has changed at the desk what that shows of it: it is shown again as it is. */
  showAgain(thread: ThreadId): Promise<Decision>;
}

export interface NewAnswer {
  readonly id: MessageId;
  readonly by: Operator;
  /** When it was written, epoch milliseconds. */
  readonly at: number;
}

export interface Decision {
  /** `done`: it took effect; `same`: it was so already; `taken`: see `claim`; `unknown`: no customer ever wrote in this thread. */
  readonly outcome: "done" | "same" | "taken" | "unknown";
  readonly conversation?: Conversation;
}

/** What the rest of core asks. */
export interface ConversationBook extends Conversations {
  /**
   * SMS that are shown at `post` now, or are about to be settled as shown. Each is counted once. Where the thread does not stand
   * as it did when the post was made (`as`), what the post carried of it is brought up to date.
   */
  note(shown: readonly Inbound[], at: { readonly post: string; readonly as: Conversation }): Promise<void>;
  /** An answer that nobody got is none, stopped or failed: who waited for it waits again. */
  takenBack(thread: ThreadId, id: MessageId, options: { isStopped: boolean }): Promise<void>;
  /** It is an answer after all: it was taken back, and has arrived or is on its way. */
  stands(thread: ThreadId, id: MessageId): Promise<void>;
  /** One that was written for later has left, or may have; `at` is its time. */
  left(thread: ThreadId, later: NewAnswer): Promise<void>;
  /** An operator has seen to that SMS in another way than by an answer. */
  seenTo(sms: Inbound): Promise<void>;
  /** The desk shows this now. Where the record has moved on meanwhile, its card stays due. */
  showed(thread: ThreadId, shown: string): Promise<void>;
  /** The card as it was then cannot be shown before `until`; a newer one may be. */
  postponeCard(refused: Conversation, until: number): Promise<void>;
  due(): Promise<readonly Conversation[]>;
  /** Of a desk, those that are open, the one whose `due` comes first before the others. */
  dueAt(desk: DeskId, query: { to?: number; limit: number }): Promise<readonly Conversation[]>;
  /** What was due of it has been done; where it has moved on meanwhile, nothing changes but when it is due. */
  followedUp(thread: ThreadId, done: FollowUp | undefined, post?: string): Promise<void>;
  /** What is due cannot be shown before `until`, unless it moves on. */
  postpone(thread: ThreadId, until: number): Promise<void>;
  /** The desk's times have changed: what is due by them is due anew. */
  replan(desk: DeskId, signal?: AbortSignal): Promise<void>;
  /** All of a desk, page after page; one that moves meanwhile may come twice. */
  allOf(desk: DeskId): AsyncIterable<readonly Conversation[]>;
  /** Nothing stays of it, but that somebody wrote after `upTo` in the order of SMS, or that it is in use since. */
  forget(thread: ThreadId, past: { readonly upTo: number; readonly isInUse: boolean }): Promise<void>;
  /** `isForgotten`: this is what was left of it, and no record is. */
  watch(listener: (conversation: Conversation, isForgotten: boolean) => void): void;
}

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
