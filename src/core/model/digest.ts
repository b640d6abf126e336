import type { Conversation } from "./conversation.ts";
import type { Inbound, Operator, Outbound } from "./message.ts";
import { isSeenTo } from "./opt-out.ts";

/** What happened at a desk between two moments (`from` included, `to` not), and how it stands. */
export interface Digest {
  readonly from: number;
  readonly to: number;
  /** SMS that came in and were shown. */
  readonly received: number;
  /** Operators' answers that were taken by a panel, or are on their way. */
  readonly answers: number;
  /** Operators' answers that failed, or of which nobody knows. */
  readonly failed: number;
  /** Conversations that are not closed, and those of them in which a customer waits. */
  readonly open: number;
  readonly unanswered: number;
  /** Who answered most comes first. */
  readonly operators: readonly OperatorDigest[];
}

export interface OperatorDigest {
  readonly by: Operator;
  readonly answers: number;
  /** Half of the waits that they ended were shorter. Absent where nobody waited for any of their answers. */
  readonly medianMs?: number;
}

/** The messages of one conversation; of before `from` those are enough that tell since when somebody waits. */
export interface DigestThread {
  readonly inbound: readonly Inbound[];
  readonly outbound: readonly Outbound[];
}

export function digestOf(
  span: { readonly from: number; readonly to: number },
  open: readonly Conversation[],
  threads: readonly DigestThread[],
): Digest {
  const isWithin = ({ at }: { readonly at: number }) => at >= span.from && at < span.to;
  const told = threads.flatMap(waitsOf).filter(({ answer }) => isWithin(answer));
  const failed = told.filter(({ answer }) => hasFailed(answer)).length;
  return {
    ...span,
    received: threads.flatMap(({ inbound }) => inbound.filter((sms) => isWithin(sms) && isShown(sms))).length,
    answers: told.length - failed,
    failed,
    open: open.length,
    unanswered: open.filter(({ waitingSince }) => waitingSince !== undefined).length,
    operators: operatorsOf(told.filter(({ answer }) => !hasFailed(answer))),
  };
}

interface Answered {
  readonly answer: Outbound;
  /** How long the customer had waited; absent where they did not. */
  readonly tookMs?: number;
}

/** Operators' answers, each with the wait that it ended. */
function waitsOf({ inbound, outbound }: DigestThread): Answered[] {
  const answers = outbound.filter(isAnswer).toSorted((one, other) => one.at - other.at);
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

/** Neither brought from the past nor kept of a blocked customer. */
function isShown({ past, hidden }: Inbound): boolean {
  return !past && hidden === undefined;
}

function isAnswer({ lane, by, state }: Outbound): boolean {
  return lane === "answer" && by !== undefined && state !== "cancelled" && state !== "held";
}

function hasFailed({ state }: Outbound): boolean {
  return state === "failed" || state === "uncertain";
}

function operatorsOf(answered: readonly Answered[]): OperatorDigest[] {
  const byId = new Map<string, Answered[]>();
  for (const one of answered) {
    const id = one.answer.by?.id ?? "";
    byId.set(id, [...(byId.get(id) ?? []), one]);
  }
  const all = [...byId.values()].flatMap((own): OperatorDigest[] => {
    const by = own.at(-1)?.answer.by;
    if (by === undefined) return [];
    const waits = own.flatMap(({ tookMs }) => tookMs ?? []).toSorted((one, other) => one - other);
    const medianMs = waits[Math.floor((waits.length - 1) / 2)];
    return [{ by, answers: own.length, ...(medianMs === undefined ? {} : { medianMs }) }];
  });
  return all.toSorted((one, other) => other.answers - one.answers);
}
