import { type BulkCounts, type BulkRun, bulkMessageId } from "../model/bulk.ts";
import type { OutboundState } from "../model/delivery.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { type BulkRecords, pageSize } from "./records.ts";

/** How many SMS of a run are in which state: kept beside the records, and counted anew from them at every start. */
export interface Tally {
  /** `from` is absent where it is new. */
  moved(to: OutboundState, from?: OutboundState): void;
  /** These were blocked when their turn came, and have no SMS. */
  left(count: number): void;
  /** In the outbox, and not on their way. */
  waiting(): number;
  counts(total: number): BulkCounts;
}

export function createTally(): Tally {
  const states = new Map<OutboundState, number>();
  let blocked = 0;
  const of = (...wanted: readonly OutboundState[]) => wanted.reduce((sum, state) => sum + (states.get(state) ?? 0), 0);
  const waiting = () => of("held", "queued");

  return {
    moved(to, from) {
      states.set(to, of(to) + 1);
      if (from !== undefined) states.set(from, of(from) - 1);
    },
    left(count) {
      blocked += count;
    },
    waiting,
    counts(total) {
      const leaving = of("sending");
      const sent = of("sent", "delivered", "partly", "expired");
      const failed = of("failed") + blocked;
      const uncertain = of("uncertain");
      return { leaving, sent, failed, uncertain, waiting: total - leaving - sent - failed - uncertain };
    },
  };
}

/** From the records, while nothing of them moves. */
export async function countAnew(
  { records, ledger }: { records: BulkRecords; ledger: Pick<Ledger, "find"> },
  { id, total, next }: BulkRun,
): Promise<Tally> {
  const tally = createTally();
  for (let from = 0; from < total && from <= next; from += pageSize) {
    const receivers = await records.readPage(id, from);
    const known = await Promise.all(receivers.map(({ peer }) => ledger.find(bulkMessageId(id, peer))));
    for (const message of known) if (message) tally.moved(message.state);
    if (from < next) tally.left(known.filter((message) => message === undefined).length);
  }
  return tally;
}
