import type { ProviderId } from "../model/ids.ts";
import type { Line } from "../model/phone.ts";
import type { PollInbox } from "../ports/inbox.ts";
import type { Collection, CollectionSpec, Store } from "../ports/store.ts";

/** The two questions that an inbox can be asked; each has its own answers. */
export type Question = "fetch" | "catchUp";

/** How far one question has been read. */
export interface Cursor {
  /** Answers that were read to their end; names the next one. */
  readonly answers: number;
  /** The entries of the last one with neither id nor time (see `readListing`). Kept while the panel shows an empty list. */
  readonly bare: readonly string[];
  readonly wasEmptied: boolean;
  /** How many entries it had. */
  readonly size: number;
}

/** What is kept of an inbox that is polled: of one line, or of a whole account. */
export interface PollMemory {
  readonly id: string;
  /** SMS from before this moment are old: set when the inbox is first opened, and never moved. */
  readonly since: number;
  readonly fetch?: Cursor;
  readonly catchUp?: Cursor;
  /** An answer that was stored and has not been read to its end. */
  readonly unread?: { readonly question: Question; readonly answer: string };
  /** Old SMS that were kept and of which the desk has not been told, by line. */
  readonly skipped?: Readonly<Record<Line, number>>;
}

const spec: CollectionSpec<PollMemory> = {
  name: "polls",
  indexes: {},
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    if (typeof Reflect.get(value, "id") !== "string" || typeof Reflect.get(value, "since") !== "number") {
      throw new TypeError("not the memory of a poll");
    }
    return value as PollMemory;
  },
};

export function openPollMemories(store: Store): Promise<Collection<PollMemory>> {
  return store.collection(spec);
}

/** The key of an inbox's memory. `lines` are those that are asked for together: of an account, whichever it has. */
export function memoryIdOf(provider: ProviderId, { scope }: Pick<PollInbox, "scope">, lines: readonly Line[]): string {
  return [provider, ...(scope === "line" ? lines : [])].join("/");
}
