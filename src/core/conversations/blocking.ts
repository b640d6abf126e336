import type { ThreadId } from "../model/thread.ts";
import type { Records } from "../records.ts";
import type { ConversationBook, Decision } from "./book.ts";

/** More than this are not counted. */
const mostCounted = 1000;

/** Threads whose SMS are kept and not shown. */
export interface Blocking {
  block(thread: ThreadId): Promise<Decision>;
  /** `came`: how many SMS were not shown since they were blocked. */
  unblock(thread: ThreadId): Promise<Decision & { readonly came: number }>;
}

export function createBlocking({
  records,
  conversations,
}: {
  records: Records;
  conversations: ConversationBook;
}): Blocking {
  /** SMS that come meanwhile are shown or counted, never neither: what waits to be shown looks at the thread itself. */
  async function countHidden(thread: ThreadId, since: number): Promise<number> {
    const newest = await records.inbound.range("thread", { equal: [thread], reverse: true, limit: mostCounted });
    return newest.filter(({ hidden }) => hidden !== undefined && hidden >= since).length;
  }

  return {
    block: (thread) => conversations.block(thread),
    async unblock(thread) {
      const since = (await conversations.find(thread))?.blockedAt;
      const decision = await conversations.unblock(thread);
      const isOver = decision.outcome === "done" && since !== undefined;
      return { ...decision, came: isOver ? await countHidden(thread, since) : 0 };
    },
  };
}
