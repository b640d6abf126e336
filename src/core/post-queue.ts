import type { DeskId, MessageId } from "./model/ids.ts";
import type { Inbound, Outbound } from "./model/message.ts";
import type { ThreadId } from "./model/thread.ts";
import type { Persist } from "./persist.ts";
import type { PostedSms, TakeSms } from "./ports/desk.ts";
import { StoreError } from "./ports/store.ts";
import type { Records } from "./records.ts";

/**
 * What waits to be shown in one thread, in the order in which it will be: by the panel's time, then by commit.
 *
 * SMS that wait together go together. Which ones is written on the first of them before their post leaves, and that post is
 * repeated unchanged until it stands: whoever is killed meanwhile shows at most this one post twice.
 */
export interface PostQueue {
  readonly thread: ThreadId;
  readonly desk: DeskId;
  /** Once, however often it is told. */
  add(message: Inbound): void;
  isEmpty(): boolean;
  first(): Inbound | undefined;
  readonly take: TakeSms;
  /** What `take` gave. */
  taken(): readonly PostedSms[];
  /** What `take` gave stands at this place: commits that, waits for the store as long as it takes, and gives them back. */
  settle(place: string): Promise<readonly PostedSms[]>;
  /**
   * What waits is kept and not shown, for its peer is blocked. `false`: it is to be shown, because a post of it may stand at the
   * desk already, or because they were unblocked meanwhile, by somebody who was not told of it. Waits for the store.
   */
  hide(at: number, isBlocked: () => Promise<boolean>): Promise<boolean>;
  /** A try to show it has ended, well or not: `take` may choose anew. */
  release(): void;
}

/** More SMS than one post ever holds. */
const mostTogether = 200;

export function createPostQueue(deps: {
  thread: ThreadId;
  desk: DeskId;
  records: Records;
  persist: Persist;
}): PostQueue {
  const { thread, desk, records, persist } = deps;
  let waiting: Inbound[] = [];
  const known = new Set<MessageId>();
  let taken: readonly PostedSms[] | undefined;

  async function take(fits: Parameters<TakeSms>[0]): Promise<readonly PostedSms[]> {
    if (taken) return taken;
    const first = next();
    if (first === undefined) throw new Error("nothing waits in this thread");
    taken = first.joined ? await readTogether(first, first.joined) : await choose(fits);
    return taken;
  }

  /** What may already stand at the desk together with others comes before everything, whatever has come meanwhile. */
  function next(): Inbound | undefined {
    return waiting.find(({ joined }) => joined !== undefined) ?? waiting[0];
  }

  async function choose(fits: Parameters<TakeSms>[0]): Promise<readonly PostedSms[]> {
    const chosen: PostedSms[] = [];
    for (const message of waiting.slice(0, mostTogether)) {
      const more = [...chosen, await withFacts(message)];
      if (chosen.length > 0 && !fits(more)) break;
      chosen.push(...more.slice(chosen.length));
    }
    const [first, ...others] = chosen;
    if (!first || others.length === 0 || (await join(first.message, others))) return chosen;
    return [first];
  }

  /** Not where the record is damaged: what we still know of it is shown alone. */
  async function join({ id }: Inbound, others: readonly PostedSms[]): Promise<boolean> {
    const joined = others.map(({ message }) => message.id);
    const first = await unlessDamaged(() => records.inbound.update(id, (current) => current && { ...current, joined }));
    if (first) waiting = waiting.map((message) => (message.id === id ? first : message));
    return first !== undefined;
  }

  /** Also those whose place was stored before a kill, for the post is repeated as it was. */
  async function readTogether(first: Inbound, joined: readonly MessageId[]): Promise<readonly PostedSms[]> {
    const others = await Promise.all(joined.map((id) => records.inbound.get(id)));
    const together = [first, ...others.filter((other) => other !== undefined)];
    return Promise.all(together.map(withFacts));
  }

  async function withFacts(message: Inbound): Promise<PostedSms> {
    const newest = { equal: [message.thread], to: message.seq - 1, reverse: true, limit: 1 };
    const [[before], [sent]] = await Promise.all([
      records.inbound.range("thread", newest),
      records.outbound.range("thread", newest),
    ]);
    const isAfterBulk = sent?.bulk !== undefined && sent.order > (before?.seq ?? 0) && mayHaveCome(sent);
    return {
      message,
      ...(before && before.line !== message.line ? { previousLine: before.line } : {}),
      ...(isAfterBulk && !message.past ? { afterBulk: { text: sent.text, at: sent.claimedAt ?? sent.at } } : {}),
    };
  }

  async function store({ id }: Inbound, place: string): Promise<void> {
    await unlessDamaged(() =>
      persist(() => records.inbound.update(id, (current) => current && posted(current, place))),
    );
  }

  return {
    thread,
    desk,
    add(message) {
      if (known.has(message.id)) return;
      known.add(message.id);
      let at = waiting.length;
      for (let before = waiting[at - 1]; before && inOrder(before, message) > 0; before = waiting[at - 1]) at -= 1;
      waiting.splice(at, 0, message);
    },
    isEmpty: () => waiting.length === 0,
    first: next,
    take,
    taken: () => taken ?? [],
    async settle(place) {
      const shown = taken ?? [];
      const [first, ...others] = shown;
      // The first comes last: until then the store knows that they stand together.
      await Promise.all(others.map(({ message }) => store(message, place)));
      if (first) await store(first.message, place);
      const ids = new Set(shown.map(({ message }) => message.id));
      waiting = waiting.filter(({ id }) => !ids.has(id));
      for (const id of ids) known.delete(id);
      return shown;
    },
    async hide(at, isBlocked) {
      if (next()?.joined) return false;
      // A copy: more may come while these are written.
      const unseen = [...waiting];
      const write = (change: (message: Inbound) => Inbound) =>
        Promise.all(
          unseen.map(({ id }) =>
            unlessDamaged(() => persist(() => records.inbound.update(id, (current) => current && change(current)))),
          ),
        );
      await write((message) => hiddenSince(message, at));
      if (!(await isBlocked())) {
        await write((message) => shownAfterAll(message, at));
        return false;
      }
      waiting = waiting.filter((message) => !unseen.includes(message));
      for (const { id } of unseen) known.delete(id);
      return true;
    },
    release() {
      taken = undefined;
    },
  };
}

function mayHaveCome({ receipts, state }: Outbound): boolean {
  return receipts.length > 0 || state === "uncertain";
}

/** A record that cannot be read any more keeps no place, and must not be shown again and again. */
async function unlessDamaged<T>(write: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof StoreError && error.code === "corrupt") return undefined;
    throw error;
  }
}

function posted(message: Inbound, post: string): Inbound {
  const { postDue: _due, handed: _handed, joined: _joined, ...rest } = message;
  return { ...rest, post };
}

function hiddenSince({ postDue: _due, handed: _handed, ...rest }: Inbound, at: number): Inbound {
  return { ...rest, hidden: at };
}

function shownAfterAll({ hidden: _, ...rest }: Inbound, at: number): Inbound {
  return { ...rest, postDue: at };
}

function inOrder(a: Inbound, b: Inbound): number {
  return (a.panelTime ?? a.at) - (b.panelTime ?? b.at) || a.seq - b.seq;
}
