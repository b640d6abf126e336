import type { Chat, Message } from "grammy/types";
import { hashKey, type MessageId } from "../core/model/ids.ts";
import { partsOfPlace, type TelegramDesk } from "./types.ts";

/** The key of whatever an operator's message becomes: the same message is the same SMS, however often it is read. */
export function draftId(message: Pick<Message, "chat" | "message_id">): MessageId {
  return hashKey(String(message.chat.id), String(message.message_id));
}

/** The same from a place, `chat:message`. */
export function draftIdAt(place: string): MessageId {
  const { chatId, messageId } = partsOfPlace(place);
  return hashKey(chatId, String(messageId));
}

export function topicOf(message: Message): number | undefined {
  return message.is_topic_message ? message.message_thread_id : undefined;
}

/** The message that a person chose to reply to. In a topic every other message "replies" to the one that opened it. */
export function repliedTo(message: Message): Message | undefined {
  const reply = message.reply_to_message;
  if (!reply || reply.forum_topic_created) return undefined;
  if (message.is_topic_message && reply.message_id === message.message_thread_id) return undefined;
  return reply;
}

/** Whether the message replies to something the bot wrote: a post, a card or a mark. */
export function repliesToBot(message: Message, bot: number): boolean {
  return repliedTo(message)?.from?.id === bot;
}

const media = [
  "animation",
  "audio",
  "document",
  "live_photo",
  "paid_media",
  "photo",
  "sticker",
  "story",
  "video",
  "video_note",
  "voice",
  "contact",
  "dice",
  "game",
  "poll",
  "venue",
  "location",
  "checklist",
  "rich_message",
  "invoice",
] as const satisfies readonly (keyof Message)[];

/** Whether a person put something in that an SMS cannot carry. Service messages are not. */
export function isMedia(message: Message): boolean {
  return message.text === undefined && media.some((kind) => message[kind] !== undefined);
}

/** How the chat works at this moment, as far as the message itself tells: for the wording of a hint only. */
export function layoutSeen(desk: TelegramDesk, chat: Chat): "topics" | "replies" {
  if (desk.settings.layout !== "auto") return desk.settings.layout;
  return "is_forum" in chat && chat.is_forum === true ? "topics" : "replies";
}
