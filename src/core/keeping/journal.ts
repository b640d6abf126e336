import type { DeskId } from "../model/ids.ts";
import type { Operator, Outbound } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Collection, CollectionSpec, Store } from "../ports/store.ts";
import type { Records } from "../records.ts";

/** What a person did, beside writing an answer. Kept in the store: add, never change. */
export type Deed =
  | "edit"
  | "cancel"
  | "send-now"
  | "try-again"
  | "send-again"
  | "was-sent"
  | "claim"
  | "release"
  | "close"
  | "reopen"
  | "name"
  | "pair"
  | "export"
  | "forget"
  | "block"
  | "unblock"
  | "snooze"
  | "unsnooze"
  | "later"
  | "opt-out"
  | "canned"
  | "setting"
  | "bulk"
  | "bulk-stop";

/** One thing that somebody did. Holds no text of an SMS. */
export interface JournalEntry {
  /** Made from the update in which it came: the same one is one entry, however often it is read. */
  readonly id: string;
  readonly desk: DeskId;
  readonly thread?: ThreadId;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: Operator;
  readonly what: Deed;
  /** Short facts of it, such as the name of a setting. */
  readonly facts?: Readonly<Record<string, string | number>>;
  /** It has begun, and nobody has noted yet whether it took effect. Such an entry is not told. */
  readonly isOpen?: true;
}

/**
 * What an effect came to. `unclear`: it is so now, and may have been before; where it had begun already, in a process that died
 * or before the store went away, that was this very deed.
 */
export type Effect = "done" | "nothing" | "unclear";

/** Of a thread or a desk: an entry, or an answer that was written, which its own record tells. */
export type Deeds = JournalEntry | { readonly what: "answer"; readonly message: Outbound };

export interface Journal {
  /**
   * Does what an entry is about and notes it. The entry is opened before and closed after, so that a crash between leaves neither
   * an effect without its entry nor an entry that is told without an effect: the update comes again, and finds what was begun.
   * To be awaited before the update is confirmed; for what people press, not for answers.
   */
  noting<T>(entry: NewEntry, run: () => Promise<T>, effectOf: (result: T) => Effect): Promise<T>;
  /** Notes what has happened already. Written once, however often. */
  note(entry: NewEntry): Promise<void>;
  /** The newest of a thread, oldest first. */
  ofThread(thread: ThreadId, most: number): Promise<readonly Deeds[]>;
  /** The newest of a desk since then, oldest first. */
  ofDesk(desk: DeskId, since: number, most: number): Promise<readonly Deeds[]>;
}

export type NewEntry = Omit<JournalEntry, "at" | "isOpen">;

const pageSize = 500;
/** How many of the bridge's newest SMS are looked through for those of one desk. */
const mostLookedAt = 5_000;

export const journalSpec: CollectionSpec<JournalEntry> = {
  name: "journal",
  indexes: { thread: ["thread", "at"], desk: ["desk", "at"] },
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, desk, what, at, by } = value as Partial<JournalEntry>;
    const isWhole = [id, desk, what, by?.id, by?.name].every((field) => typeof field === "string");
    if (!isWhole || typeof at !== "number") throw new TypeError("not an entry of the journal");
    return value as JournalEntry;
  },
};

/**
 * Who did what. Kept as long as messages are. An answer needs no entry: its record says who wrote it, when, and what became of it,
 * so that the way of an answer is not a write longer.
 */
export async function openJournal(deps: {
  readonly store: Store;
  readonly records: Records;
  readonly clock: Clock;
  readonly keepMs: number;
}): Promise<Journal & { erase(thread: ThreadId, upTo: number): Promise<void> }> {
  const { records, clock, keepMs } = deps;
  const entries: Collection<JournalEntry> = await deps.store.collection(journalSpec);

  function create(entry: NewEntry & { isOpen?: true }): Promise<boolean> {
    const at = clock.now();
    return entries.create(entry.id, { ...entry, at }, { expiresAt: at + keepMs });
  }

  async function answersOf(desk: DeskId, since: number, most: number): Promise<Outbound[]> {
    const found: Outbound[] = [];
    const from = since * 1000;
    let to: number | undefined;
    for (let seen = 0; seen < mostLookedAt; seen += pageSize) {
      const bounds = to === undefined ? { from } : { from, to };
      const page = await records.outbound.range("order", { ...bounds, reverse: true, limit: pageSize });
      found.push(...page.filter((message) => message.desk === desk && isByHand(message)));
      const last = page.at(-1);
      if (found.length >= most || page.length < pageSize || !last) break;
      to = last.order - 1;
    }
    return found;
  }

  return {
    async noting(entry, run, effectOf) {
      const isNew = await create({ ...entry, isOpen: true });
      const known = isNew ? undefined : await entries.get(entry.id);
      const result = await run();
      const effect = effectOf(result);
      const wasBegun = known?.isOpen === true;
      if (effect === "done" || (effect === "unclear" && wasBegun)) {
        await entries.update(entry.id, (current) => current && closed(current));
      } else if (isNew || wasBegun) await entries.delete(entry.id);
      return result;
    },

    async note(entry) {
      await create(entry);
    },

    async ofThread(thread, most) {
      const newest = { equal: [thread], reverse: true, limit: most };
      const [noted, written] = await Promise.all([
        entries.range("thread", newest),
        records.outbound.range("thread", newest),
      ]);
      return newestOf(noted, written.filter(isByHand), most);
    },

    async ofDesk(desk, since, most) {
      const [noted, written] = await Promise.all([
        entries.range("desk", { equal: [desk], from: since, reverse: true, limit: most }),
        answersOf(desk, since, most),
      ]);
      return newestOf(noted, written, most);
    },

    async erase(thread, upTo) {
      for await (const page of pagesOf(entries, "thread", { equal: [thread], to: upTo, numberOf: ({ at }) => at })) {
        await Promise.all(page.map(({ id }) => entries.delete(id)));
      }
    },
  };
}

/** When a deed was done, epoch milliseconds. */
export function timeOf(deed: Deeds): number {
  return deed.what === "answer" ? deed.message.at : deed.at;
}

function newestOf(noted: readonly JournalEntry[], written: readonly Outbound[], most: number): Deeds[] {
  const answers = written.map((message) => ({ what: "answer" as const, message }));
  const all: Deeds[] = [...noted.filter(({ isOpen }) => !isOpen), ...answers];
  return all.toSorted((one, other) => timeOf(one) - timeOf(other)).slice(-most);
}

/** Written by a person; what a program sends is nobody's deed. */
function isByHand({ by }: Outbound): boolean {
  return by !== undefined;
}

function closed({ isOpen: _, ...entry }: JournalEntry): JournalEntry {
  return entry;
}
