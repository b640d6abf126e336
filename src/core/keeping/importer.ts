import type { Events } from "../events.ts";
import { createInbound, type ListedInbounds } from "../inbound/inbound.ts";
import { hasId, type ListedSms, readListing } from "../inbound/listing.ts";
import { memoryIdOf, openPollMemories } from "../inbound/poll-memory.ts";
import type { MessageId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import { foldNumber, type Line } from "../model/phone.ts";
import type { Clock } from "../ports/clock.ts";
import type { History, IncomingSms, PollReading } from "../ports/inbox.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { SmsProvider } from "../ports/sms-provider.ts";
import type { Store } from "../ports/store.ts";
import { openRecords } from "../records.ts";
import type { Registry } from "../registry.ts";
import { openSequence } from "../sequence.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** SMS that are committed together. */
const pageSize = 500;
const scanSize = 1000;
const idsPerCall = 100;

export interface ImporterDeps {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly events: Events;
}

export interface ImportWish {
  /** SMS from before this moment, epoch milliseconds, are left out. */
  readonly since: number;
  /** Whether they are shown, or only kept as seen. */
  readonly shows: boolean;
  /** Whether they are marked as unread at the panel, for another program that reads its list. */
  readonly marksUnread: boolean;
}

/** What became of what a panel listed. */
export interface Imported {
  readonly fresh: number;
  readonly known: number;
  /** Known, and swept or forgotten: they stay gone. */
  readonly gone: number;
  /** Those that are shown because of this: also of what the bridge had kept as seen and the panel no longer lists. */
  readonly toShow: number;
  /** Marked as unread at the panel. */
  readonly unread: number;
  /** Why not all of them were marked. Everything else is done. */
  readonly unreadFailure?: ProviderError;
  readonly leftOut: LeftOut;
}

/** `nameless`: with neither an id nor a time; `undated`: with a time that nobody understands, or none; `unreadable`: no SMS at all. */
export type LeftOut = Readonly<Record<"older" | "nameless" | "undated" | "unreadable" | "ofOtherLines", number>>;

/**
 * Brings past SMS of a line into the store, beside a running bridge or without one. They get the keys that the poller gives
 * them, so that neither brings what the other has brought; one that is known only as seen may be shown after all.
 */
export interface Importer {
  /**
   * Of a panel without a history, only what was kept as seen is found. Throws `ProviderError` where the panel does not list them,
   * `StoreError` where they cannot be kept. Safe to repeat.
   */
  run(line: Line, wish: ImportWish, signal: AbortSignal): Promise<Imported>;
}

export async function openImporter(deps: ImporterDeps): Promise<Importer> {
  const { registry, clock } = deps;
  const records = await openRecords(deps.store);
  const memories = await openPollMemories(deps.store);
  const sequence = await openSequence(records, clock);
  const inbound = createInbound({ ...deps, records, sequence });

  /** From when on the poller itself shows what it finds. What it has not found yet must not be kept from it as seen. */
  async function shownSince(provider: SmsProvider, line: Line): Promise<number> {
    if (provider.inbox?.mode !== "poll") return clock.now() - dayMs;
    const memory = await memories.get(memoryIdOf(provider.id, provider.inbox, [line]));
    return memory?.since ?? clock.now() - provider.inbox.backlogHours * hourMs;
  }

  /**
   * Each takes the place in the order of arrival that it had, so that the last line to which a customer wrote stays the last. In
   * pages, so that a running bridge finds them soon after they are due.
   */
  async function accept(provider: SmsProvider, listed: readonly ListedSms[]) {
    const now = clock.now();
    const placed = listed.map((one, index) => {
      const seq = Math.min(one.sms.time?.at ?? now, now) * 1000 + (index % 1000);
      return { ...one, isPast: true, seq };
    });
    const accepted: Awaited<ReturnType<ListedInbounds["acceptListed"]>>[] = [];
    for (let at = 0; at < placed.length; at += pageSize) {
      accepted.push(await inbound.acceptListed(provider.id, placed.slice(at, at + pageSize)));
    }
    return accepted.flat();
  }

  /** What the bridge found when it first looked, and kept without showing it. */
  async function keptAsSeen(line: Line, since: number): Promise<readonly Inbound[]> {
    const kept = new Map<MessageId, Inbound>();
    for (let from = since * 1000; ; ) {
      const page = await records.inbound.range("seq", { from, limit: scanSize });
      for (const one of page) {
        if (one.line === line && (one.panelTime ?? one.at) >= since && isKept(one)) kept.set(one.id, one);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < scanSize) return [...kept.values()];
      // Imported ones may share a place with those of another import, so a page may end in the midst of equal ones.
      from = last.seq > from ? last.seq : from + 1;
    }
  }

  /** Gives how many are shown because of this: another process may have been faster. */
  async function showKept(line: Line, since: number): Promise<number> {
    const kept = await keptAsSeen(line, since);
    const shown = await inbound.showAfterAll(kept.map((message) => ({ message, isNew: false })));
    return shown.filter(({ message }) => message.postDue !== undefined).length;
  }

  return {
    async run(line, { since, shows, marksUnread }, signal) {
      const provider = registry.providerOfLine(line);
      if (!provider) throw unsupported("no panel serves this line");
      const { history } = provider;
      if (marksUnread && !history?.markUnread) throw unsupported("this panel marks no sms as unread");
      const reading = (await history?.read(line, signal)) ?? { sms: [], unreadable: [] };
      const newest = await shownSince(provider, line);
      const { taken, leftOut } = sort(reading, line, Math.min(since, newest));
      const { listed } = readListing(taken, {
        since: shows ? Number.NEGATIVE_INFINITY : newest,
        // Names entries with neither id nor time, and none of those is here.
        answer: "",
        wasEmptied: false,
      });
      const accepted = await accept(provider, listed);
      const known = accepted.filter(({ isNew }) => !isNew);
      const due = accepted.filter(({ message, isNew }) => isNew && message.postDue !== undefined);
      const kept = shows ? await showKept(foldNumber(line), since) : 0;
      // Last, for what it comes to must not hide that the others are stored.
      const marked =
        marksUnread && history ? await markUnread(history, line, idsSince(taken, since), signal) : undefined;
      return {
        fresh: accepted.length - known.length,
        known: known.length,
        gone: known.filter(({ message }) => message.swept).length,
        toShow: due.length + kept,
        unread: marked?.count ?? 0,
        ...(marked?.failure === undefined ? {} : { unreadFailure: marked.failure }),
        leftOut,
      };
    },
  };
}

/** Marks page after page; at the first that fails it ends, and tells how far it came. */
async function markUnread(
  history: History,
  line: Line,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly count: number; readonly failure?: ProviderError }> {
  for (let at = 0; at < ids.length; at += idsPerCall) {
    try {
      await history.markUnread?.(ids.slice(at, at + idsPerCall), line, signal);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return { count: at, failure: error };
    }
  }
  return { count: ids.length };
}

/** Of what is older than was asked for, nothing is changed at the panel, though the bridge may want it. */
function idsSince(sms: readonly IncomingSms[], since: number): readonly string[] {
  const wanted = sms.filter(({ time }) => time?.at !== undefined && time.at >= since);
  return [...new Set(wanted.filter(hasId).map(({ panelId }) => panelId))];
}

/** In the store, and neither shown nor about to be. */
function isKept({ post, postDue, swept }: Inbound): boolean {
  return post === undefined && postDue === undefined && !swept;
}

function unsupported(what: string): ProviderError {
  return new ProviderError("unsupported", what, { certain: true });
}

function sort({ sms, unreadable }: PollReading, line: Line, since: number): { taken: IncomingSms[]; leftOut: LeftOut } {
  const taken: IncomingSms[] = [];
  const leftOut = { older: 0, nameless: 0, undated: 0, unreadable: unreadable.length, ofOtherLines: 0 };
  for (const one of sms) {
    const at = one.time?.at;
    if (foldNumber(one.line) !== foldNumber(line)) leftOut.ofOtherLines += 1;
    else if (one.time === undefined && !hasId(one)) leftOut.nameless += 1;
    else if (at === undefined) leftOut.undated += 1;
    else if (at < since) leftOut.older += 1;
    else taken.push(one);
  }
  return { taken, leftOut };
}
