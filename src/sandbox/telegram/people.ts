import { reactionEmoji } from "./bot-api-values.ts";
import { keepText, postMessage, replaceMessage } from "./compose.ts";
import { type SeenMessage, toSeen } from "./seen.ts";
import type { Button, Chat, Content, Message, User } from "./types.ts";
import { type ChatState, dateOf, isAdministrator, join, memberOf, type Press, tellBot, type World } from "./world.ts";

export type { SeenMessage };

/** What a person adds to a message. */
export interface SayOptions {
  /** The topic to write in; without it, General or the whole chat. */
  readonly topic?: number;
  readonly replyTo?: number | { readonly id: number };
  /** It was forwarded from this user, or from somebody who hides. */
  readonly forward?: User | string;
  readonly viaBot?: User;
  readonly asAnonymousAdmin?: boolean;
  /** Written in the name of this channel. */
  readonly senderChat?: Chat;
  /** Instead of a text, which then becomes the caption. */
  readonly attach?: "photo" | "document" | "voice";
  readonly sticker?: string;
  /** A text file, which the bot can get. */
  readonly file?: { readonly name: string; readonly content: string; readonly type?: string };
  readonly contact?: { readonly phone_number: string; readonly first_name: string; readonly vcard?: string };
  readonly location?: { readonly latitude: number; readonly longitude: number };
}

/** One chat with people in it, and what they can do there. */
export interface Conversation {
  readonly id: number;
  readonly chat: Chat;
  say(user: User, text: string, options?: SayOptions): SeenMessage;
  /**
   * Changes the text of a message; the same text again is an edit too, as Telegram sends for changes a bot cannot see. With
   * `attach` a file is put in and the text becomes its caption.
   */
  edit(message: MessageRef, text: string, options?: Pick<SayOptions, "attach">): SeenMessage;
  /** A person's deletion; bots are never told. */
  remove(message: MessageRef): void;
  /** Sets a person's reaction, or takes it away. Bots hear of it as administrators that asked for it. */
  react(user: User, message: MessageRef, emoji: string | undefined): void;
  /** Presses the inline button with this label or these data. */
  press(user: User, message: MessageRef, button: string): Press;
  /** All messages in the order they came; of one topic, or of `general`. */
  messages(topic?: number | "general"): SeenMessage[];
  message(id: MessageRef): SeenMessage | undefined;
  /** Ids of pinned messages, oldest pin first. */
  pins(): readonly number[];
}

export type MessageRef = number | { readonly id: number };

const anonymousAdmin: User = {
  id: 1087968824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
};
const channelBot: User = { id: 136817688, is_bot: true, first_name: "Channel", username: "Channel_Bot" };

export function createConversation(world: World, state: ChatState): Conversation {
  const see = (message: Message) => toSeen(state, message);

  function requireMessage(ref: MessageRef): Message {
    const id = idOf(ref);
    const message = state.messages.get(id);
    if (!message) throw new Error(`there is no message ${id} in "${state.chat.title ?? state.chat.first_name}"`);
    return message;
  }

  return {
    get id() {
      return state.chat.id;
    },
    get chat() {
      return state.chat;
    },
    say(user, text, options = {}) {
      if (state.chat.type !== "private" && !memberOf(state, user.id)) join(state, user);
      const topic = options.topic === undefined ? undefined : state.topics.get(options.topic);
      if (topic?.isClosed && !isAdministrator(state, user.id)) throw new Error(`topic "${topic.name}" is closed`);
      const content = { ...contentOf(state, user, text, options), ...keepFile(world, options.file) };
      const message = postMessage(world, state, content, {
        topicId: options.topic,
        replyTo: options.replyTo === undefined ? undefined : idOf(options.replyTo),
      });
      const kind = state.chat.type === "channel" ? "channel_post" : "message";
      if (isSeenByBot(world, state, message)) tellBot(world, state, kind, message);
      return see(message);
    },
    edit(ref, text, options = {}) {
      const message = requireMessage(ref);
      const kept = keepText(text);
      const isCaption = message.text === undefined || options.attach !== undefined;
      const edited = replaceMessage(world, state, {
        ...message,
        ...(isCaption
          ? { text: undefined, entities: undefined, caption: kept.text, caption_entities: kept.entities }
          : kept),
        ...attachmentOf(options),
        edit_date: dateOf(world),
      });
      if (isSeenByBot(world, state, edited)) tellBot(world, state, "edited_message", edited);
      return see(edited);
    },
    remove(ref) {
      const message = requireMessage(ref);
      state.messages.delete(message.message_id);
      world.watch.tell({ kind: "delete", chatId: state.chat.id, messageId: message.message_id });
    },
    react(user, ref, emoji) {
      const { message_id } = requireMessage(ref);
      if (emoji !== undefined && !reactionEmoji.includes(emoji)) throw new Error(`${emoji} is no reaction`);
      const reactions = state.reactions.get(message_id) ?? new Map<number, string>();
      state.reactions.set(message_id, reactions);
      const before = reactions.get(user.id);
      if (emoji === undefined) reactions.delete(user.id);
      else reactions.set(user.id, emoji);
      if (isAdministrator(state, world.bot.id)) {
        tellBot(world, state, "message_reaction", {
          chat: state.chat,
          message_id,
          user,
          date: dateOf(world),
          old_reaction: toReactions(before),
          new_reaction: toReactions(emoji),
        });
      }
      world.watch.tell({ kind: "reaction", chatId: state.chat.id, messageId: message_id });
    },
    press(user, ref, wanted) {
      const message = requireMessage(ref);
      const buttons: readonly Button[] = message.reply_markup?.inline_keyboard.flat() ?? [];
      const button = buttons.find(({ text, callback_data }) => callback_data === wanted || text === wanted);
      if (button?.callback_data === undefined) {
        const there = buttons.map(({ text }) => text).join(", ") || "none";
        throw new Error(`message ${message.message_id} has no button "${wanted}" to press; there are: ${there}`);
      }
      const press: Press = {
        id: `${4_000_000_000_000_000 + world.presses.size + 1}`,
        user,
        messageId: message.message_id,
        data: button.callback_data,
        at: world.timers.now(),
      };
      world.presses.set(press.id, press);
      tellBot(world, state, "callback_query", {
        id: press.id,
        from: user,
        message,
        chat_instance: `${state.chat.id}`,
        data: press.data,
      });
      return press;
    },
    messages: (topic) =>
      [...state.messages.values()]
        .filter((message) => {
          const itsTopic = message.is_topic_message ? message.message_thread_id : undefined;
          return topic === undefined || itsTopic === (topic === "general" ? undefined : topic);
        })
        .map(see),
    message(ref) {
      const message = state.messages.get(idOf(ref));
      return message && see(message);
    },
    pins: () => state.pins,
  };
}

/** Whom Telegram names as the writer of a message, or of a change. */
export function writtenBy(
  { chat }: ChatState,
  user: User,
  { senderChat, asAnonymousAdmin }: Pick<SayOptions, "senderChat" | "asAnonymousAdmin">,
): Pick<Content, "from" | "sender_chat"> {
  const isPost = chat.type === "channel";
  return {
    from: isPost ? undefined : senderChat ? channelBot : asAnonymousAdmin ? anonymousAdmin : user,
    sender_chat: senderChat ?? (isPost || asAnonymousAdmin ? chat : undefined),
  };
}

function contentOf(state: ChatState, user: User, text: string, options: SayOptions): Content {
  const kept = keepText(text);
  const isText = !options.attach && !options.file && !options.sticker && !options.contact && !options.location;
  const origin = options.forward;
  return {
    ...writtenBy(state, user, options),
    via_bot: options.viaBot,
    forward_origin:
      origin === undefined
        ? undefined
        : typeof origin === "string"
          ? { type: "hidden_user", sender_user_name: origin, date: 1_600_000_000 }
          : { type: "user", sender_user: origin, date: 1_600_000_000 },
    ...(isText ? kept : text === "" ? {} : { caption: kept.text, caption_entities: kept.entities }),
    ...attachmentOf(options),
  };
}

function attachmentOf({ attach, sticker, contact, location }: SayOptions): Partial<Content> {
  const file = { file_id: `${attach ?? "sticker"}-1`, file_unique_id: `${attach ?? "sticker"}-1`, file_size: 1000 };
  if (attach === "photo") return { photo: [{ ...file, width: 90, height: 90 }] };
  if (attach === "document") return { document: { ...file, file_name: "document.pdf" } };
  if (attach === "voice") return { voice: { ...file, duration: 2 } };
  if (sticker !== undefined) {
    const shape = { type: "regular", width: 512, height: 512, is_animated: false, is_video: false };
    return { sticker: { ...file, ...shape, emoji: sticker } };
  }
  return { ...(contact && { contact }), ...(location && { location }) };
}

function keepFile(world: World, file: SayOptions["file"]): Partial<Content> {
  if (!file) return {};
  const number = world.files.size + 1;
  const extension = file.name.slice(file.name.lastIndexOf("."));
  const file_id = `sent-file-${number}`;
  world.files.set(file_id, { path: `documents/file_${number}${extension}`, content: file.content });
  const file_size = Buffer.byteLength(file.content);
  const type = file.type === undefined ? {} : { mime_type: file.type };
  return { document: { file_id, file_unique_id: `unique-${number}`, file_name: file.name, file_size, ...type } };
}

function isSeenByBot(world: World, state: ChatState, message: Message): boolean {
  if (state.chat.type === "private" || !world.privacyMode || isAdministrator(state, world.bot.id)) return true;
  const text = message.text ?? message.caption ?? "";
  const isForIt = text.startsWith("/") || text.includes(`@${world.bot.username}`);
  return isForIt || message.reply_to_message?.from?.id === world.bot.id;
}

function toReactions(emoji: string | undefined) {
  return emoji === undefined ? [] : [{ type: "emoji", emoji }];
}

function idOf(ref: MessageRef): number {
  return typeof ref === "number" ? ref : ref.id;
}
