import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { ConversationBook } from "../conversations/book.ts";
import { contentOf } from "../inbound/inbound.ts";
import type { MessageId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import { hideCodes } from "../model/one-time-code.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { createDueShower, type DueShower, type DueThing } from "./due-shower.ts";
import { inOrder, toPosted } from "./posted-sms.ts";
import type { Rest } from "./rest.ts";

/** What went together is hidden together. */
const togetherMs = 2000;

export interface CodeHider extends Omit<DueShower, "follow"> {
  /** An SMS stands at its desk. */
  follow(message: Inbound): void;
}

/**
 * Hides one-time codes whose time is over: first in the store, where nothing can be read any more from then on, then in the post.
 * It is due work (`codesDue`) until both are done, so a restart forgets none.
 */
export function createCodeHider(deps: {
  readonly records: Records;
  readonly conversations: Pick<ConversationBook, "find">;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}): CodeHider {
  const { records, conversations, clock } = deps;
  const persist = createPersist(deps);
  /** Each post by one at a time: whoever comes second finds its work done. */
  const inTurn = createKeyedQueue();
  const shower = createDueShower({
    ...deps,
    what: "codes",
    load: async () => (await records.inbound.range("codesDue", { limit: everything })).map(toDue),
    show,
    postpone: (id, until) => change(id, (current) => ({ ...current, codesDue: until })).then(() => undefined),
  });

  function change(id: MessageId, to: (current: Inbound) => Inbound): Promise<Inbound | undefined> {
    return persist(() =>
      records.inbound.update(id, (current) => (current?.codesDue === undefined ? current : to(current))),
    );
  }

  async function show(desk: Desk, id: MessageId): Promise<void> {
    const { post = "" } = (await records.inbound.get(id)) ?? {};
    await inTurn(post, () => showPost(desk, id, post));
  }

  async function showPost(desk: Desk, id: MessageId, post: string): Promise<void> {
    const message = await records.inbound.get(id);
    const { codesDue } = message ?? {};
    if (message === undefined || codesDue === undefined || codesDue > clock.now()) {
      return shower.follow({ id, desk: desk.id, due: codesDue });
    }
    const hidden = await hideIn(post);
    const shown = await records.inbound.range("post", { equal: [post], limit: everything });
    const sms = await Promise.all(shown.toSorted(inOrder).map((one) => toPosted(records, one)));
    await desk.hideCodes({ post, sms, read: () => conversations.find(message.thread) });
    for (const one of hidden) {
      await change(one, done);
      shower.follow({ id: one, desk: desk.id, due: undefined });
    }
  }

  /** In the store; gives whose codes are hidden. */
  async function hideIn(post: string): Promise<readonly MessageId[]> {
    const until = clock.now() + togetherMs;
    const shown = await records.inbound.range("post", { equal: [post], limit: everything });
    const due = shown.filter(({ codesDue }) => codesDue !== undefined && codesDue <= until).map(({ id }) => id);
    for (const id of due) await change(id, withoutCodes);
    return due;
  }

  return { ...shower, follow: (message) => shower.follow(toDue(message)) };
}

function withoutCodes(message: Inbound): Inbound {
  return { ...message, content: contentOf(message), text: hideCodes(message.text) };
}

function done({ codesDue: _, ...rest }: Inbound): Inbound {
  return rest;
}

function toDue({ id, desk, codesDue }: Inbound): DueThing {
  return { id, desk, due: codesDue };
}
