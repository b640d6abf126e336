import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";

/** Remembers over restarts what has been done, each for its span of time. */
export interface Once {
  /** `true` for the first who asks in each span of time; of many, exactly one. */
  isFirst(key: string, spanMs: number): Promise<boolean>;
  /** Whether somebody was first and the span is not over. */
  has(key: string): Promise<boolean>;
}

/** `name` is that of its collection. */
export async function openOnce({ store, clock }: { store: Store; clock: Clock }, name: string): Promise<Once> {
  const once = await store.collection({ name, indexes: {}, parse });
  return {
    isFirst(key, spanMs) {
      const at = clock.now();
      return once.create(key, { at }, { expiresAt: at + spanMs });
    },
    has: async (key) => (await once.get(key)) !== undefined,
  };
}

function parse(value: unknown): { at: number } {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  const { at } = value as Partial<{ at: number }>;
  if (typeof at !== "number") throw new TypeError("not a moment");
  return { at };
}
