import type { Message, User } from "grammy/types";
import type { Operator } from "../core/model/message.ts";
import { withoutDirection } from "./texts/direction.ts";
import type { DeskSettings } from "./types.ts";

/** Who wrote a message in a desk's chat: someone who may send, an administrator whom nobody can name, or nobody to us. */
export type Author =
  | { readonly kind: "operator"; readonly operator: Operator }
  | { readonly kind: "anonymous" }
  | { readonly kind: "nobody" };

/** Telegram's stand-in for administrators who write anonymously, where it does not name the chat itself. */
const anonymousAdmin = 1087968824;
const longestName = 64;
const nobody: Author = { kind: "nobody" };

/**
 * Reads the author from the message. A bot, a message through a bot, a channel's post and an automatic forward are nobody.
 * An anonymous administrator is surely a member, but never someone on a list.
 */
export function authorOf(settings: Pick<DeskSettings, "operators">, message: Message): Author {
  const { from, sender_chat: senderChat, chat } = message;
  if (message.via_bot || message.is_automatic_forward || message.sender_business_bot) return nobody;
  if (senderChat && senderChat.id !== chat.id) return nobody;
  if (senderChat || from?.id === anonymousAdmin) {
    if (settings.operators !== "members") return { kind: "anonymous" };
    const name = message.author_signature ?? ("title" in chat ? chat.title : undefined) ?? "";
    return { kind: "operator", operator: { id: String(chat.id), name: shortName(name) } };
  }
  if (!from || from.is_bot || !isOperator(settings, from)) return nobody;
  return { kind: "operator", operator: operatorOf(from) };
}

/** Whether this person may send and press. Only asked for people who are in the desk's chat. */
export function isOperator(settings: Pick<DeskSettings, "operators">, person: User): boolean {
  return settings.operators === "members" || settings.operators.includes(person.id);
}

export function operatorOf(person: User): Operator {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return { id: String(person.id), name: shortName(name || (person.username ?? String(person.id))) };
}

/** A name is anybody's text: one line, nothing that turns the text around it, and not a page of it. */
function shortName(name: string): string {
  const line = withoutDirection(name).replace(/\s+/g, " ").trim();
  return [...line].slice(0, longestName).join("");
}
