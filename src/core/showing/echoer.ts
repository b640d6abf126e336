import type { ConversationBook } from "../conversations/book.ts";
import { newConversation } from "../model/conversation.ts";
import type { Outbound } from "../model/message.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { createDueShower, type DueShower, type DueThing } from "./due-shower.ts";
import type { Rest } from "./rest.ts";

/** Shows in its thread what was written elsewhere, once it was sent, so that the customer's answer comes to a known place. */
export function createEchoer(deps: {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly conversations: Pick<ConversationBook, "find">;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}): DueShower {
  const { records, ledger, conversations } = deps;
  const persist = createPersist(deps);

  async function show(desk: Desk, id: string): Promise<void> {
    const message = await ledger.find(id);
    // Nothing is to be shown any more, and whoever follows it hears so.
    if (message?.echoDue === undefined) return ledger.echoed(id);
    const conversation = (await conversations.find(message.thread)) ?? newConversation(message.thread, message.at);
    await desk.echo({ conversation, message, commit: () => persist(() => ledger.echoed(id)) });
  }

  const shower = createDueShower({
    ...deps,
    what: "echo",
    load: async () => (await records.outbound.range("echoDue", { limit: everything })).map(toDue),
    show,
    postpone: (id, until) => persist(() => ledger.postponeEcho(id, until)),
  });
  ledger.watch((message) => shower.follow(toDue(message)));
  return shower;
}

function toDue({ id, desk, echoDue }: Outbound): DueThing {
  return { id, desk, due: echoDue };
}
