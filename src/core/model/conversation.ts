import type { Reminded } from "./follow-up.ts";
import type { DeskId, MessageId } from "./ids.ts";
import type { Inbound, Operator } from "./message.ts";
import { isSeenTo } from "./opt-out.ts";
import type { Line, Peer } from "./phone.ts";
import { partsOfThread, type ThreadId } from "./thread.ts";

/**
 * What is known of a thread beside its messages: what people decided about it (who has it, closed, snoozed, blocked), and how
 * far it has been followed, which could be made again from the messages. Every time is in epoch milliseconds.
 */
export interface Conversation {
  readonly id: ThreadId;
  readonly desk: DeskId;
  readonly peer: Peer;
  /** As a person called them. */
  readonly name?: string;
  /** Of the customer's last SMS. Absent while they never wrote. */
  readonly line?: Line;
  /** Who has it in hand. */
  readonly claim?: { readonly by: Operator; readonly at: number };
  /** The next SMS opens it again. */
  readonly closedAt?: number;
  /** Until then nobody is reminded of it, and then it is brought back. */
  readonly snoozedUntil?: number;
  /** What this customer writes is kept and not shown. */
  readonly blockedAt?: number;
  /** The newest SMS that is counted here, 0 while there is none; an older one, or the same again, changes nothing. */
  readonly seq: number;
  /** When they wrote, or were written to, or named, last. */
  readonly activeAt: number;
  /** The newest of operators' answers. */
  readonly lastAnswer?: Answer;
  /** The first SMS to which nobody has answered yet. */
  readonly waitingSince?: number;
  /** The last wait that is over, up to which SMS, and the answers since. Is none of them one, it goes on. */
  readonly waited?: { readonly since: number; readonly seq: number; readonly answers: readonly Answer[] };
  /** Where the newest of their SMS is shown. */
  readonly post?: string;
  /** The SMS of that post that may mean an opt-out: there is a button for it. */
  readonly asks?: MessageId;
  /** When it last came back from a rest: reminders of a wait that was put off count from there. */
  readonly backAt?: number;
  readonly reminded?: Reminded;
  /** When there is something to do about it although nothing happens (`nextFollowUp`), be it never. Absent while it is not open. */
  readonly due?: number;
  /** What the desk shows of it (`cardKey`); while that is another one than it should be, `cardDue` says when it is brought up to date. */
  readonly shown?: string;
  readonly cardDue?: number;
}

export interface Answer {
  readonly id: MessageId;
  readonly by: Operator;
  readonly at: number;
  /** It was stopped, or certainly did not arrive. */
  readonly isNone?: true;
}

/**
 * How it stands, in one word: nobody has taken it up (`new`), somebody has it and the customer waits (`in-hand`), the customer
 * was answered (`waiting`, for the customer), or it rests.
 */
export type Phase = "new" | "in-hand" | "waiting" | "snoozed" | "closed" | "blocked";

export function phaseOf(conversation: Conversation): Phase {
  if (conversation.blockedAt !== undefined) return "blocked";
  if (conversation.closedAt !== undefined) return "closed";
  if (conversation.snoozedUntil !== undefined) return "snoozed";
  if (conversation.waitingSince === undefined) return "waiting";
  return conversation.claim ? "in-hand" : "new";
}

export function isOpen({ blockedAt, closedAt }: Conversation): boolean {
  return blockedAt === undefined && closedAt === undefined;
}

/** Equal for two records exactly when their cards look the same. When they were answered is shown with the next change of anything else. */
export function cardKey(conversation: Conversation): string {
  const { claim, line, snoozedUntil, name, waitingSince = 0 } = conversation;
  return `${phaseOf(conversation)} ${waitingSince} ${JSON.stringify([claim?.by.id, line, snoozedUntil, name])}`;
}

const turns: ReadonlySet<string> = new Set<Phase>(["in-hand", "waiting"]);

/** Whether of what is shown only whose turn it is has changed, as it does with each SMS and each answer of a lively talk. */
export function isOnlyTurn(shown: string | undefined, conversation: Conversation): boolean {
  const [before = "", _since, ...what] = (shown ?? "").split(" ");
  const [after = "", _now, ...now] = cardKey(conversation).split(" ");
  return turns.has(before) && turns.has(after) && what.join(" ") === now.join(" ");
}

/** One of which nothing is known yet. */
export function newConversation(thread: ThreadId, at: number): Conversation {
  return { id: thread, ...partsOfThread(thread), seq: 0, activeAt: at };
}

/**
 * The customer wrote: it is open again, and they wait unless they did before. What was brought from the past waits for nobody, and
 * neither does an opt-out.
 */
export function withInbound(current: Conversation, { line, seq, at, past, word }: Inbound): Conversation {
  if (past) return current.line === undefined ? { ...current, line } : current;
  if (seq <= current.seq) return current;
  const { closedAt: _closed, snoozedUntil: _snoozed, ...open } = current;
  const back = current.snoozedUntil === undefined ? {} : { backAt: at };
  const wait = isSeenTo(word) ? {} : { waitingSince: current.waitingSince ?? at };
  return { ...open, ...back, ...wait, line, seq, activeAt: at };
}

/** Their SMS stands there; an older one's place is no news. */
export function shownAt(current: Conversation, { id, seq, word }: Inbound, post: string): Conversation {
  if (seq < current.seq) return current;
  if (word === "asks") return current.post === post && current.asks === id ? current : { ...current, post, asks: id };
  if (current.post === post) return current;
  const { asks: _, ...rest } = current;
  return { ...rest, post };
}

/** That SMS needs no answer any more: who waits for nothing else waits no longer. */
export function seenTo(current: Conversation, { seq, at }: Inbound): Conversation {
  if (seq !== current.seq || at !== current.waitingSince) return current;
  const { waitingSince: _, ...rest } = current;
  return rest;
}

/** Whoever has it keeps it until somebody lets go. */
export function claimed(current: Conversation, by: Operator, at: number): Conversation {
  return current.claim ? current : { ...current, claim: { by, at } };
}

export function released({ claim: _, ...rest }: Conversation): Conversation {
  return rest;
}

/** Closed is answered for: nobody is reminded of it. An answer that it was closed after may still fail. */
export function closed(current: Conversation, at: number): Conversation {
  if (current.closedAt !== undefined) return current;
  const { waitingSince, waited, snoozedUntil: _, ...rest } = current;
  return { ...rest, ...(waited && waitingSince === undefined ? { waited } : {}), closedAt: at };
}

/** Put off: nobody is reminded until then, unless the customer writes again. */
export function snoozed(current: Conversation, until: number): Conversation {
  const { closedAt: _, ...open } = current;
  return current.snoozedUntil === until ? current : { ...open, snoozedUntil: until };
}

/** Taken up again, at its time or before. */
export function unsnoozed({ snoozedUntil: _, ...rest }: Conversation, at: number): Conversation {
  return { ...rest, backAt: at };
}

/** Nobody is reminded of it. Whoever waited for an answer still does when they are no longer blocked. */
export function blocked(current: Conversation, at: number): Conversation {
  return current.blockedAt === undefined ? { ...current, blockedAt: at } : current;
}

/** As after a rest: a wait of before it is not told of at once, and silence counts from now. */
export function unblocked({ blockedAt: _, ...rest }: Conversation, at: number): Conversation {
  return { ...rest, backAt: at };
}

export function reopened({ closedAt: _, ...rest }: Conversation): Conversation {
  return rest;
}

export function named(current: Conversation, name: string | undefined): Conversation {
  if (current.name === name) return current;
  const { name: _, ...rest } = current;
  return name === undefined ? rest : { ...rest, name };
}

/** Whatever the desk shows of it is looked at again. */
export function unseen({ shown: _, ...rest }: Conversation): Conversation {
  return rest;
}

/** As of somebody who wrote after `upTo` for the first time, or not at all. */
export function withoutPast(current: Conversation, upTo: number): Conversation {
  const { id, line, seq, activeAt, shown, post } = current;
  const bare = { ...newConversation(id, activeAt), ...(shown === undefined ? {} : { shown }), seq, cardDue: activeAt };
  if (seq <= upTo) return bare;
  const newest = { ...(line === undefined ? {} : { line }), ...(post === undefined ? {} : { post }) };
  return { ...bare, ...newest, waitingSince: activeAt };
}
