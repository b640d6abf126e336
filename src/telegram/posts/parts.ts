import { z } from "zod";
import type { Clock } from "../../core/ports/clock.ts";
import type { Collection, CollectionSpec, Store } from "../../core/ports/store.ts";

/** One of the first messages of an SMS that was too long for one. */
export interface PartRecord {
  readonly part: string;
  /** The place of its last message, which core knows as the post. */
  readonly post: string;
}

const spec: CollectionSpec<PartRecord> = {
  name: "parts",
  indexes: {},
  parse: (value) => z.object({ part: z.string(), post: z.string() }).parse(value),
};

/** Which post a Telegram message belongs to, for answers that reply to any part of a long SMS. */
export interface Parts {
  remember(places: readonly string[], post: string): Promise<void>;
  /** The place by which core knows the post; the same place where it is no part of a longer one. */
  postOf(place: string): Promise<string>;
}

/** What is known of a long SMS goes when the SMS itself does, after `keepMs`. */
export async function openParts(deps: { store: Store; clock: Clock; keepMs: number }): Promise<Parts> {
  const { store, clock, keepMs } = deps;
  const records: Collection<PartRecord> = await store.collection(spec);
  return {
    async remember(places, post) {
      const expiresAt = clock.now() + keepMs;
      await Promise.all(places.map((part) => records.put(part, { part, post }, { expiresAt })));
    },
    async postOf(place) {
      return (await records.get(place))?.post ?? place;
    },
  };
}
