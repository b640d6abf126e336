import type { ListedInbounds } from "./inbound.ts";
import { hasId, readListing } from "./listing.ts";
import { hashKey, type ProviderId } from "./model/ids.ts";
import { foldNumber, type Line } from "./model/phone.ts";
import { createPersist } from "./persist.ts";
import { type Cursor, memoryIdOf, type PollMemory, type Question } from "./poll-memory.ts";
import type { Clock } from "./ports/clock.ts";
import type { PollInbox, PollReading } from "./ports/inbox.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError } from "./ports/provider-error.ts";
import type { Collection } from "./ports/store.ts";
import type { KeepUnreadable } from "./unreadable.ts";

const hourMs = 3_600_000;

/** One inbox that is polled: a line of a provider, or all of its lines together. */
export interface PolledInbox {
  readonly provider: ProviderId;
  readonly inbox: PollInbox;
  readonly lines: readonly Line[];
}

export interface AnswerDeps {
  readonly memories: Collection<PollMemory>;
  readonly inbound: ListedInbounds;
  readonly clock: Clock;
  readonly log: Log;
  readonly keepUnreadable: KeepUnreadable;
}

/** What one answer came to. */
export interface Outcome {
  readonly isNews: boolean;
  /** Entries in it, and whether all of them are new although the answer before had just as many. */
  readonly size: number;
  readonly isReplaced: boolean;
  /** The panel's ids of what is stored now. */
  readonly ids: readonly string[];
}

/**
 * Takes answers of one inbox to their end. An answer is on disk before it is read, and stays there until everything in it is
 * stored: the panel may hand it out once only. What a dead process left is read first.
 */
export interface PollAnswers {
  take(question: Question, answer: string): Promise<Outcome>;
  /** Reads to its end what a dead process had begun. */
  resume(): Promise<void>;
  /** Old SMS that were kept as seen and of which nobody was told yet, by line. They count as told from now on. */
  takeSkipped(): Promise<Readonly<Record<Line, number>>>;
}

export async function openPollAnswers(polled: PolledInbox, deps: AnswerDeps): Promise<PollAnswers> {
  const { provider, inbox, lines } = polled;
  const { memories, inbound, clock, log, keepUnreadable } = deps;
  const persist = createPersist(deps);
  const id = memoryIdOf(provider, inbox, lines);
  let memory = (await memories.get(id)) ?? { id, since: clock.now() - inbox.backlogHours * hourMs };

  async function save(next: PollMemory): Promise<void> {
    await persist(() => memories.put(id, next));
    memory = next;
  }

  async function readToItsEnd(question: Question, answer: string): Promise<Outcome> {
    const before = memory[question];
    const { sms, unreadable } = await parse(answer);
    const listing = readListing(sms, {
      since: memory.since,
      // Two first contacts differ by their moment.
      answer: `${id}/${question}/${memory.since}/${before?.answers ?? 0}`,
      ...(before ? { before: before.bare } : {}),
      wasEmptied: before?.wasEmptied ?? false,
    });
    const accepted = await persist(() => inbound.acceptListed(provider, listing.listed));
    for (const raw of unreadable) await persist(() => keepUnreadable(provider, "answer", raw));

    const fresh = accepted.filter(({ isNew }) => isNew).map(({ message }) => message);
    const size = sms.length + unreadable.length;
    const cursor: Cursor = {
      answers: (before?.answers ?? 0) + 1,
      hash: hashKey(answer),
      bare: size === 0 ? (before?.bare ?? []) : listing.bare,
      wasEmptied: size === 0,
      size,
    };
    const skipped = counted(
      memory.skipped ?? {},
      fresh.filter(({ postDue }) => postDue === undefined).map(({ line }) => line),
    );
    const { unread: _, ...rest } = memory;
    await save({ ...rest, [question]: cursor, ...(Object.keys(skipped).length > 0 ? { skipped } : {}) });
    return {
      isNews: fresh.length > 0,
      size,
      isReplaced: fresh.length === size && before?.size === size,
      ids: sms.filter(hasId).map(({ panelId }) => panelId),
    };
  }

  async function parse(answer: string): Promise<PollReading> {
    try {
      return await inbox.parse(answer, lines);
    } catch (error) {
      // Also where the fault is ours: an answer that stops us would stop every one behind it.
      if (!(error instanceof ProviderError)) log.error({ err: error, provider }, "answer could not be read");
      return { sms: [], unreadable: [answer] };
    }
  }

  return {
    async take(question, answer) {
      const known = memory[question];
      if (known?.hash === hashKey(answer)) return { isNews: false, size: known.size, isReplaced: false, ids: [] };
      await save({ ...memory, unread: { question, answer } });
      return readToItsEnd(question, answer);
    },
    async resume() {
      if (memory.unread) await readToItsEnd(memory.unread.question, memory.unread.answer);
    },
    async takeSkipped() {
      const { skipped = {}, ...rest } = memory;
      if (Object.keys(skipped).length > 0) await save(rest);
      return skipped;
    },
  };
}

function counted(counts: Readonly<Record<Line, number>>, lines: readonly Line[]): Readonly<Record<Line, number>> {
  const next: Record<Line, number> = { ...counts };
  for (const line of lines.map(foldNumber)) next[line] = (next[line] ?? 0) + 1;
  return next;
}
