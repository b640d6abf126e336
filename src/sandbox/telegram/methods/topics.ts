import { z } from "zod";
import { topicColours } from "../bot-api-values.ts";
import { postMessage } from "../compose.ts";
import { badRequest } from "../errors.ts";
import { topicIcons } from "../topic-icons.ts";
import type { Content, User } from "../types.ts";
import { type ChatState, hasRight, type Topic, type World } from "../world.ts";
import { inChat, type Method, method, requireChat } from "./method.ts";

const onTopic = inChat.extend({ message_thread_id: z.number() });

/** Methods about the topics of a forum. */
export const topicMethods: Readonly<Record<string, Method>> = {
  createForumTopic: method(
    inChat.extend({
      name: z.string(),
      icon_color: z.number().optional(),
      icon_custom_emoji_id: z.string().optional(),
    }),
    ({ chat_id, name, icon_color, icon_custom_emoji_id }, { world }) => {
      const state = requireForum(world, chat_id, "not enough rights to create a topic");
      requireTitle(name);
      if (icon_color !== undefined && !topicColours.includes(icon_color)) {
        throw badRequest("invalid icon color specified");
      }
      requireIcon(icon_custom_emoji_id);
      const topic = openTopic(world, state, {
        name: name.trim(),
        iconColor: icon_color ?? topicColours[0] ?? 0,
        iconCustomEmojiId: icon_custom_emoji_id,
      });
      return {
        message_thread_id: topic.id,
        name: topic.name,
        icon_color: topic.iconColor,
        icon_custom_emoji_id: topic.iconCustomEmojiId,
      };
    },
  ),

  editForumTopic: method(
    onTopic.extend({ name: z.string().optional(), icon_custom_emoji_id: z.string().optional() }),
    ({ chat_id, message_thread_id, name, icon_custom_emoji_id }, { world }) => {
      const state = requireForum(world, chat_id, "not enough rights to edit the topic");
      const topic = requireTopic(state, message_thread_id);
      if (name !== undefined && name !== "") requireTitle(name);
      requireIcon(icon_custom_emoji_id);
      const next: Topic = {
        ...topic,
        name: name?.trim() || topic.name,
        iconCustomEmojiId:
          icon_custom_emoji_id === undefined ? topic.iconCustomEmojiId : icon_custom_emoji_id || undefined,
      };
      if (next.name === topic.name && next.iconCustomEmojiId === topic.iconCustomEmojiId) {
        throw badRequest("TOPIC_NOT_MODIFIED");
      }
      const edited = { name: next.name === topic.name ? undefined : next.name, icon_custom_emoji_id };
      putTopic(world, state, next, { from: world.bot, forum_topic_edited: edited });
      return true;
    },
  ),

  closeForumTopic: method(onTopic, ({ chat_id, message_thread_id }, { world }) => {
    const state = requireForum(world, chat_id, "not enough rights to close the topic");
    const topic = requireTopic(state, message_thread_id);
    if (topic.isClosed) throw badRequest("TOPIC_NOT_MODIFIED");
    putTopic(world, state, { ...topic, isClosed: true }, { from: world.bot, forum_topic_closed: {} });
    return true;
  }),

  reopenForumTopic: method(onTopic, ({ chat_id, message_thread_id }, { world }) => {
    const state = requireForum(world, chat_id, "not enough rights to reopen the topic");
    const topic = requireTopic(state, message_thread_id);
    if (!topic.isClosed) throw badRequest("TOPIC_NOT_MODIFIED");
    putTopic(world, state, { ...topic, isClosed: false }, { from: world.bot, forum_topic_reopened: {} });
    return true;
  }),

  deleteForumTopic: method(onTopic, ({ chat_id, message_thread_id }, { world }) => {
    const state = requireChat(world, chat_id);
    if (!state.chat.is_forum) throw badRequest("the chat is not a forum");
    if (!hasRight(state, world.bot.id, "can_delete_messages"))
      throw badRequest("not enough rights to delete the topic");
    requireTopic(state, message_thread_id);
    removeTopic(world, state, message_thread_id);
    return true;
  }),

  getForumTopicIconStickers: method(z.object({}), () => topicIcons),
};

/** Opens a topic; its id is that of the service message that says so. */
export function openTopic(
  world: World,
  state: ChatState,
  made: { name: string; iconColor: number; iconCustomEmojiId?: string | undefined },
  by: User = world.bot,
): Topic {
  const id = state.nextMessageId;
  const topic: Topic = { id, ...made, isClosed: false };
  state.topics.set(id, topic);
  const created = { name: made.name, icon_color: made.iconColor, icon_custom_emoji_id: made.iconCustomEmojiId };
  postMessage(world, state, { from: by, forum_topic_created: created }, { topicId: id });
  world.watch.tell({ kind: "topic", chatId: state.chat.id, topicId: id });
  return topic;
}

/** Stores a changed topic and lets the chat know by a service message, which is given back. */
export function putTopic(world: World, state: ChatState, topic: Topic, service: Content) {
  state.topics.set(topic.id, topic);
  const message = postMessage(world, state, service, { topicId: topic.id });
  world.watch.tell({ kind: "topic", chatId: state.chat.id, topicId: topic.id });
  return message;
}

/** A topic goes with everything in it, and nobody is told. */
export function removeTopic(world: World, state: ChatState, topicId: number): void {
  state.topics.delete(topicId);
  for (const message of [...state.messages.values()]) {
    if (message.message_thread_id === topicId) state.messages.delete(message.message_id);
  }
  world.watch.tell({ kind: "topic", chatId: state.chat.id, topicId });
}

function requireForum(world: World, chatId: number | string, refusal: string): ChatState {
  const state = requireChat(world, chatId);
  if (!state.chat.is_forum) throw badRequest("the chat is not a forum");
  if (!hasRight(state, world.bot.id, "can_manage_topics")) throw badRequest(refusal);
  return state;
}

function requireTopic(state: ChatState, topicId: number): Topic {
  const topic = state.topics.get(topicId);
  if (!topic) throw badRequest("TOPIC_ID_INVALID");
  return topic;
}

function requireTitle(name: string): void {
  if (name.trim() === "") throw badRequest("title must be non-empty");
  if ([...name].length > 128) throw badRequest("title is too long");
}

function requireIcon(id: string | undefined): void {
  if (id && !topicIcons.some((icon) => icon.custom_emoji_id === id)) throw badRequest("DOCUMENT_INVALID");
}
