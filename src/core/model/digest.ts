import { groupBy } from "../../support/group-by.ts";
import { type Conversation, phaseOf } from "./conversation.ts";
import { canBeAnswered } from "./follow-up.ts";
import type { Inbound, Operator, Outbound } from "./message.ts";
import { isSeenTo } from "./opt-out.ts";

/** What happened at a desk between two moments (`from` included, `to` not), and how it stands. */
export interface Digest extends Span {
  /** SMS that came in and were shown. */
  readonly received: number;
  /** Operators' answers that were taken by a panel, or are on their way. */
  readonly answers: number;
  /** Operators' answers that certainly failed. */
  readonly failed: number;
  /** Operators' answers of which nobody knows whether they were sent. */
  readonly uncertain: number;
  /** Conversations that are not closed, and those of them in which a customer waits who could be answered. */
  readonly open: number;
  readonly unanswered: number;
  /** Who answered most comes first. */
  readonly operators: readonly OperatorDigest[];
  /** The days before `to`, the oldest first; the last is the one that is told. */
  readonly days: readonly DayDigest[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Of the waits that answers ended. Both are absent where nobody waited for any of them. */
export interface ResponseTimes {
  /** Half of the waits were no longer. */
  readonly medianMs?: number;
  readonly slowestMs?: number;
}

export interface OperatorDigest extends ResponseTimes {
  readonly by: Operator;
  readonly answers: number;
}

export interface DayDigest extends Span, ResponseTimes {
  readonly received: number;
  readonly answers: number;
}

export type ReceivedFacts = Pick<Inbound, "at" | "past" | "hidden" | "dropped" | "word">;
export type SentFacts = Pick<Outbound, "at" | "lane" | "by" | "state">;

/** The messages of one conversation; of before the first day those are enough that tell since when somebody waits. */
export interface DigestThread {
  readonly inbound: readonly ReceivedFacts[];
  readonly outbound: readonly SentFacts[];
}

/** `days` are consecutive, the oldest first; the digest tells of the last. Of `conversations`, the desk's, only the open ones count. */
export function digestOf(
  days: readonly Span[],
  conversations: { readonly open: number; readonly unanswered: number },
  threads: readonly DigestThread[],
): Digest {
  const received = threads.flatMap(({ inbound }) => inbound.filter(isShown));
  const answered = threads.flatMap(waitsOf);
  const told = days.map((span): DayDigest => {
    const ofDay = answered.filter(({ answer }) => isWithin(answer, span));
    return {
      ...span,
      received: received.filter((sms) => isWithin(sms, span)).length,
      answers: ofDay.length,
      ...responseTimesOf(ofDay),
    };
  });
  const { from, to, received: cameIn, answers } = told.at(-1) ?? { from: 0, to: 0, received: 0, answers: 0 };
  const sent = threads.flatMap(({ outbound }) =>
    outbound.filter((one) => isAnswer(one) && isWithin(one, { from, to })),
  );
  return {
    from,
    to,
    received: cameIn,
    answers,
    failed: sent.filter(({ state }) => state === "failed").length,
    uncertain: sent.filter(({ state }) => state === "uncertain").length,
    ...conversations,
    operators: operatorsOf(answered.filter(({ answer }) => isWithin(answer, { from, to }))),
    days: told,
  };
}

export function isOpen(conversation: Conversation): boolean {
  const phase = phaseOf(conversation);
  return phase !== "closed" && phase !== "blocked";
}

/** A customer waits, and is one to whom an answer can go. */
export function isUnanswered(conversation: Conversation): boolean {
  return isOpen(conversation) && conversation.waitingSince !== undefined && canBeAnswered(conversation.peer);
}

interface Answered {
  readonly answer: SentFacts;
  /** How long the customer had waited; absent where they did not. */
  readonly tookMs?: number;
}

/** The operators' answers that left or are about to, each with the wait that it ended. One that failed ends none. */
function waitsOf({ inbound, outbound }: DigestThread): Answered[] {
  const answers = outbound
    .filter((one) => isAnswer(one) && !hasFailed(one))
    .toSorted((one, other) => one.at - other.at);
  const waiting = inbound
    .filter((sms) => isShown(sms) && !isSeenTo(sms.word))
    .toSorted((one, other) => one.at - other.at);
  let next = 0;
  return answers.map((answer) => {
    const since = waiting[next]?.at;
    while ((waiting[next]?.at ?? Number.POSITIVE_INFINITY) <= answer.at) next += 1;
    return since !== undefined && since <= answer.at ? { answer, tookMs: answer.at - since } : { answer };
  });
}

/** Neither brought from the past, nor kept of a blocked customer, nor dropped by a rule. */
export function isShown({ past, hidden, dropped }: ReceivedFacts): boolean {
  return !past && hidden === undefined && !dropped;
}

export function isAnswer({ lane, by, state }: SentFacts): boolean {
  return lane === "answer" && by !== undefined && state !== "cancelled" && state !== "held";
}

function hasFailed({ state }: SentFacts): boolean {
  return state === "failed" || state === "uncertain";
}

function isWithin({ at }: { readonly at: number }, { from, to }: Span): boolean {
  return at >= from && at < to;
}

function operatorsOf(answered: readonly Answered[]): OperatorDigest[] {
  const byId = groupBy(answered, ({ answer }) => answer.by?.id ?? "");
  const all = [...byId.values()].flatMap((own): OperatorDigest[] => {
    const by = own.at(-1)?.answer.by;
    return by === undefined ? [] : [{ by, answers: own.length, ...responseTimesOf(own) }];
  });
  return all.toSorted((one, other) => other.answers - one.answers);
}

function responseTimesOf(answered: readonly Answered[]): ResponseTimes {
  const waits = answered.flatMap(({ tookMs }) => tookMs ?? []).toSorted((one, other) => one - other);
  const [medianMs, slowestMs] = [waits[Math.floor((waits.length - 1) / 2)], waits.at(-1)];
  return medianMs === undefined || slowestMs === undefined ? {} : { medianMs, slowestMs };
}
