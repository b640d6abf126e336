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

interface Answer {
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

/** Another operator's answer of just now, because of which one is held. */
export interface Collision {
  readonly by: Operator;
  readonly at: number;
}

/** Somebody else, who has the thread, answered within `withinMs` before. An answer that is known already collides with nothing. */
export function collisionOf(
  { claim, lastAnswer }: Conversation,
  answer: Answer,
  withinMs: number,
): Collision | undefined {
  if (!lastAnswer || lastAnswer.id === answer.id || lastAnswer.by.id === answer.by.id) return undefined;
  if (claim?.by.id === answer.by.id) return undefined;
  return answer.at - lastAnswer.at < withinMs ? { by: lastAnswer.by, at: lastAnswer.at } : undefined;
}

/** An operator answers: the first who does has it, the customer waits no more, and a rest is over. */
export function withAnswer(current: Conversation, { id, by, at }: Answer): Conversation {
  const { waitingSince: _waiting, waited: _waited, snoozedUntil: _snoozed, closedAt: _closed, ...rest } = current;
  const lastAnswer = { id, by, at };
  const waited = waitEndedBy(current, lastAnswer);
  return {
    ...rest,
    ...(waited ? { waited } : {}),
    claim: current.claim ?? { by, at },
    lastAnswer,
    activeAt: Math.max(current.activeAt, at),
  };
}

/** The oldest of more are forgotten: that nobody got any of so many does not happen one by one. */
const mostAnswers = 20;

function waitEndedBy({ waitingSince, waited, seq }: Conversation, answer: Answer): Conversation["waited"] {
  // A wait that went on because its answers came to nothing remembers them: one may turn out to have arrived.
  const isSameWait = waitingSince === undefined || (waited?.since === waitingSince && waited.seq === seq);
  if (waitingSince !== undefined && !isSameWait) return { since: waitingSince, seq, answers: [answer] };
  const others = waited?.answers.filter(({ id }) => id !== answer.id);
  return waited && others && { ...waited, answers: [...others, answer].slice(-mostAnswers) };
}

/** One that was written for later leaves at its time, `at`. What was written, answered or closed after that is not meant by it. */
export function withLater(current: Conversation, later: Answer): Conversation {
  const { lastAnswer, waitingSince, activeAt, closedAt = 0 } = current;
  const isAnswered = lastAnswer !== undefined && lastAnswer.at >= later.at;
  const isAskedSince = waitingSince !== undefined && activeAt > later.at;
  return isAnswered || isAskedSince || closedAt > later.at ? current : withAnswer(current, later);
}

/**
 * Nobody got that answer: nobody collides with it, and whoever waited for it still does. Who began it has them in hand. A closed
 * conversation stays so where somebody stopped the answer (`isStopped`); one that failed opens it again.
 */
export function withoutAnswer(current: Conversation, id: MessageId, isStopped: boolean): Conversation {
  const { waited, lastAnswer, ...rest } = current;
  const one = waited?.answers.find((answer) => answer.id === id);
  const isLast = lastAnswer?.id === id;
  if ((!one || one.isNone) && !isLast) return current;
  const answers = waited?.answers.map((answer) => (answer === one ? { ...answer, isNone: true as const } : answer));
  const left = answers?.filter(({ isNone }) => !isNone) ?? [];
  const newest = isLast ? left.at(-1) : lastAnswer;
  const next = { ...rest, ...(newest ? { lastAnswer: newest } : {}) };
  if (!waited || !answers) return next;
  const kept = { ...next, waited: { ...waited, answers } };
  if (!one || left.length > 0 || (isStopped && current.closedAt !== undefined)) return kept;
  const { closedAt: _, ...open } = kept;
  return { ...open, waitingSince: Math.min(waited.since, current.waitingSince ?? waited.since) };
}

/** It was an answer after all: it arrived, or is tried again. Who wrote after that wait still waits. */
export function withAnswerAfterAll(current: Conversation, id: MessageId): Conversation {
  const { waited, lastAnswer, waitingSince, ...rest } = current;
  const one = waited?.answers.find((answer) => answer.id === id && answer.isNone);
  if (!waited || !one) return current;
  const { isNone: _, ...again } = one;
  const answers = waited.answers.map((answer) => (answer === one ? again : answer));
  const isOver = waitingSince === undefined || current.seq === waited.seq;
  return {
    ...rest,
    ...(isOver ? {} : { waitingSince }),
    waited: { ...waited, answers },
    lastAnswer: lastAnswer && lastAnswer.at > again.at ? lastAnswer : again,
  };
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
