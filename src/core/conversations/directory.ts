import type { Conversation } from "../model/conversation.ts";
import type { DeskId } from "../model/ids.ts";
import { foldName } from "../model/name.ts";
import { toNational } from "../model/phone.ts";
import { toAsciiDigits } from "../model/text.ts";
import type { ThreadId } from "../model/thread.ts";
import type { ConversationBook } from "./book.ts";

/** Who of a desk's customers is called so, or has such a number. */
export interface Directory {
  /** By a part of the name or of the number in any spelling: the best first, of equal ones whoever was active last. */
  search(desk: DeskId, part: string, limit: number): Promise<FoundCustomers>;
  /** Those with exactly this name, but for how it is spelled; whoever was active last first. */
  called(desk: DeskId, name: string): Promise<readonly Conversation[]>;
}

export interface FoundCustomers {
  readonly found: readonly Conversation[];
  /** All that fit. */
  readonly count: number;
}

/** What is compared, of one customer. */
interface Entry {
  readonly thread: ThreadId;
  readonly name: string;
  /** `09121234567` and `989121234567`; equal for what is no telephone number. */
  readonly national: string;
  readonly international: string;
  readonly activeAt: number;
}

type Entries = Map<ThreadId, Entry>;

/** How well one fits, the lowest best. */
type Rank = 0 | 1 | 2;

/**
 * A part of a name or of a number is in no order that an index could have, so names and numbers of a desk are kept in memory,
 * from the first time that somebody looks for one. Of 100,000 customers that is 27 MB, read in some seconds, page after page, and
 * looked through in 50 ms.
 */
export function createDirectory({
  conversations,
}: {
  readonly conversations: Pick<ConversationBook, "allOf" | "find" | "watch">;
}): Directory {
  const directories = new Map<DeskId, Entries>();
  const reading = new Map<DeskId, Promise<Entries>>();
  /** Who was forgotten while a desk is being read: what was read before does not bring them back. */
  const forgotten = new Map<DeskId, Set<ThreadId>>();

  conversations.watch((conversation, isForgotten) => {
    const { id, desk } = conversation;
    if (!isForgotten) return void directories.get(desk)?.set(id, toEntry(conversation));
    directories.get(desk)?.delete(id);
    forgotten.get(desk)?.add(id);
  });

  async function entriesOf(desk: DeskId): Promise<Entries> {
    const running = reading.get(desk);
    if (running !== undefined) return running;
    const work = read(desk);
    reading.set(desk, work);
    // The next one who looks tries again.
    work.catch(() => reading.delete(desk));
    return work;
  }

  async function read(desk: DeskId): Promise<Entries> {
    // From now on changes are followed, and what is read may be older than they.
    const entries: Entries = new Map();
    const gone = new Set<ThreadId>();
    directories.set(desk, entries);
    forgotten.set(desk, gone);
    for await (const page of conversations.allOf(desk)) {
      for (const conversation of page) {
        const { id } = conversation;
        if (!entries.has(id) && !gone.has(id)) entries.set(id, toEntry(conversation));
      }
    }
    forgotten.delete(desk);
    return entries;
  }

  async function best(desk: DeskId, rankOf: (entry: Entry) => Rank | undefined): Promise<readonly Entry[]> {
    const ranked: { entry: Entry; rank: Rank }[] = [];
    for (const entry of (await entriesOf(desk)).values()) {
      const rank = rankOf(entry);
      if (rank !== undefined) ranked.push({ entry, rank });
    }
    ranked.sort((one, other) => one.rank - other.rank || other.entry.activeAt - one.entry.activeAt);
    return ranked.map(({ entry }) => entry);
  }

  /** As they stand now; who was erased meanwhile is nobody. */
  async function load(entries: readonly Entry[]): Promise<readonly Conversation[]> {
    const found = await Promise.all(entries.map(({ thread }) => conversations.find(thread)));
    return found.filter((one) => one !== undefined);
  }

  return {
    async search(desk, part, limit) {
      const name = foldName(part);
      const digits = digitsOf(part);
      if (name === "") return { found: [], count: 0 };
      const fitting = await best(desk, (entry) => rankOfName(entry, name) ?? rankOfNumber(entry, digits));
      return { found: await load(fitting.slice(0, limit)), count: fitting.length };
    },
    async called(desk, written) {
      const name = foldName(written);
      if (name === "") return [];
      return load(await best(desk, (entry) => (entry.name === name ? 0 : undefined)));
    },
  };
}

function toEntry({ id, peer, name = "", activeAt }: Conversation): Entry {
  const national = toNational(peer);
  return { thread: id, name: foldName(name), national, international: peer.replace(/^\+/, ""), activeAt };
}

function rankOfName({ name }: Entry, part: string): Rank | undefined {
  const at = name.indexOf(part);
  if (at < 0) return undefined;
  if (name === part) return 0;
  return at === 0 ? 1 : 2;
}

function rankOfNumber({ national, international }: Entry, digits: string | undefined): Rank | undefined {
  if (digits === undefined) return undefined;
  if (national === digits || international === digits) return 0;
  if (national.startsWith(digits) || international.startsWith(digits)) return 1;
  return national.includes(digits) || international.includes(digits) ? 2 : undefined;
}

/** Of what can only be meant as a number; without the two ways to begin one from abroad. */
function digitsOf(part: string): string | undefined {
  const compact = toAsciiDigits(part).replace(/[\s().\-_/\p{Cf}]/gu, "");
  return /^\+?\d+$/.test(compact) ? compact.replace(/^(?:\+|00)/, "") : undefined;
}
