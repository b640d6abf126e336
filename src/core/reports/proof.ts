import { groupBy } from "../../support/group-by.ts";
import type { ProviderId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { Peer } from "../model/phone.ts";
import { cleanText } from "../model/text.ts";
import { threadOf } from "../model/thread.ts";
import type { SentSms } from "../ports/sms-provider.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";

/** Panels write minutes, and their clocks are not ours. */
const slackMs = 2 * 60_000;
/** More than one customer is ever sent in the time that a doubt is looked into. */
const lately = 200;

/** A panel's list of sent SMS, sorted for many questions. */
export interface Listed {
  readonly byPeer: ReadonlyMap<Peer, readonly SentSms[]>;
  readonly ids: ReadonlySet<string>;
}

export function sortListed(listed: readonly SentSms[]): Listed {
  return { byPeer: groupBy(listed, ({ peer }) => peer), ids: new Set(listed.map(({ id }) => id)) };
}

/**
 * The entry of a panel's list of sent SMS that proves that it took this message: of this peer and text, not older than the
 * attempt, and owned by no other message of ours. Two such entries, or another message with the same text to the same peer that may
 * own one, prove nothing; nor does finding none (DESIGN 2.3).
 */
export async function proofOf(
  message: Outbound,
  listed: Listed,
  deps: { readonly records: Records; readonly registry: Registry; readonly provider: ProviderId },
): Promise<SentSms | undefined> {
  const since = message.claimedAt;
  if (since === undefined) return undefined;
  const wanted = comparable(message.text);
  const candidates = (listed.byPeer.get(message.peer) ?? []).filter(
    ({ text, at }) => at !== undefined && at >= since - slackMs && comparable(text) === wanted,
  );
  if (candidates.length === 0) return undefined;

  const others = (await sentLately(message, deps)).filter(({ id }) => id !== message.id);
  const equals = others.filter((other) => comparable(other.text) === wanted);
  const facts = { since, listedIds: listed.ids, provider: deps.provider };
  if (equals.some((other) => mayOwnOne(other, facts))) return undefined;
  const owned = new Set(
    [message, ...others].flatMap(({ receipts }) =>
      receipts.filter((receipt) => receipt.provider === deps.provider).flatMap((receipt) => receipt.ids),
    ),
  );
  const free = candidates.filter(({ id }) => !owned.has(id));
  return free.length === 1 ? free[0] : undefined;
}

/**
 * Whether an entry may be that of this other message although no receipt names it: it is in doubt itself, or left about then, and
 * its id is not known, or not listed: then the panel's list has ids of its own.
 */
function mayOwnOne(
  { state, attempt, claimedAt, doubted, receipts }: Outbound,
  facts: { readonly since: number; readonly listedIds: ReadonlySet<string>; readonly provider: ProviderId },
): boolean {
  if (doubted !== undefined || state === "sending") return true;
  if (attempt === 0 || (claimedAt ?? 0) < facts.since - 2 * slackMs) return false;
  const newest = receipts.find((receipt) => receipt.attempt === attempt);
  const isListed = newest?.provider === facts.provider && newest.ids.some((id) => facts.listedIds.has(id));
  const isCertainlyNone = newest === undefined && (state === "failed" || state === "cancelled");
  return !isListed && !isCertainlyNone;
}

/** What was sent to this peer, from whichever desk: two desks may share a panel. */
async function sentLately(
  { peer }: Outbound,
  { records, registry }: { readonly records: Records; readonly registry: Registry },
): Promise<readonly Outbound[]> {
  const threads = registry.desks.map((desk) =>
    records.outbound.range("thread", { equal: [threadOf(desk.id, peer)], reverse: true, limit: lately }),
  );
  return (await Promise.all(threads)).flat();
}

/** Panels may fold line ends and spaces at the ends. */
function comparable(text: string): string {
  return cleanText(text).trim();
}
