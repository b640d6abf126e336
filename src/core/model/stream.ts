import type { DeskId } from "./ids.ts";
import type { Inbound } from "./message.ts";
import type { ThreadId } from "./thread.ts";

/** What is shown in one place, in its order: the SMS of a thread (then it is the thread's id), or those that share a topic by a rule. */
export type StreamId = string;

/** No desk has a colon in its name, so that no thread's id begins with it. */
const shared = "topic:";

function sharedStream(desk: DeskId, topic: string): StreamId {
  return `${shared}${desk}/${topic}`;
}

export function streamOf({ desk, thread, topic }: Pick<Inbound, "desk" | "thread" | "topic">): StreamId | ThreadId {
  return topic === undefined ? thread : sharedStream(desk, topic);
}

export function isShared(stream: StreamId): boolean {
  return stream.startsWith(shared);
}
