import { contentOf } from "../inbound/inbound.ts";
import type { Inbound, Outbound } from "../model/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records } from "../records.ts";
import { bareInbound, bareOutbound } from "./swept.ts";

/** Emptied in one commit: what comes in meanwhile waits for no more than that. */
const pageSize = 100;
/** A desk hands over again what is a day old at most; the other day is for clocks that disagree. */
const deskRepeatsMs = 2 * 86_400_000;

/**
 * Empties messages whose time is over; gives how many. Keys of what came in stay: some panels list an SMS for years, and it must
 * never be new again; so do keys that a program made, which never send again. An answer whose operator's message the desk does
 * not bring again goes altogether. What is not finished stays whole.
 */
export type SweepMessages = () => Promise<number>;

export function createRetention(deps: { records: Records; clock: Clock; keepMs: number }): SweepMessages {
  const { records, clock, keepMs } = deps;

  // Each is one atomic step: what was pressed or shown meanwhile stays.
  function sweepInbound(before: number): Promise<number> {
    // An imported one has its old place, and came only lately.
    const isOver = ({ postDue, dropDue, codesDue, at }: Inbound) =>
      postDue === undefined && dropDue === undefined && codesDue === undefined && at <= before;
    return sweep({
      page: (from) => records.inbound.range("seq", { from, to: before * 1000, limit: pageSize }),
      placeOf: ({ seq }) => seq,
      isOver,
      empty: ({ id }) =>
        records.inbound.update(id, (current) =>
          current && isOver(current) ? bareInbound(id, contentOf(current)) : current,
        ),
    });
  }

  function sweepOutbound(before: number): Promise<number> {
    const isOver = ({ due, reportDue, markDue, state }: Outbound) =>
      due === undefined && reportDue === undefined && markDue === undefined && state !== "held";
    const isForgotten = ({ origin, at }: Outbound) => origin !== undefined && at <= clock.now() - deskRepeatsMs;
    return sweep({
      page: (from) => records.outbound.range("order", { from, to: before * 1000, limit: pageSize }),
      placeOf: ({ order }) => order,
      isOver,
      async empty(message) {
        const { id } = message;
        const left = await records.outbound.update(id, (current) =>
          current && isOver(current) ? bareOutbound(id) : current,
        );
        // Nothing changes any more what is bare, so that taking it away undoes nothing.
        if (left?.swept && isForgotten(message)) await records.outbound.delete(id);
        return left;
      },
    });
  }

  return async () => {
    const before = clock.now() - keepMs;
    return (await sweepInbound(before)) + (await sweepOutbound(before));
  };
}

async function sweep<T>(part: {
  page(from: number): Promise<readonly T[]>;
  placeOf(message: T): number;
  isOver(message: T): boolean;
  empty(message: T): Promise<{ readonly swept?: unknown } | undefined>;
}): Promise<number> {
  let emptied = 0;
  for (let from = 0; ; ) {
    const messages = await part.page(from);
    const left = await Promise.all(messages.filter(part.isOver).map(part.empty));
    emptied += left.filter((message) => message?.swept !== undefined).length;
    const last = messages.at(-1);
    if (last === undefined || messages.length < pageSize) return emptied;
    from = part.placeOf(last) + 1;
  }
}
