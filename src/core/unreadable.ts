import type { ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import type { Notice } from "./ports/desk.ts";
import type { Collection, CollectionSpec, Store } from "./ports/store.ts";
import type { Sequence } from "./sequence.ts";

/** What a panel handed over and nobody could read. */
export interface Unreadable {
  readonly id: string;
  readonly provider: ProviderId;
  readonly at: number;
  /** As it came, cut after 8 kB. */
  readonly raw: string;
}

const keptBytes = 8192;
const keptCalls = 100;
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

/** Keeps the last hundred calls that could not be read, and tells the desks, at most once an hour for each provider. */
export async function openUnreadable(deps: {
  store: Store;
  clock: Clock;
  sequence: Sequence;
  tell: (provider: ProviderId, notice: Notice) => void;
}): Promise<(provider: ProviderId, raw: string) => Promise<void>> {
  const { clock, sequence, tell } = deps;
  const calls: Collection<Unreadable> = await deps.store.collection(spec);
  const toldAt = new Map<ProviderId, number>();

  return async (provider, raw) => {
    const at = clock.now();
    const id = String(sequence.next());
    await calls.put(id, { id, provider, at, raw: Buffer.from(raw).subarray(0, keptBytes).toString() });
    if (at - (toldAt.get(provider) ?? Number.NEGATIVE_INFINITY) >= tellAgainMs) {
      toldAt.set(provider, at);
      tell(provider, { kind: "unreadable-push", provider });
    }
    await dropOldest();
  };

  async function dropOldest(): Promise<void> {
    const kept = await calls.range("at", { limit: 2 * keptCalls });
    for (const { id } of kept.slice(0, Math.max(0, kept.length - keptCalls))) await calls.delete(id);
  }
}
