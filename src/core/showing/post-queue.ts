import type { DeskId, MessageId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import { findCodes } from "../model/one-time-code.ts";
import type { StreamId } from "../model/stream.ts";
import type { ThreadId } from "../model/thread.ts";
import type { Persist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { PostedSms, TakeSms } from "../ports/desk.ts";
import { StoreError } from "../ports/store.ts";
import type { Records } from "../records.ts";
import { inOrder, toPosted } from "./posted-sms.ts";

/**
 * What waits to be shown in one stream, in the order in which it will be: by the panel's time, then by commit.
 *
 * SMS that wait together go together. Which ones is written on the first of them before their post leaves, and that post is
 * repeated unchanged until it stands: whoever is killed meanwhile shows at most this one post twice.
 */
export interface PostQueue {
  readonly stream: StreamId;
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
   * What waits of peers that are blocked is kept and not shown. Gives whether that was so of the first; it is not where a post of it
   * may stand at the desk already, or where they were unblocked meanwhile, by somebody who was not told of it. Waits for the store.
   */
  hide(at: number, isBlocked: (thread: ThreadId) => Promise<boolean>): Promise<boolean>;
  /** A try to show it has ended, well or not: `take` may choose anew. */
  release(): void;
}

/** More SMS than one post ever holds. */
const mostTogether = 200;

export function createPostQueue(deps: {
  stream: StreamId;
  desk: DeskId;
  records: Records;
  persist: Persist;
  clock: Clock;
}): PostQueue {
  const { stream, desk, records, persist, clock } = deps;
  let waiting: Inbound[] = [];
  const known = new Set<MessageId>();
  let taken: readonly PostedSms[] | undefined;

  async function take(fits: Parameters<TakeSms>[0]): Promise<readonly PostedSms[]> {
    if (taken) return taken;
    const first = next();
    if (first === undefined) throw new Error("nothing waits in this stream");
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
      const more = [...chosen, await toPosted(records, message)];
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
    return Promise.all(together.map((message) => toPosted(records, message)));
  }

  async function store(sms: PostedSms, place: string): Promise<PostedSms> {
    const { id } = sms.message;
    const message = await unlessDamaged(() =>
      persist(() => records.inbound.update(id, (current) => current && posted(current, place, clock.now()))),
    );
    return message ? { ...sms, message } : sms;
  }

  async function hideThread(thread: ThreadId, at: number, isStillBlocked: () => Promise<boolean>): Promise<void> {
    // More may come while these are written.
    const unseen = waiting.filter((message) => message.thread === thread);
    const write = (change: (message: Inbound) => Inbound) =>
      Promise.all(
        unseen.map(({ id }) =>
          unlessDamaged(() => persist(() => records.inbound.update(id, (current) => current && change(current)))),
        ),
      );
    await write((message) => hiddenSince(message, at));
    if (!(await isStillBlocked())) {
      await write((message) => shownAfterAll(message, at));
      return;
    }
    waiting = waiting.filter((message) => !unseen.includes(message));
    for (const { id } of unseen) known.delete(id);
  }

  return {
    stream,
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
      const [first, ...others] = taken ?? [];
      if (first === undefined) return [];
      // The first comes last: until then the store knows that they stand together.
      const behind = await Promise.all(others.map((sms) => store(sms, place)));
      const shown = [await store(first, place), ...behind];
      const ids = new Set(shown.map(({ message }) => message.id));
      waiting = waiting.filter(({ id }) => !ids.has(id));
      for (const id of ids) known.delete(id);
      return shown;
    },
    async hide(at, isBlocked) {
      const first = next();
      if (first === undefined || first.joined) return false;
      for (const thread of new Set(waiting.map((message) => message.thread))) {
        if (await isBlocked(thread)) await hideThread(thread, at, () => isBlocked(thread));
      }
      return !waiting.includes(first);
    },
    release() {
      taken = undefined;
    },
  };
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

function posted(message: Inbound, post: string, at: number): Inbound {
  const { postDue: _due, handed: _handed, joined: _joined, ...rest } = message;
  const { hideCodesAfterMs: afterMs, text } = message;
  const codes = afterMs === undefined || findCodes(text).length === 0 ? {} : { codesDue: at + afterMs };
  return { ...rest, post, ...codes };
}

function hiddenSince({ postDue: _due, handed: _handed, ...rest }: Inbound, at: number): Inbound {
  return { ...rest, hidden: at };
}

function shownAfterAll({ hidden: _, ...rest }: Inbound, at: number): Inbound {
  return { ...rest, postDue: at };
}
