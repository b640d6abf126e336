import { contentOf } from "./inbound.ts";
import type { Inbound, Outbound } from "./model/message.ts";
import type { Clock } from "./ports/clock.ts";
import type { Records } from "./records.ts";

const pageSize = 500;
/** The place in the order of arrival of what has been swept: before everything, so that it is not looked at again. */
const sweptPlace = -1;

/**
 * Empties messages whose time is over; gives how many. Their keys stay: some panels list an SMS for years, and it must never be
 * new again; and a key that has sent once never sends again. What is not finished stays whole.
 */
export type SweepMessages = () => Promise<number>;

export function createRetention(deps: { records: Records; clock: Clock; keepMs: number }): SweepMessages {
  const { records, clock, keepMs } = deps;

  // Each is one atomic step: what was pressed or shown meanwhile stays.
  function sweepInbound(before: number): Promise<number> {
    // An imported one has its old place, and came only lately.
    const isOver = ({ postDue, at }: Inbound) => postDue === undefined && at <= before;
    return sweep({
      page: (from) => records.inbound.range("seq", { from, to: before * 1000, limit: pageSize }),
      placeOf: ({ seq }) => seq,
      isOver,
      empty: ({ id }) =>
        records.inbound.update(id, (current) => (current && isOver(current) ? bareIn(current) : current)),
    });
  }

  function sweepOutbound(before: number): Promise<number> {
    const isOver = ({ due, reportDue, markDue, state }: Outbound) =>
      due === undefined && reportDue === undefined && markDue === undefined && state !== "held";
    return sweep({
      page: (from) => records.outbound.range("order", { from, to: before * 1000, limit: pageSize }),
      placeOf: ({ order }) => order,
      isOver,
      empty: ({ id }) =>
        records.outbound.update(id, (current) => (current && isOver(current) ? bareOut(current) : current)),
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

const nobody = { desk: "", thread: "", line: "", peer: "", text: "" };

function bareIn(message: Inbound): Inbound {
  const { id, provider, at } = message;
  return { id, provider, at, ...nobody, seq: sweptPlace, repeats: 0, swept: contentOf(message) };
}

function bareOut({ id, lane, at, attempt, giveUpAt }: Outbound): Outbound {
  const over = { state: "cancelled", tries: 0, triedLines: [], receipts: [], reports: {} } as const;
  return { id, lane, at, attempt, giveUpAt, ...nobody, ...over, order: sweptPlace, swept: true };
}
