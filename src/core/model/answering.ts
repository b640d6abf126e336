import type { Answer, Conversation } from "./conversation.ts";
import type { MessageId } from "./ids.ts";
import type { Operator } from "./message.ts";

// What operators' answers make of a conversation: which one ends a wait, which was none after all, and which two collide. The steps are
// pure, each from a record to the next one.

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
