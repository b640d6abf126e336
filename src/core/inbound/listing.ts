import { hashKey } from "../model/ids.ts";
import { foldNumber } from "../model/phone.ts";
import type { IncomingSms } from "../ports/inbox.ts";

// Some panels give the same list of SMS again and again. What tells its entries apart, and which of them are new (DESIGN 2.2).

/** An entry of a list, with what tells it from equal ones. */
export interface ListedSms {
  readonly sms: IncomingSms;
  /** Its place among equal entries of one answer, from 0. */
  readonly ordinal: number;
  /** Only where it has neither id nor readable time: the answer in which it was new. */
  readonly answer?: string;
  /** Older than what is shown: kept as seen. */
  readonly isOld: boolean;
  /** Brought when somebody asked for the past, to take this place in the order of arrival. */
  readonly isPast?: boolean;
  readonly seq?: number;
}

/** What is kept of one answer to read the next one by. */
export interface Listing {
  readonly listed: readonly ListedSms[];
  /** The entries with neither id nor readable time, in the panel's order. */
  readonly bare: readonly string[];
}

/** More entries than this, of which nobody can tell when they came, are taken for what had gathered before we did. */
const mostUndated = 20;
/** Beyond this, two lists are held together by what is in them and not by order. */
const longestAligned = 2000;

export interface ListingFacts {
  /** SMS from before this moment, epoch milliseconds, are old. */
  readonly since: number;
  /** Names this answer among all that were read here; the same when it is read again after a crash. */
  readonly answer: string;
  /** `bare` of the answer before; absent for the first. */
  readonly before?: readonly string[];
  /** Whether the panel has shown an empty list since then. */
  readonly wasEmptied: boolean;
}

/**
 * The entries of one answer that may be new, oldest first. Those with an id or a readable time are all in it, for their keys tell whether
 * they are known. Those with neither are held against the answer before: what lies outside the overlap is new.
 */
export function readListing(entries: readonly IncomingSms[], facts: ListingFacts): Listing {
  const bare = entries.filter(isBare);
  const bareKeys = bare.map(contentKey);
  const known = overlap(bareKeys, facts);
  const fresh = new Set(bare.filter((_, at) => !known.has(at)));
  const isNewestFirst = looksNewestFirst(entries, bare, known);
  const ordered = isNewestFirst ? entries.toReversed() : [...entries];
  const undated = entries.filter(({ time }) => time?.at === undefined).length;
  const isBacklog = facts.before === undefined && undated > mostUndated;

  const ordinals = new Map<string, number>();
  const listed = ordered
    .toSorted(byTimeThenId)
    .filter((sms) => !isBare(sms) || fresh.has(sms))
    .map((sms): ListedSms => {
      const key = contentKey(sms);
      const ordinal = ordinals.get(key) ?? 0;
      ordinals.set(key, ordinal + 1);
      if (isBare(sms)) return { sms, ordinal, answer: facts.answer, isOld: isBacklog };
      return { sms, ordinal, isOld: sms.time?.at === undefined ? isBacklog : sms.time.at < facts.since };
    });
  return { listed, bare: bareKeys };
}

/** An id that is empty or zero is no id. */
export function hasId(sms: IncomingSms): sms is IncomingSms & { panelId: string } {
  return sms.panelId !== undefined && sms.panelId.trim() !== "" && !/^0+$/.test(sms.panelId.trim());
}

/** A time that nobody understands may be another one in the next answer: "two minutes ago". */
function isBare(sms: IncomingSms): boolean {
  return !hasId(sms) && sms.time?.at === undefined;
}

function contentKey({ line, peer, text, time }: IncomingSms): string {
  return hashKey(foldNumber(line), foldNumber(peer), text, time?.at === undefined ? "" : time.written);
}

/** The places of `now` that stood in the answer before, too, in the same order. */
function overlap(now: readonly string[], { before = [], wasEmptied }: ListingFacts): ReadonlySet<number> {
  const common = before.length * now.length === 0 ? new Set<number>() : commonPlaces(before, now);
  // A list that was empty in between holds only new SMS; but one of which most comes back was not really empty.
  const cameBack = common.size > 2 && common.size * 2 >= before.length;
  return wasEmptied && !cameBack ? new Set() : common;
}

/** A longest common subsequence: a panel may drop entries at either end, and its user may delete one in the middle. */
function commonPlaces(before: readonly string[], now: readonly string[]): ReadonlySet<number> {
  let head = 0;
  while (head < Math.min(before.length, now.length) && before[head] === now[head]) head += 1;
  let tail = 0;
  const room = Math.min(before.length, now.length) - head;
  while (tail < room && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const places = new Set<number>();
  for (let at = 0; at < head; at += 1) places.add(at);
  for (let at = now.length - tail; at < now.length; at += 1) places.add(at);
  const left = before.slice(head, before.length - tail);
  const right = now.slice(head, now.length - tail);
  const middle = left.length * right.length > longestAligned ** 2 ? sameContent(left, right) : subsequence(left, right);
  for (const at of middle) places.add(head + at);
  return places;
}

function subsequence(left: readonly string[], right: readonly string[]): readonly number[] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        left[i] === right[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const places: number[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      places.push(j);
      i += 1;
      j += 1;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1;
    else j += 1;
  }
  return places;
}

function sameContent(left: readonly string[], right: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const key of left) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...right.keys()].filter((at) => {
    const key = right[at] ?? "";
    const count = counts.get(key) ?? 0;
    counts.set(key, count - 1);
    return count > 0;
  });
}

/** By its times where it has any; else by where the new entries stand against the known ones. */
function looksNewestFirst(
  entries: readonly IncomingSms[],
  bare: readonly IncomingSms[],
  known: ReadonlySet<number>,
): boolean {
  const times = entries.flatMap(({ time }) => time?.at ?? []);
  const [first, last] = [times[0], times.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) return first > last;
  return known.size > 0 && known.size < bare.length && !known.has(0);
}

/** Where times or ids do not tell, the order stays as it was. */
function byTimeThenId(a: IncomingSms, b: IncomingSms): number {
  const [before, after] = [a.time?.at, b.time?.at];
  if (before !== undefined && after !== undefined && before !== after) return before - after;
  if (!hasNumber(a) || !hasNumber(b)) return 0;
  return a.panelId.length - b.panelId.length || (a.panelId < b.panelId ? -1 : Number(a.panelId > b.panelId));
}

/** Ids grow past what a number holds, so they are compared as text of equal length. */
function hasNumber(sms: IncomingSms): sms is IncomingSms & { panelId: string } {
  return hasId(sms) && /^[1-9]\d*$/.test(sms.panelId);
}
