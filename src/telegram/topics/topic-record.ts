import { z } from "zod";
import type { StreamId } from "../../core/model/stream.ts";
import type { Collection, CollectionSpec, Store } from "../../core/ports/store.ts";
import type { Rendered } from "../types.ts";

/**
 * That a topic shows a stream: a thread, or what a rule sends there. Many topics may show one stream, for topics get lost; a record is removed only when its person is
 * forgotten, so that an answer in an old topic still finds its customer. The newest that is not gone, in the desk's present chat, is
 * in use.
 */
export interface TopicRecord {
  /** The stream, most often a thread. */
  readonly thread: StreamId;
  readonly chat: string;
  readonly topicId: string;
  readonly at: number;
  /** When it was found to be gone. */
  readonly gone?: number;
  /** When its first message, the card, stood in it. */
  readonly card?: number;
  /** Where the card stands, and what stands below it in the same message: an edit keeps it. Absent in topics from before. */
  readonly cardPost?: string;
  readonly belowCard?: Rendered;
  /** When the card was pinned, or could not be for what it is. */
  readonly pinned?: number;
  /** Its name and its sign, as we or somebody else gave them last. */
  readonly look?: string;
}

const shape = z.object({
  thread: z.string(),
  chat: z.string(),
  topicId: z.string(),
  at: z.number(),
  gone: z.number().exactOptional(),
  card: z.number().exactOptional(),
  cardPost: z.string().exactOptional(),
  belowCard: z
    .custom<Rendered>((value) => z.looseObject({ text: z.string() }).safeParse(value).success)
    .exactOptional(),
  pinned: z.number().exactOptional(),
  look: z.string().exactOptional(),
});

const spec: CollectionSpec<TopicRecord> = {
  name: "topics",
  indexes: { thread: ["thread", "at"] },
  parse: (value) => shape.parse(value),
};

/** The topics of all desks, by chat and topic id. */
export function openTopics(store: Store): Promise<Collection<TopicRecord>> {
  return store.collection(spec);
}

export function topicKey(chat: string, topicId: string): string {
  return `${chat}:${topicId}`;
}
