import { badRequest } from "./errors.ts";
import type { Chat, Content, Entity, Message } from "./types.ts";
import { type ChatState, dateOf, type World } from "./world.ts";

export const longestText = 4096;
export const longestCaption = 1024;

/** Where a message goes, as a client or a bot names it. */
export interface Place {
  readonly topicId?: number | undefined;
  readonly replyTo?: number | undefined;
  /** A missing `replyTo` is overlooked. */
  readonly isReplyOptional?: boolean | undefined;
}

/** Puts a message into a chat, with the thread and reply fields as Telegram sets them. Refuses what Telegram refuses. */
export function postMessage(world: World, state: ChatState, content: Content, place: Place = {}): Message {
  const replied = findReplied(state, place);
  const topicId = place.topicId ?? (state.chat.is_forum ? replied?.message_thread_id : undefined);
  const topic = topicId === undefined ? undefined : state.topics.get(topicId);
  if (place.topicId !== undefined && !topic && !isReplyThread(state, place.topicId)) {
    throw badRequest("message thread not found");
  }
  // Without an explicit reply, a message of a topic points at the service message that opened it.
  const pointsAt = replied ?? (topic && state.messages.get(topic.id));
  const message: Message = {
    message_id: state.nextMessageId++,
    message_thread_id: topicId ?? (replied && replyThreadOf(state.chat, replied)),
    is_topic_message: topic ? true : undefined,
    ...content,
    date: dateOf(world),
    chat: state.chat,
    reply_to_message: pointsAt && withoutReply(pointsAt),
  };
  state.messages.set(message.message_id, message);
  world.watch.tell({
    kind: "message",
    chatId: state.chat.id,
    messageId: message.message_id,
    ...(topicId !== undefined && { topicId }),
  });
  return message;
}

export function replaceMessage(world: World, state: ChatState, message: Message): Message {
  state.messages.set(message.message_id, message);
  world.watch.tell({ kind: "edit", chatId: state.chat.id, messageId: message.message_id });
  return message;
}

/**
 * A text as Telegram keeps it: white space at both ends is cut, entities move with it, and what is recognised without
 * being marked (commands, mentions, addresses, hashtags) becomes an entity of its own.
 */
export function keepText(
  written: string,
  marked: readonly Entity[] = [],
): { text: string; entities: readonly Entity[] | undefined } {
  for (const { offset, length } of marked) {
    if (offset < 0 || length < 0) throw badRequest("can't parse entities: entity has a negative offset or length");
    if (offset + length > written.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
      );
    }
  }
  const text = written.trim();
  const cut = written.length - written.trimStart().length;
  const moved = marked.flatMap((entity) => {
    const start = Math.max(0, entity.offset - cut);
    const end = Math.min(text.length, entity.offset + entity.length - cut);
    return end > start ? [{ ...entity, offset: start, length: end - start }] : [];
  });
  const found = recognise(text).filter(
    (entity) =>
      !moved.some(({ offset, length }) => offset < entity.offset + entity.length && entity.offset < offset + length),
  );
  const entities = [...moved, ...found].sort((one, other) => one.offset - other.offset);
  return { text, entities: entities.length > 0 ? entities : undefined };
}

const recognisable: readonly [type: string, pattern: RegExp][] = [
  ["bot_command", /(?<![\w/])\/[a-zA-Z0-9_]{1,32}(?:@\w{3,32})?(?!\w)/g],
  ["url", /\bhttps?:\/\/[^\s]+/g],
  ["mention", /(?<!\w)@[a-zA-Z]\w{3,31}/g],
  ["hashtag", /(?<![\p{L}\p{N}_])#[\p{L}\p{N}_]+/gu],
];

function recognise(text: string): Entity[] {
  return recognisable.flatMap(([type, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({ type, offset: match.index, length: match[0].length })),
  );
}

function findReplied(state: ChatState, { topicId, replyTo, isReplyOptional }: Place): Message | undefined {
  if (replyTo === undefined) return undefined;
  const replied = state.messages.get(replyTo);
  const isElsewhere = topicId !== undefined && state.topics.has(topicId) && replied?.message_thread_id !== topicId;
  if (replied && !(isElsewhere && replied.message_id !== topicId)) return replied;
  if (isReplyOptional && !isElsewhere) return undefined;
  throw badRequest("message to be replied not found");
}

/** In a supergroup without topics, answers to one message form a thread that has its id. */
function replyThreadOf(chat: Chat, replied: Message): number | undefined {
  return chat.type === "supergroup" && !chat.is_forum ? (replied.message_thread_id ?? replied.message_id) : undefined;
}

function isReplyThread(state: ChatState, id: number): boolean {
  return state.chat.type === "supergroup" && !state.chat.is_forum && state.messages.has(id);
}

/** A reply is shown one level deep. */
function withoutReply(message: Message): Message {
  return { ...message, reply_to_message: undefined };
}
