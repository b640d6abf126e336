import { groupBy } from "../../support/group-by.ts";
import type { ConversationBook } from "../conversations/book.ts";
import {
  type Digest,
  digestOf,
  isAnswer,
  isOpen,
  isShown,
  isUnanswered,
  type ReceivedFacts,
  type SentFacts,
  type Span,
} from "../model/digest.ts";
import type { DeskId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { pagesOf } from "../pages.ts";
import type { Records } from "../records.ts";

const dayMs = 24 * 60 * 60_000;
const toldDays = 7;
/** Of a thread, before the first day; who waited for longer than so many messages waits no more. */
const mostBefore = 500;

/** A place in the order of messages (`Sequence`) is never before the moment at which it was taken, which it tells in microseconds. */
const placeOf = (at: number) => at * 1000;

type Received = ReceivedFacts & { readonly thread: ThreadId };
type Sent = SentFacts & { readonly thread: ThreadId };

/** Reads what a digest tells: the messages of its days, page by page, and of those before only what was still waited for then. */
export function createDigestReading({
  records,
  conversations,
}: {
  readonly records: Records;
  readonly conversations: Pick<ConversationBook, "allOf">;
}): (desk: DeskId, to: number) => Promise<Digest> {
  async function receivedSince(desk: DeskId, from: number): Promise<Received[]> {
    const all: Received[] = [];
    for await (const page of pagesOf(records.inbound, "seq", { from: placeOf(from), numberOf: ({ seq }) => seq })) {
      for (const sms of page) {
        if (sms.desk !== desk || !isShown(sms) || sms.at < from) continue;
        all.push({ thread: sms.thread, at: sms.at, ...(sms.word ? { word: sms.word } : {}) });
      }
    }
    return all;
  }

  async function sentSince(desk: DeskId, from: number): Promise<Sent[]> {
    const all = new Map<string, Sent>();
    const numberOf = ({ order }: Outbound) => order;
    for await (const page of pagesOf(records.outbound, "order", { from: placeOf(from), numberOf })) {
      for (const message of page) {
        if (message.desk !== desk || !isAnswer(message)) continue;
        // One that took another place meanwhile comes twice.
        all.set(message.id, { thread: message.thread, ...factsOf(message) });
      }
    }
    return [...all.values()].filter(({ at }) => at >= from);
  }

  /** What came and went before, of a thread whose first message in these days is an answer: somebody may have waited for it. */
  async function before(thread: ThreadId, from: number) {
    const query = { equal: [thread], to: placeOf(from), reverse: true, limit: mostBefore };
    return {
      inbound: await records.inbound.range("thread", query),
      outbound: (await records.outbound.range("thread", query)).map(factsOf),
    };
  }

  async function standing(desk: DeskId): Promise<{ open: number; unanswered: number }> {
    const open = new Set<ThreadId>();
    const unanswered = new Set<ThreadId>();
    for await (const page of conversations.allOf(desk)) {
      for (const one of page.filter(isOpen)) open.add(one.id);
      for (const one of page.filter(isUnanswered)) unanswered.add(one.id);
    }
    return { open: open.size, unanswered: unanswered.size };
  }

  return async (desk, to) => {
    const days: Span[] = [];
    for (let day = toldDays; day > 0; day--) days.push({ from: to - day * dayMs, to: to - (day - 1) * dayMs });
    const from = to - toldDays * dayMs;
    const received = groupBy(await receivedSince(desk, from), ({ thread }) => thread);
    const sent = groupBy(await sentSince(desk, from), ({ thread }) => thread);
    const threads = [];
    for (const thread of new Set([...received.keys(), ...sent.keys()])) {
      const own = { inbound: received.get(thread) ?? [], outbound: sent.get(thread) ?? [] };
      const earlier = isAnsweredFirst(own) ? await before(thread, from) : { inbound: [], outbound: [] };
      threads.push({
        inbound: [...earlier.inbound.filter(({ at }) => at < from), ...own.inbound],
        outbound: [...earlier.outbound.filter(({ at }) => at < from), ...own.outbound],
      });
    }
    return digestOf(days, await standing(desk), threads);
  };
}

/** An answer for later is one when it leaves, as in the conversation. */
function factsOf({ at, sendAt, claimedAt, lane, state, by }: Outbound): SentFacts {
  const left = sendAt === undefined ? at : (claimedAt ?? sendAt);
  return { at: left, lane, state, ...(by ? { by } : {}) };
}

function isAnsweredFirst({ inbound, outbound }: { inbound: readonly Received[]; outbound: readonly Sent[] }): boolean {
  const first = (of: readonly { readonly at: number }[]) => of.reduce((least, { at }) => Math.min(least, at), Infinity);
  return first(outbound) < first(inbound);
}
