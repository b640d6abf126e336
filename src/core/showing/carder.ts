import type { ConversationBook } from "../conversations/book.ts";
import type { Conversation } from "../model/conversation.ts";
import { maskNumber } from "../model/phone.ts";
import { partsOfThread, type ThreadId, threadOf } from "../model/thread.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";
import { createDueShower, type DueShower, type DueThing } from "./due-shower.ts";
import type { Rest } from "./rest.ts";

/** Keeps the cards of threads true, as the marker does with marks. */
export function createCarder(deps: {
  readonly conversations: ConversationBook;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}): DueShower {
  const { conversations } = deps;
  const persist = createPersist(deps);
  /** As the desk last looked at them. */
  const seen = new Map<ThreadId, Conversation>();

  async function show(desk: Desk, thread: ThreadId): Promise<void> {
    const read = async () => {
      const conversation = await conversations.find(thread);
      if (conversation) seen.set(thread, conversation);
      return conversation;
    };
    await desk.card(read, (shown) => persist(() => conversations.showed(thread, shown)));
    seen.delete(thread);
  }

  const shower = createDueShower({
    ...deps,
    what: "card",
    nameOf(thread) {
      const { desk, peer } = partsOfThread(thread);
      return threadOf(desk, maskNumber(peer));
    },
    load: async () => (await conversations.due()).map(toDue),
    show,
    async postpone(thread, until) {
      const refused = seen.get(thread);
      if (refused) await persist(() => conversations.postponeCard(refused, until));
    },
  });
  conversations.watch((conversation) => shower.follow(toDue(conversation)));
  return shower;
}

function toDue({ id, desk, cardDue }: Conversation): DueThing {
  return { id, desk, due: cardDue };
}
