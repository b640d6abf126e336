import type { Chat, ChatMember } from "grammy/types";
import { type Asking, ask } from "./chat-rights.ts";
import type { DeskSettings } from "./types.ts";

/**
 * What the bot's work in a chat needs there and has not; each has its sentence, `pair-missing-*`. `topics`: they are off in a
 * group whose desk is to have them; `threads`: the same in a private chat; `administrator`: with the right to manage topics,
 * `manage-topics`: an administrator without it; `read`: a member that privacy mode hides messages from; `write`: a member
 * that may not send.
 */
export type Lack = "topics" | "threads" | "administrator" | "manage-topics" | "read" | "write";

/**
 * In the order in which to mend them; `undefined` where Telegram did not say what the bot is there, or that it is not there.
 * What else it does not tell counts as there: a later failure will say it. Pins and deletions are not asked for: nothing uses them.
 */
export async function findLacks(
  asking: Asking,
  chat: Chat,
  layout: DeskSettings["layout"],
): Promise<readonly Lack[] | undefined> {
  const { ctx, clock } = asking;
  if (chat.type === "private") return layout === "topics" && !ctx.me.has_topics_enabled ? ["threads"] : [];
  const me = await ask(clock, (signal) => ctx.api.getChatMember(chat.id, ctx.me.id, signal));
  if (!me || me.status === "left" || me.status === "kicked") return undefined;
  const lacks: Lack[] = [];
  const wantsTopics = layout === "topics" || (layout === "auto" && hasTopics(chat));
  if (wantsTopics && !hasTopics(chat)) lacks.push("topics");
  if (me.status === "creator") return lacks;
  if (me.status === "administrator") {
    // Where topics are off, the apps do not show the right, and cannot give it.
    return wantsTopics && hasTopics(chat) && !me.can_manage_topics ? [...lacks, "manage-topics"] : lacks;
  }
  if (wantsTopics) lacks.push("administrator");
  else if (!(await readsAll(asking))) lacks.push("read");
  if (!(await mayWrite(asking, chat, me))) lacks.push("write");
  return lacks;
}

export function hasTopics(chat: Chat): boolean {
  return "is_forum" in chat && chat.is_forum === true;
}

/** Asked anew: what was known at the start may have been changed in BotFather since. */
async function readsAll({ ctx, clock }: Asking): Promise<boolean> {
  const me = await ask(clock, (signal) => ctx.api.getMe(signal));
  return (me ?? ctx.me).can_read_all_group_messages;
}

async function mayWrite({ ctx, clock }: Asking, chat: Chat, me: ChatMember): Promise<boolean> {
  if (me.status === "restricted") return me.can_send_messages;
  const facts = await ask(clock, (signal) => ctx.api.getChat(chat.id, signal));
  return facts?.permissions?.can_send_messages ?? true;
}
