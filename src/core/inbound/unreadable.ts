import { hashKey, type ProviderId } from "../model/ids.ts";
import type { ToldMemory } from "../notices/told.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Collection, CollectionSpec, Store } from "../ports/store.ts";

/** What a panel handed over and nobody could read. */
export interface Unreadable {
  readonly id: string;
  readonly provider: ProviderId;
  readonly at: number;
  /** As it came; a call is cut after 8 kB, an answer after 256 kB. */
  readonly raw: string;
}

/** What was told: a call of a panel, or its answer to us. */
export type UnreadableKind = "call" | "answer";

const keptBytes: Readonly<Record<UnreadableKind, number>> = { call: 8192, answer: 262_144 };
const mostKept = 100;
const tellAgainMs = 60 * 60_000;

const spec: CollectionSpec<Unreadable> = {
  name: "unreadable",
  indexes: { at: ["at"] },
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, provider, at, raw } = value as Partial<Unreadable>;
    if (typeof id !== "string" || typeof provider !== "string" || typeof at !== "number" || typeof raw !== "string") {
      throw new TypeError("not an unreadable call");
    }
    return { id, provider, at, raw };
  },
};

/** Of many at once the first hundred are kept. */
export type KeepUnreadable = (provider: ProviderId, kind: UnreadableKind, raws: readonly string[]) => Promise<void>;

/** What is kept of it, for whoever looks after the bridge. */
export function openUnreadableRecords(store: Store): Promise<Collection<Unreadable>> {
  return store.collection(spec);
}

/**
 * Keeps the last hundred things that could not be read, each once, and tells the desks, at most once an hour for each provider.
 * What is kept already is told no second time.
 */
export async function openUnreadable(deps: {
  store: Store;
  clock: Clock;
  told: Pick<ToldMemory, "isFirst">;
  tell: (provider: ProviderId, notice: Notice) => unknown;
}): Promise<KeepUnreadable> {
  const { clock, tell, told } = deps;
  const records = await openUnreadableRecords(deps.store);

  return async (provider, kind, raws) => {
    const at = clock.now();
    const isNew = await Promise.all(
      raws.slice(0, mostKept).map((raw) => {
        const id = hashKey(provider, raw);
        return records.create(id, { id, provider, at, raw: Buffer.from(raw).subarray(0, keptBytes[kind]).toString() });
      }),
    );
    if (!isNew.includes(true)) return;
    // It is kept as known already, so a store that has just gone away must not cost the notice.
    const isDue = await told.isFirst(`unreadable/${provider}`, tellAgainMs).catch(() => true);
    if (isDue) tell(provider, { kind: "unreadable", provider });
    await dropOldest();
  };

  async function dropOldest(): Promise<void> {
    const kept = await records.range("at", { limit: 3 * mostKept });
    const tooMany = kept.slice(0, Math.max(0, kept.length - mostKept));
    await Promise.all(tooMany.map(({ id }) => records.delete(id)));
  }
}
