import type { ProviderId } from "../../core/model/ids.ts";
import type { Store } from "../../core/ports/store.ts";
import { openRecords } from "../../core/records.ts";

/** Epoch milliseconds of the last SMS of each provider that has any among those looked at. */
export interface LastInbound {
  readonly at: ReadonlyMap<ProviderId, number>;
  /** Whether these are all that are kept, so that a provider which is not among them has none. */
  readonly isWhole: boolean;
}

/** As many of the newest as are looked at. */
const looked = 1000;

export async function lastInboundOf(store: Store): Promise<LastInbound> {
  const { inbound } = await openRecords(store);
  const newest = await inbound.range("seq", { reverse: true, limit: looked });
  const at = new Map<ProviderId, number>();
  for (const message of newest) at.set(message.provider, Math.max(at.get(message.provider) ?? 0, message.at));
  return { at, isWhole: newest.length < looked };
}
