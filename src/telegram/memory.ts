import { z } from "zod";
import type { DeskId, MessageId } from "../core/model/ids.ts";
import { type Once, openOnce } from "../core/notices/once.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Store } from "../core/ports/store.ts";

/** What the handlers must still know after a restart. Every method throws `StoreError` and nothing else. */
export interface BotMemory extends Pick<Once, "isFirst"> {
  /** Takes one of `most` places that a key has in each span of time; `false` when none is left. */
  takePlace(key: string, most: number, spanMs: number): Promise<boolean>;
  /** Whether such a place is left. */
  hasPlace(key: string, most: number): Promise<boolean>;
  /** Keeps the text of an edit that came before its message: over webhooks updates may swap places. */
  keepEdit(id: MessageId, text: string): Promise<void>;
  findEdit(id: MessageId): Promise<string | undefined>;
  pairingOf(desk: DeskId): Promise<Pairing>;
  /** Ends a generation. Doing it again for the same one changes nothing. */
  closePairing(desk: DeskId, generation: number, by: string): Promise<void>;
  /** Keeps what a paired desk was told to lack; an empty list: nothing any more. `false` where that was known already. */
  keepLacks(desk: DeskId, lacks: readonly string[]): Promise<boolean>;
  lacksOf(desk: DeskId): Promise<readonly string[]>;
}

export interface Pairing {
  /** How often the desk has been paired; each time makes the next code. */
  readonly generation: number;
  /** The message that did it last. */
  readonly by?: string | undefined;
  /** What the bot's work in its chat lacked, as was said last; absent where nothing was. */
  readonly lacks?: readonly string[] | undefined;
}

const keepEditMs = 24 * 60 * 60_000;

const editShape = z.object({ text: z.string() });
const pairingShape = z.object({
  generation: z.number().int().nonnegative(),
  by: z.string().optional(),
  lacks: z.array(z.string()).optional(),
});

/** Declares the collections of the bot; to be awaited before the first write to the store. */
export async function openBotMemory(deps: { store: Store; clock: Clock }): Promise<BotMemory> {
  const { store, clock } = deps;
  const { isFirst, has } = await openOnce(deps, "botOnce");
  const edits = await store.collection({ name: "earlyEdits", indexes: {}, parse: (value) => editShape.parse(value) });
  /** Looked at with every update; only this process changes it. */
  const lacking = new Map<DeskId, readonly string[]>();
  const pairings = await store.collection({
    name: "pairings",
    indexes: {},
    parse: (value): Pairing => pairingShape.parse(value),
  });

  return {
    isFirst,
    async takePlace(key, most, spanMs) {
      for (let place = 0; place < most; place += 1) {
        if (await isFirst(`${key}/${place}`, spanMs)) return true;
      }
      return false;
    },
    async hasPlace(key, most) {
      for (let place = 0; place < most; place += 1) {
        if (!(await has(`${key}/${place}`))) return true;
      }
      return false;
    },
    keepEdit: (id, text) => edits.put(id, { text }, { expiresAt: clock.now() + keepEditMs }),
    findEdit: async (id) => (await edits.get(id))?.text,
    pairingOf: async (desk) => (await pairings.get(desk)) ?? { generation: 0 },
    async closePairing(desk, generation, by) {
      await pairings.update(desk, (current) =>
        (current?.generation ?? 0) === generation ? { generation: generation + 1, by } : current,
      );
    },
    async keepLacks(desk, lacks) {
      let isNews = false;
      await pairings.update(desk, (current) => {
        isNews = (current?.lacks ?? []).join() !== lacks.join();
        return isNews ? { generation: 0, ...current, lacks } : current;
      });
      lacking.set(desk, lacks);
      return isNews;
    },
    async lacksOf(desk) {
      const stored = lacking.get(desk) ?? (await pairings.get(desk))?.lacks ?? [];
      // What was kept meanwhile is newer.
      const lacks = lacking.get(desk) ?? stored;
      lacking.set(desk, lacks);
      return lacks;
    },
  };
}
