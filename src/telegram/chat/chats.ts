import { z } from "zod";
import type { DeskId } from "../../core/model/ids.ts";
import type { Collection, CollectionSpec, Store } from "../../core/ports/store.ts";
import type { DeskSettings } from "../types.ts";

/** Where a desk works, when that is not simply what the configuration says: it was paired, or its group migrated. */
export interface ChatRecord {
  readonly desk: DeskId;
  readonly chat: string;
  /** The configured chat that it was followed from. Another one in the configuration makes the record void. */
  readonly from?: string;
}

const shape = z.object({ desk: z.string(), chat: z.string().regex(/^-?\d+$/), from: z.string().optional() });

const spec: CollectionSpec<ChatRecord> = {
  name: "chats",
  indexes: {},
  parse(value) {
    const { desk, chat, from } = shape.parse(value);
    return { desk, chat, ...(from === undefined ? {} : { from }) };
  },
};

/** The chats of all desks, by the name of the desk. */
export function openChats(store: Store): Promise<Collection<ChatRecord>> {
  return store.collection(spec);
}

/** The chat a desk starts with: a configured one wins over a paired one, and a migration of it over both. */
export async function chatAtStart(chats: Collection<ChatRecord>, settings: DeskSettings): Promise<string | undefined> {
  const record = await chats.get(settings.id);
  const configured = settings.chat === undefined ? undefined : String(settings.chat);
  return configured === undefined || record?.from === configured ? (record?.chat ?? configured) : configured;
}
