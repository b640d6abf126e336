import type { Collision } from "../model/answering.ts";
import type { Conversation } from "../model/conversation.ts";
import type { FollowUp } from "../model/follow-up.ts";
import type { DeskId, MessageId } from "../model/ids.ts";
import type { Inbound, Operator } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";

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
