import type { CarriedSms } from "../carrier.ts";
import type { Timers } from "../timers.ts";

/** From a customer, in any spelling, to one of our lines. */
export interface InboundSms extends CarriedSms {
  /** Epoch milliseconds, or a string to list as it is. Default now. */
  readonly time?: number | string;
}

/** An SMS that a customer sent to one of the lines. */
export interface ReceivedSms extends InboundSms {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What one poll gets to see. The manual has no paging and does not say whether reading takes a message away. */
export interface Reading {
  /** Only the last so many messages. Default all. */
  readonly window?: number;
  /** A message is handed out once. Default false: the whole list at every poll. */
  readonly isConsuming?: boolean;
  /** The next so many that were never handed out, oldest first; consumes. */
  readonly page?: number;
  /** Default `newest-first`; a page is always oldest first. */
  readonly order?: "newest-first" | "oldest-first";
}

/** The panel's inbox: nothing is pushed, all waits here. */
export interface Inbox {
  /** Oldest first. */
  readonly all: readonly ReceivedSms[];
  add(sms: InboundSms): ReceivedSms;
  /** Deletes the message at this place of `all`. */
  remove(index: number): void;
  /** The messages of one poll; all of them count as handed out from now on. */
  read(reading: Reading): readonly ReceivedSms[];
}

export function createInbox({ timers, firstId }: { timers: Timers; firstId: bigint }): Inbox {
  const all: ReceivedSms[] = [];
  const handedOut = new Set<string>();
  let count = 0n;

  function choose({ window, isConsuming, page, order }: Reading): readonly ReceivedSms[] {
    const visible = window === undefined ? all : all.slice(-window);
    const fresh = visible.filter(({ id }) => !handedOut.has(id));
    if (page !== undefined) return fresh.slice(0, page);
    const list = isConsuming ? fresh : visible;
    return order === "oldest-first" ? list : list.toReversed();
  }

  return {
    all,
    add(sms) {
      const entry: ReceivedSms = { ...sms, id: String(firstId + count), at: timers.now() };
      count += 1n;
      all.push(entry);
      return entry;
    },
    remove(index) {
      if (all.splice(index, 1).length === 0) throw new RangeError(`the inbox has no message ${index}`);
    },
    read(reading) {
      const chosen = [...choose(reading)];
      for (const { id } of chosen) handedOut.add(id);
      return chosen;
    },
  };
}
