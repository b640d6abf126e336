import type { Clock } from "./ports/clock.ts";
import type { Records } from "./records.ts";

/** Gives numbers that rise: microseconds, made distinct, and never below one that is in the store, whatever the clock says. */
export interface Sequence {
  next(): number;
  /** The last one that was given, or that was in the store. */
  last(): number;
}

export async function openSequence({ inbound, outbound }: Records, clock: Clock): Promise<Sequence> {
  const [newestIn] = await inbound.range("seq", { reverse: true, limit: 1 });
  const [newestOut] = await outbound.range("order", { reverse: true, limit: 1 });
  let last = Math.max(0, newestIn?.seq ?? 0, newestOut?.order ?? 0);
  return {
    next() {
      last = Math.max(last + 1, clock.now() * 1000);
      return last;
    },
    last: () => last,
  };
}
