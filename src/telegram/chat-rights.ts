import type { Context } from "grammy";
import type { Chat, Message } from "grammy/types";

/** Rights of the bot that its work in this chat needs. What Telegram does not tell counts as there: a later failure will say it. */
export async function missingRights(ctx: Context, chat: Chat, hasTopics: boolean): Promise<string[]> {
  const me = await ask(ctx.api.getChatMember(chat.id, ctx.me.id));
  if (!me) return [];
  const isAdministrator = me.status === "administrator";
  if (!hasTopics) return isAdministrator || ctx.me.can_read_all_group_messages ? [] : ["read-messages"];
  return [
    ...(isAdministrator && me.can_manage_topics ? [] : ["can_manage_topics"]),
    ...(isAdministrator && me.can_pin_messages ? [] : ["can_pin_messages"]),
  ];
}

/** Whether the author of a message may decide for its chat; `undefined` where Telegram could not be asked. */
export async function isInCharge(ctx: Context, message: Message): Promise<boolean | undefined> {
  if (message.chat.type === "private") return true;
  if (message.sender_chat) return message.sender_chat.id === message.chat.id;
  if (!message.from) return false;
  const member = await ask(ctx.api.getChatMember(message.chat.id, message.from.id));
  return member && (member.status === "creator" || member.status === "administrator");
}

async function ask<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch {
    return undefined;
  }
}
