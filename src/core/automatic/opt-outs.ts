import type { Inbound } from "../model/message.ts";
import type { Line, Peer } from "../model/phone.ts";
import type { CollectionSpec, Store } from "../ports/store.ts";

/**
 * What one peer wants of one line. It is a record of its own and no part of the thread's: a desk may be renamed, its lines may move
 * to another one, and who wants no advertisement must still get none.
 */
export interface OptOut {
  readonly id: string;
  /** Since when; absent: they have come back. */
  readonly outSince?: number;
  /** The moment of the newest word that counts, epoch milliseconds: an older one that comes late changes nothing. */
  readonly saidAt: number;
}

export interface OptOuts {
  isOut(line: Line, peer: Peer): Promise<boolean>;
  isOutOfAny(lines: readonly Line[], peer: Peer): Promise<boolean>;
  find(line: Line, peer: Peer): Promise<OptOut | undefined>;
  /** One atomic step, safe to repeat. */
  set(line: Line, peer: Peer, word: { wants: "out" | "back"; at: number }): Promise<void>;
}

export const optOutSpec: CollectionSpec<OptOut> = {
  name: "optouts",
  indexes: {},
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, outSince, saidAt } = value as Partial<OptOut>;
    if (typeof id !== "string" || typeof saidAt !== "number") throw new TypeError("not an opt-out");
    if (outSince !== undefined && typeof outSince !== "number") throw new TypeError("outSince is not a moment");
    return value as OptOut;
  },
};

export async function openOptOuts({ store }: { store: Store }): Promise<OptOuts> {
  const records = await store.collection(optOutSpec);
  const find = (line: Line, peer: Peer) => records.get(keyOf(line, peer));
  const isOut = async (line: Line, peer: Peer) => (await find(line, peer))?.outSince !== undefined;
  return {
    find,
    isOut,
    isOutOfAny: async (lines, peer) => (await Promise.all(lines.map((line) => isOut(line, peer)))).includes(true),
    async set(line, peer, { wants, at }) {
      const id = keyOf(line, peer);
      await records.update(id, (current) => {
        if (current && current.saidAt > at) return current;
        const isOut = current?.outSince !== undefined;
        if (current && isOut === (wants === "out")) return { ...current, saidAt: at };
        return wants === "out" ? { id, saidAt: at, outSince: at } : { id, saidAt: at };
      });
    },
  };
}

/** When an SMS was said, as far as its panel tells. */
export function saidAt({ panelTime, at }: Inbound): number {
  return panelTime ?? at;
}

function keyOf(line: Line, peer: Peer): string {
  return `${line}/${peer}`;
}
