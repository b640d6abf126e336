import type { Chat, ChatMember, ChatPermissions, UserFromGetMe } from "grammy/types";
import type { DeskSettings } from "../types.ts";
import { type Asking, ask, isInChat } from "./rights.ts";

/**
 * What the bot's work in a chat needs there and has not; each has its sentence, `pair-missing-*`. `topics`: they are off in a
 * group whose desk is to have them; `threads`: the same in a private chat; `administrator`: with the right to manage topics,
 * `manage-topics`: an administrator without it; `read`: a member that privacy mode hides messages from; `write`: a member
 * that may not send.
 */
export type Lack = "topics" | "threads" | "administrator" | "manage-topics" | "read" | "write";

/** What is known of the bot's place in a chat. */
export interface Place {
  readonly bot: Pick<UserFromGetMe, "can_read_all_group_messages" | "has_topics_enabled">;
  readonly chat: Chat;
  /** What the bot is there; of a private chat nothing. */
  readonly member?: ChatMember;
  /** What the group lets those write who are no administrators; what is not told counts as allowed: a later failure will say it. */
  readonly permissions?: ChatPermissions | undefined;
}

/** In the order in which to mend them. Deletions are not asked for, and of pins only the card's is lost. */
export function lacksOf(place: Place, layout: DeskSettings["layout"]): readonly Lack[] {
  const { bot, chat, member, permissions } = place;
  if (chat.type === "private") return layout === "topics" && !bot.has_topics_enabled ? ["threads"] : [];
  const wantsTopics = layout === "topics" || (layout === "auto" && hasTopics(chat));
  const lacks: Lack[] = wantsTopics && !hasTopics(chat) ? ["topics"] : [];
  if (!member || member.status === "creator") return lacks;
  if (member.status === "administrator") {
    // Where topics are off, the apps do not show the right, and cannot give it.
    return wantsTopics && hasTopics(chat) && !member.can_manage_topics ? [...lacks, "manage-topics"] : lacks;
  }
  const mayWrite = member.status === "restricted" ? member.can_send_messages : (permissions?.can_send_messages ?? true);
  if (wantsTopics) lacks.push("administrator");
  if (!mayWrite) lacks.push("write");
  if (!wantsTopics && !bot.can_read_all_group_messages) lacks.push("read");
  return lacks;
}

/** Asks Telegram; `undefined` where it did not say what the bot is there, or that it is not there. */
export async function findLacks(
  { ctx, clock }: Asking,
  chat: Chat,
  layout: DeskSettings["layout"],
): Promise<readonly Lack[] | undefined> {
  if (chat.type === "private") return lacksOf({ bot: ctx.me, chat }, layout);
  const member = await ask(clock, (signal) => ctx.api.getChatMember(chat.id, ctx.me.id, signal));
  if (!member || !isInChat(member)) return undefined;
  if (isInCommand(member)) return lacksOf({ bot: ctx.me, chat, member }, layout);
  // What was known at the start may have been changed in BotFather since.
  const [bot, facts] = await Promise.all([
    ask(clock, (signal) => ctx.api.getMe(signal)),
    ask(clock, (signal) => ctx.api.getChat(chat.id, signal)),
  ]);
  return lacksOf({ bot: bot ?? ctx.me, chat, member, permissions: facts?.permissions }, layout);
}

export function hasTopics(chat: Chat): boolean {
  return "is_forum" in chat && chat.is_forum === true;
}

function isInCommand({ status }: ChatMember): boolean {
  return status === "creator" || status === "administrator";
}
