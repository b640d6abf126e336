import { hashKey, type ProviderId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { PollInbox, PollReading } from "../ports/inbox.ts";
import type { Log } from "../ports/log.ts";
import { ProviderError } from "../ports/provider-error.ts";
import { type Collection, StoreError } from "../ports/store.ts";
import type { ListedInbounds } from "./inbound.ts";
import { hasId, type ListedSms, type Listing, readListing } from "./listing.ts";
import { type Cursor, memoryIdOf, type PollMemory, type Question } from "./poll-memory.ts";
import type { KeepUnreadable } from "./unreadable.ts";

const hourMs = 3_600_000;
/** SMS that are committed together: a long list must not keep the process from everything else. */
const pageSize = 500;

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
  /** When it is aborted, nothing waits for the store any longer. */
  readonly signal: AbortSignal;
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
  /** Nobody has asked this inbox before. */
  readonly isFirstContact: boolean;
  take(question: Question, answer: string): Promise<Outcome>;
  /** Reads to its end what a dead process, or a failed pass, had begun. */
  resume(): Promise<Outcome | undefined>;
  /** Old SMS that were kept as seen and of which nobody was told yet, by line. */
  skipped(): Readonly<Record<Line, number>>;
  /** Somebody was told of so many. */
  forgetSkipped(told: Readonly<Record<Line, number>>): Promise<void>;
}

export async function openPollAnswers(polled: PolledInbox, deps: AnswerDeps): Promise<PollAnswers> {
  const { provider, inbox, lines } = polled;
  const { memories, inbound, clock, log, keepUnreadable, signal } = deps;
  const persistent = createPersist(deps);
  const id = memoryIdOf(provider, inbox, lines);
  const known = await memories.get(id);
  let memory = known ?? { id, since: clock.now() - inbox.backlogHours * hourMs };
  if (known === undefined) await save(memory);
  /** Of each question's last answer that was read here: the answer itself, and what in it is surely stored. */
  const last = new Map<Question, { readonly hash: string; readonly outcome: Outcome; readonly stored: Set<string> }>();

  function persist<T>(write: () => Promise<T>): Promise<T> {
    return persistent(write, signal);
  }

  async function save(next: PollMemory): Promise<void> {
    await persist(() => memories.put(id, next));
    memory = next;
  }

  async function readToItsEnd(question: Question, answer: string, isAgain: boolean): Promise<Outcome> {
    const { sms, unreadable } = await parse(answer);
    const before = memory[question];
    const listing = readListing(sms, {
      since: memory.since,
      // Two first contacts differ by their moment.
      answer: `${id}/${question}/${memory.since}/${before?.answers ?? 0}`,
      ...(before ? { before: before.bare } : {}),
      wasEmptied: before?.wasEmptied ?? false,
    });
    const stored = last.get(question)?.stored ?? new Set();
    const accepted = await acceptPages(listing.listed.filter((one) => !stored.has(nameOf(one))));
    await persist(() => keepUnreadable(provider, "answer", unreadable));

    const fresh = accepted.filter(({ isNew }) => isNew).map(({ message }) => message);
    const size = sms.length + unreadable.length;
    // What a dead process had stored is not new any more, and nobody was told of it.
    const untold = isAgain ? accepted.map(({ message }) => message) : fresh;
    const skipped = counted(memory.skipped ?? {}, untold.filter(isKeptAsSeen));
    const { unread: _, ...rest } = memory;
    const hasSkipped = Object.keys(skipped).length > 0;
    await save({
      ...rest,
      [question]: cursorAfter(before, listing, sms.length, size),
      ...(hasSkipped ? { skipped } : {}),
    });

    const isReplaced = fresh.length === size && before?.size === size;
    const ids = sms.filter(hasId).map(({ panelId }) => panelId);
    const outcome = { isNews: fresh.length > 0, size, isReplaced, ids };
    last.set(question, { hash: hashKey(answer), outcome, stored: new Set(listing.listed.map(nameOf)) });
    return outcome;
  }

  async function acceptPages(listed: readonly ListedSms[]): ReturnType<ListedInbounds["acceptListed"]> {
    const accepted: Awaited<ReturnType<ListedInbounds["acceptListed"]>>[] = [];
    for (let at = 0; at < listed.length; at += pageSize) {
      accepted.push(await persist(() => inbound.acceptListed(provider, listed.slice(at, at + pageSize))));
    }
    return accepted.flat();
  }

  /** An answer at which we stumble would stop every one behind it: it is kept for a person, and the next one is read. */
  async function readOrKeep(question: Question, answer: string, isAgain: boolean): Promise<Outcome> {
    try {
      return await readToItsEnd(question, answer, isAgain);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      log.error({ err: error, provider }, "answer could not be taken in");
      await persist(() => keepUnreadable(provider, "answer", [answer]));
      const { unread: _, ...rest } = memory;
      await save(rest);
      return { isNews: false, size: 0, isReplaced: false, ids: [] };
    }
  }

  async function parse(answer: string): Promise<PollReading> {
    try {
      return await inbox.parse(answer, lines);
    } catch (error) {
      if (!(error instanceof ProviderError)) log.error({ err: error, provider }, "answer could not be read");
      return { sms: [], unreadable: [answer] };
    }
  }

  return {
    isFirstContact: known === undefined,
    async take(question, answer) {
      const before = last.get(question);
      if (before?.hash === hashKey(answer)) return { ...before.outcome, isNews: false, isReplaced: false };
      await save({ ...memory, unread: { question, answer } });
      return readOrKeep(question, answer, false);
    },
    async resume() {
      const { unread } = memory;
      return unread && readOrKeep(unread.question, unread.answer, true);
    },
    skipped: () => memory.skipped ?? {},
    async forgetSkipped(told) {
      const { skipped = {}, ...rest } = memory;
      const left = Object.entries(skipped).map(([line, count]) => [line, count - (told[line] ?? 0)] as const);
      const untold = Object.fromEntries(left.filter(([, count]) => count > 0));
      await save(Object.keys(untold).length > 0 ? { ...rest, skipped: untold } : rest);
    },
  };
}

/** Where nothing could be read, what the answer before held still counts. */
function cursorAfter(before: Cursor | undefined, listing: Listing, readable: number, size: number): Cursor {
  const isEmpty = size === 0;
  return {
    answers: (before?.answers ?? 0) + 1,
    bare: readable === 0 ? (before?.bare ?? []) : listing.bare,
    wasEmptied: isEmpty || (readable === 0 && before?.wasEmptied === true),
    size,
  };
}

/** Of an entry with an id or a time the same in every answer. */
function nameOf({ sms, ordinal, answer }: ListedSms): string {
  const { line, peer, text, time, panelId } = sms;
  return hashKey(line, peer, text, time?.written ?? "", panelId ?? "", String(ordinal), answer ?? "");
}

function isKeptAsSeen({ post, postDue, swept }: Inbound): boolean {
  return post === undefined && postDue === undefined && swept === undefined;
}

function counted(counts: Readonly<Record<Line, number>>, kept: readonly Inbound[]): Readonly<Record<Line, number>> {
  const next: Record<Line, number> = { ...counts };
  for (const { line } of kept) next[line] = (next[line] ?? 0) + 1;
  return next;
}
