import { z } from "zod";
import { keepText, longestCaption, longestText, type Place, postMessage, replaceMessage } from "../compose.ts";
import { badRequest } from "../errors.ts";
import type { Content, Message } from "../types.ts";
import { isFile } from "../validate.ts";
import { type ChatState, dateOf, hasRight, isAdministrator, type World } from "../world.ts";
import {
  entitiesShape,
  inChat,
  keyboardOf,
  type Method,
  markupShape,
  method,
  onMessage,
  requireChat,
} from "./method.ts";

const placed = inChat.extend({
  message_thread_id: z.number().optional(),
  reply_markup: markupShape.optional(),
  reply_parameters: z
    .looseObject({ message_id: z.number(), allow_sending_without_reply: z.boolean().optional() })
    .optional(),
});

const captioned = placed.extend({ caption: z.string().optional(), caption_entities: entitiesShape.optional() });

/** Methods that put messages into a chat, change them and take them away. */
export const messageMethods: Readonly<Record<string, Method>> = {
  sendMessage: method(
    placed.extend({ text: z.string(), entities: entitiesShape.optional(), parse_mode: z.string().optional() }),
    (sent, { world }) => {
      const state = requireChat(world, sent.chat_id);
      const kept = requireText(sent.text, sent.entities, sent.parse_mode);
      return send(world, state, { ...kept, reply_markup: keyboardOf(sent.reply_markup) }, placeOf(sent));
    },
  ),

  sendPhoto: method(captioned.extend({ photo: z.unknown() }), (sent, { world }) => {
    const file = isFile(sent.photo) ? sent.photo : undefined;
    if (file && !isPng(file.bytes)) throw badRequest("IMAGE_PROCESS_FAILED");
    const ids = fileIds(world, "photo");
    const size = { file_size: file?.size ?? 1000, width: 90, height: 90, ...(file && sizeOfPng(file.bytes)) };
    const message = sendFile(world, sent, { photo: [{ ...ids, ...size }] });
    if (file) world.pictures.set(ids.file_id, file.bytes);
    return message;
  }),

  sendDocument: method(captioned.extend({ document: z.unknown() }), (sent, { world }) => {
    const file = isFile(sent.document) ? sent.document : undefined;
    const ids = fileIds(world, "document");
    const document = { ...ids, file_name: file?.fileName, file_size: file?.size ?? 1000 };
    if (file) world.files.set(ids.file_id, { path: `documents/${ids.file_id}`, content: file.text });
    return sendFile(world, sent, { document });
  }),

  editMessageText: method(
    onMessage.extend({
      text: z.string(),
      entities: entitiesShape.optional(),
      parse_mode: z.string().optional(),
      reply_markup: markupShape.optional(),
    }),
    (sent, { world }) => {
      const state = requireChat(world, sent.chat_id);
      const kept = requireText(sent.text, sent.entities, sent.parse_mode);
      const message = requireOwn(world, state, sent.message_id);
      if (message.text === undefined) throw badRequest("there is no text in the message to edit");
      return change(world, state, message, { ...kept, reply_markup: keyboardOf(sent.reply_markup) });
    },
  ),

  editMessageReplyMarkup: method(onMessage.extend({ reply_markup: markupShape.optional() }), (sent, { world }) => {
    const state = requireChat(world, sent.chat_id);
    const message = requireOwn(world, state, sent.message_id);
    return change(world, state, message, { reply_markup: keyboardOf(sent.reply_markup) });
  }),

  deleteMessage: method(onMessage, ({ chat_id, message_id }, { world }) => {
    const state = requireChat(world, chat_id);
    const message = state.messages.get(message_id);
    if (!message) throw badRequest("message to delete not found");
    const isOwn = message.from?.id === world.bot.id;
    const isFresh = dateOf(world) - message.date < 48 * 3600;
    const isService = message.forum_topic_created !== undefined;
    if (isService || !((isOwn && isFresh) || hasRight(state, world.bot.id, "can_delete_messages"))) {
      throw badRequest("message can't be deleted");
    }
    state.messages.delete(message_id);
    world.watch.tell({ kind: "delete", chatId: state.chat.id, messageId: message_id });
    return true;
  }),

  sendChatAction: method(inChat.extend({ action: z.string() }), ({ chat_id, action }, { world }) => {
    requireChat(world, chat_id);
    if (!/^(typing|(upload|record)_\w+|choose_sticker|find_location)$/.test(action)) {
      throw badRequest("wrong parameter action in request");
    }
    return true;
  }),
};

function requireText(text: string, entities: z.output<typeof entitiesShape> | undefined, parseMode?: string) {
  if (parseMode !== undefined) throw badRequest("parse_mode is not simulated");
  const kept = keepText(text, entities);
  if (kept.text === "") throw badRequest("message text is empty");
  if (kept.text.length > longestText) throw badRequest("message is too long");
  return kept;
}

function placeOf(sent: z.output<typeof placed>): Place {
  return {
    topicId: sent.message_thread_id,
    replyTo: sent.reply_parameters?.message_id,
    isReplyOptional: sent.reply_parameters?.allow_sending_without_reply,
  };
}

function send(world: World, state: ChatState, content: Content, place: Place): Message {
  const replied = place.replyTo === undefined ? undefined : state.messages.get(place.replyTo);
  const topic = state.topics.get(place.topicId ?? (state.chat.is_forum ? (replied?.message_thread_id ?? 0) : 0));
  if (topic?.isClosed) throw badRequest("TOPIC_CLOSED");
  if (state.chat.type !== "private" && !state.mayMembersSend && !isAdministrator(state, world.bot.id)) {
    throw badRequest("not enough rights to send text messages to the chat");
  }
  return postMessage(world, state, { from: world.bot, ...content }, place);
}

function sendFile(world: World, sent: z.output<typeof captioned>, content: Content): Message {
  const state = requireChat(world, sent.chat_id);
  const { text, entities } = keepText(sent.caption ?? "", sent.caption_entities);
  if (text.length > longestCaption) throw badRequest("message caption is too long");
  const caption = text === "" ? {} : { caption: text, caption_entities: entities };
  return send(world, state, { ...content, ...caption, reply_markup: keyboardOf(sent.reply_markup) }, placeOf(sent));
}

function requireOwn(world: World, state: ChatState, messageId: number): Message {
  const message = state.messages.get(messageId);
  if (!message) throw badRequest("message to edit not found");
  if (message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  return message;
}

function change(world: World, state: ChatState, message: Message, changes: Partial<Content>): Message {
  const next = { ...message, ...changes };
  if (looksOf(next) === looksOf(message)) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  return replaceMessage(world, state, { ...next, edit_date: dateOf(world) });
}

/** What a person can see of a message. */
function looksOf({ text, entities, reply_markup }: Message): string {
  return JSON.stringify([text, entities ?? [], reply_markup?.inline_keyboard ?? []]);
}

function fileIds(world: World, kind: string): { file_id: string; file_unique_id: string } {
  const id = `${kind}-${world.timers.now()}-${world.pictures.size}`;
  return { file_id: id, file_unique_id: id };
}

// Telegram takes other pictures too; a bot of ours sends none.
function isPng(bytes: Buffer): boolean {
  return bytes.length > 24 && bytes.subarray(0, 8).toString("latin1") === "\x89PNG\r\n\x1a\n";
}

function sizeOfPng(bytes: Buffer): { width: number; height: number } {
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
