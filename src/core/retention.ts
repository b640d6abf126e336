import type { Inbound, Outbound } from "./model/message.ts";
import type { Clock } from "./ports/clock.ts";
import type { Records } from "./records.ts";

const pageSize = 500;
/** The place in the order of arrival of what has been swept: before everything, so that it is not looked at again. */
const sweptSeq = -1;

/**
 * Removes messages whose time is over; gives how many. Of what came in, the key stays: some panels list an SMS for years, and it
 * must never be new again. What is not finished stays whole.
 */
export type SweepMessages = () => Promise<number>;

export function createRetention(deps: { records: Records; clock: Clock; keepMs: number }): SweepMessages {
  const { records, clock, keepMs } = deps;

  async function sweepInbound(before: number): Promise<number> {
    const isOver = ({ postDue }: Inbound) => postDue === undefined;
    return sweep({
      page: (from) => records.inbound.range("seq", { from, to: before, limit: pageSize }),
      placeOf: ({ seq }) => seq,
      isOver,
      remove: ({ id }) =>
        records.inbound.update(id, (current) => (current && isOver(current) ? bare(current) : current)),
    });
  }

  async function sweepOutbound(before: number): Promise<number> {
    return sweep({
      page: (from) => records.outbound.range("order", { from, to: before, limit: pageSize }),
      placeOf: ({ order }) => order,
      isOver: (message: Outbound) =>
        message.due === undefined && message.reportDue === undefined && message.state !== "held",
      remove: ({ id }) => records.outbound.delete(id),
    });
  }

  return async () => {
    // Both orders are microseconds.
    const before = (clock.now() - keepMs) * 1000;
    return (await sweepInbound(before)) + (await sweepOutbound(before));
  };
}

async function sweep<T>(part: {
  page(from: number): Promise<readonly T[]>;
  placeOf(message: T): number;
  isOver(message: T): boolean;
  remove(message: T): Promise<unknown>;
}): Promise<number> {
  let removed = 0;
  for (let from = 0; ; ) {
    const messages = await part.page(from);
    const over = messages.filter(part.isOver);
    await Promise.all(over.map(part.remove));
    removed += over.length;
    const last = messages.at(-1);
    if (last === undefined || messages.length < pageSize) return removed;
    from = part.placeOf(last) + 1;
  }
}

function bare({ id, provider, at }: Inbound): Inbound {
  return {
    id,
    provider,
    at,
    desk: "",
    thread: "",
    line: "",
    peer: "",
    text: "",
    seq: sweptSeq,
    repeats: 0,
    swept: true,
  };
}
