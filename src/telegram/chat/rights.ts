import type { Context } from "grammy";
import type { Chat, ChatMember, Message, User } from "grammy/types";
import type { Clock } from "../../core/ports/clock.ts";
import { type GrammySignal, toGrammySignal } from "../updates/updates.ts";

/** Somebody who asks Telegram while an update is handled. */
export interface Asking {
  readonly ctx: Context;
  readonly clock: Clock;
}

/** How long one question may hold up everybody's updates, in milliseconds. */
const patienceMs = 3_000;

/** Whether the author of a message may decide for its chat; `undefined` where Telegram did not say it in time. */
export async function isInCharge({ ctx, clock }: Asking, message: Message): Promise<boolean | undefined> {
  if (message.chat.type === "private") return true;
  if (message.sender_chat) return message.sender_chat.id === message.chat.id;
  const { from } = message;
  if (!from) return false;
  return mayDecide({ ctx, clock }, message.chat, from);
}

/** The same of whoever pressed a button. */
export async function mayDecide({ ctx, clock }: Asking, chat: Chat, person: User): Promise<boolean | undefined> {
  if (chat.type === "private") return true;
  const member = await ask(clock, (signal) => ctx.api.getChatMember(chat.id, person.id, signal));
  return member && (member.status === "creator" || member.status === "administrator");
}

/** The key of what somebody hears who may not decide, or of whom Telegram did not say it. */
export function adminRefusal(may: false | undefined): "admin-unknown" | "admin-only" {
  return may === undefined ? "admin-unknown" : "admin-only";
}

/**
 * Whether somebody is in the chat: in a public group people who are not can press buttons too. Where Telegram did not say it
 * in time, whoever pressed counts as a member.
 */
export async function isMember({ ctx, clock }: Asking, chat: Chat, person: User): Promise<boolean> {
  if (chat.type === "private") return true;
  const member = await ask(clock, (signal) => ctx.api.getChatMember(chat.id, person.id, signal));
  return !member || isInChat(member);
}

/** Whether this is said of somebody who is in the chat: restrictions outlive going away. */
export function isInChat(member: ChatMember): boolean {
  return member.status === "restricted" ? member.is_member : member.status !== "left" && member.status !== "kicked";
}

/** What Telegram says, or `undefined` where it does not in time, or refuses. */
export async function ask<T>(clock: Clock, call: (signal: GrammySignal) => Promise<T>): Promise<T | undefined> {
  const ending = new AbortController();
  const cancel = clock.after(patienceMs, () => ending.abort());
  try {
    return await call(toGrammySignal(ending.signal));
  } catch {
    return undefined;
  } finally {
    cancel();
  }
}
