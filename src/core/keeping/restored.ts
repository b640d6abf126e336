import type { Outbound } from "../model/message.ts";
import { doubtSince, isLeaving } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Collection, CollectionSpec, Store } from "../ports/store.ts";
import type { Records } from "../records.ts";

/** What a store knows of being a copy of another one. */
export interface CopyNote {
  readonly copiedAt: number;
  /** When a bridge first ran on it. What the other store did in between is not known here. */
  readonly restoredAt?: number;
  /** Whether the desks have been told of it. */
  readonly isTold?: boolean;
}

const spec: CollectionSpec<CopyNote> = {
  name: "copies",
  indexes: {},
  parse(value) {
    const { copiedAt, restoredAt, isTold } = value as Partial<CopyNote>;
    if (typeof copiedAt !== "number") throw new TypeError("not the note of a copy");
    return { copiedAt, ...(typeof restoredAt === "number" ? { restoredAt } : {}), isTold: isTold === true };
  },
};
const key = "newest";

/** Writes into a copy that it is one, and as yet nobody runs on it. */
export async function noteCopied(copy: Store, copiedAt: number): Promise<void> {
  await (await copy.collection(spec)).put(key, { copiedAt });
}

/** Whether a store is a copy on which no bridge has run yet. */
export async function findUnusedCopy(store: Store): Promise<CopyNote | undefined> {
  const note = await (await store.collection(spec)).get(key);
  return note?.restoredAt === undefined ? note : undefined;
}

/**
 * A store that was restored from a copy knows less than was done: what waited in it to be sent may have been sent since, and
 * the desk may hand over once more what the other store had taken but not confirmed. So nothing of it leaves by itself; a
 * person is asked (decision 8).
 */
export interface Restored {
  /** When this store was first run after it was restored; what is older is of unknown fate. */
  at(): number | undefined;
  /**
   * Puts in doubt what waits to leave, before anything leaves and before anything new is accepted. Does nothing on a store that
   * is no copy, or that is settled. A process that dies meanwhile does the rest at its next start. Only for the owner.
   */
  settle(): Promise<void>;
  /** When the copy was made, once: for the first bridge, which has desks to tell; `send` may have settled it before. */
  takeNews(): Promise<number | undefined>;
}

export async function openRestored(deps: {
  store: Store;
  records: Records;
  ledger: Ledger;
  clock: Clock;
  log: Log;
}): Promise<Restored> {
  const { records, ledger, clock, log } = deps;
  const notes: Collection<CopyNote> = await deps.store.collection(spec);
  let at = (await notes.get(key))?.restoredAt;

  return {
    at: () => at,
    async settle() {
      const note = await notes.get(key);
      if (note === undefined || note.restoredAt !== undefined) return;
      const restoredAt = clock.now();
      let doubted = 0;
      for await (const page of pagesOf(records.outbound, "due", { numberOf: ({ due }) => due })) {
        const leaving = page.filter(isLeaving);
        await Promise.all(leaving.map(({ id }) => ledger.move(id, doubtSince)));
        doubted += leaving.length;
      }
      await notes.put(key, { ...note, restoredAt });
      at = restoredAt;
      log.warn({ copiedAt: note.copiedAt, doubted }, "store was restored from a copy");
    },
    async takeNews() {
      const note = await notes.get(key);
      if (note?.restoredAt === undefined || note.isTold) return undefined;
      await notes.put(key, { ...note, isTold: true });
      return note.copiedAt;
    },
  };
}

/** Whether it may have been sent in a time that a restored store does not know; `restoredAt` as `Restored.at` tells it. */
export function isOfUnknownFate({ claimedAt, at, failure }: Outbound, restoredAt: number | undefined): boolean {
  return restoredAt !== undefined && (claimedAt ?? at) < restoredAt && failure?.code !== "restored";
}
