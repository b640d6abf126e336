import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import type { Conversation } from "../core/model/conversation.ts";
import type { Digest } from "../core/model/digest.ts";
import type { DeskId, MessageId } from "../core/model/ids.ts";
import type { MarkSign } from "../core/model/mark.ts";
import type { Outbound } from "../core/model/message.ts";
import type { Line } from "../core/model/phone.ts";
import type { ThreadId } from "../core/model/thread.ts";
import type { Desk, Notice, PostedSms, Reminder } from "../core/ports/desk.ts";
import type { DeskConfig } from "./config.ts";
import type { ReminderList } from "./notices/render-reminder.ts";
import type { SettingChanges } from "./settings/desk-settings.ts";
import type { Facts } from "./texts/i18n.ts";

export type Language = "fa" | "en";

/**
 * A desk's settings (DESIGN 1.2), lines and numbers folded, and some of them as people have set them in Telegram. They change while
 * the bridge runs: whoever keeps a value keeps an old one, so each is read where it is used.
 */
export interface DeskSettings extends Readonly<Omit<DeskConfig, "chat" | "line">> {
  readonly id: DeskId;
  /** Absent: the desk is paired at run time. */
  readonly chat?: number;
  readonly lines: readonly Line[];
  /** The line that `/send` uses, and the answer to a customer who never wrote. */
  readonly line: Line;
}

/** A text ready for the Bot API: entities, never `parse_mode`. */
export interface Rendered {
  readonly text: string;
  readonly entities?: MessageEntity[];
  readonly keyboard?: InlineKeyboardButton[][];
  /** It makes no sound where it is posted. */
  readonly isSilent?: boolean;
  /** A PNG above the text. The text is its caption then, of 1,024 characters at most. */
  readonly photo?: Buffer;
}

/** How a post stands: by itself in the topic of its thread, or not. */
export interface PostFacts {
  /** Where no topic tells who wrote and on which line. */
  readonly header: boolean;
  readonly isUnderCard?: boolean;
  /** In a topic that many senders share: each is named. */
  readonly isShared?: boolean;
}

/** Every sentence and sign that operators see, in one language. Made by `createTexts(language)` in render.ts. */
export interface Texts {
  readonly language: Language;
  /** Of the number alone, or of a conversation, whose name goes before it. */
  topicName(of: Pick<Conversation, "peer" | "name">): string;
  card(conversation: Conversation): Rendered;
  /** The card's facts without its buttons and without what is said of the place where it stands. */
  customer(conversation: Conversation): Rendered;
  /** The buttons of a whole thread where it has no card, under its newest post, and of the SMS there that `asks`. */
  actions(conversation: Conversation, asks?: MessageId): InlineKeyboardButton[][];
  /**
   * One SMS as it is, or several that go together, each with its time. `header` (in `replies` layout, and where topics are
   * unavailable) puts who and on which line above them; under a card one tells its time, too. One-time codes have buttons that
   * copy them.
   */
  post(sms: readonly PostedSms[], facts: PostFacts): Rendered;
  /** The buttons that copy the one-time codes of these SMS; a post has them by itself. */
  codes(sms: readonly PostedSms[]): InlineKeyboardButton[][];
  /**
   * The bot's reply that carries a mark; texts, reasons and buttons. `isAlone`: it does not stand under the operator's message
   * where people see it, and so says what it is about. Default `false`.
   */
  mark(message: Outbound, facts?: { isAlone?: boolean; now?: number }): Rendered;
  /** In its topic, what somebody sent from elsewhere. */
  echo(message: Outbound): Rendered;
  /** What waits for its time, first first, each with **Cancel**. `withNames`: of several customers. */
  later(waiting: readonly Outbound[], facts: { now: number; withNames: boolean }): Rendered;
  /** The moment with its day of the week, as seen at `now`. */
  spellDay(at: number, now: number): string;
  /** The emoji for `ticks: "reaction"`; absent: no reaction. */
  reaction(sign: MarkSign): string | undefined;
  notice(notice: Notice): Rendered;
  /** The days of a digest as a picture, in SVG. */
  chart(digest: Digest): string;
  reminder(reminder: Reminder, now: number): Rendered;
  reminders(reminders: readonly Reminder[], list: ReminderList): Rendered;
  /** Any other sentence, by its key in the locale files. */
  say(key: string, facts?: Facts): string;
}

/**
 * A desk with what the bot's handlers need of it beside the port. Those methods throw what Telegram or the store threw: an
 * update whose handler meets a store that is away must wait for it.
 */
export interface TelegramDesk extends Desk {
  readonly settings: DeskSettings;
  /** What of the settings was changed in Telegram, and the way to change more. */
  readonly changes: SettingChanges;
  /** In the desk's language, which may change: no sentence of it is kept. */
  readonly texts: Texts;
  /** The chat it works in: configured, paired, or followed after a migration. */
  chatId(): string | undefined;
  /** `topics` or `replies`; `auto` is settled by looking at the chat. */
  layout(): Promise<"topics" | "replies">;
  /** None for a topic that threads share. */
  threadOfTopic(topicId: string): Promise<ThreadId | undefined>;
  /** Whether rules send SMS of many threads there. */
  isSharedTopic(topicId: string): Promise<boolean>;
  /** An address that opens the topic of this thread in Telegram's apps; none where it has no topic. */
  linkOf(thread: ThreadId): Promise<string | undefined>;
  /** The place by which core knows the post that a message of ours belongs to: an SMS too long for one message has several. */
  postOf(messageId: number): Promise<string>;
  /**
   * Resolves when what is being shown now is stored too, after two seconds at the latest: somebody quick can reply to a post
   * that the store does not know yet.
   */
  settled(): Promise<void>;
  /**
   * Answers a command or a message in the topic it was written in: resolves once that is on disk, and it is said when the
   * chat's turn has come. The same words to the same message are said once.
   */
  answer(to: { messageId: number; topicId?: number }, what: Rendered): Promise<void>;
  /** Sends a file where a command for it was written; resolves once it is there. */
  attach(
    to: { messageId: number; topicId?: number },
    file: { readonly name: string; readonly content: Buffer },
    caption: string,
  ): Promise<void>;
  /** Somebody gave the topic of this thread another name. Commits before it resolves. */
  topicRenamed(thread: ThreadId, name: string): Promise<void>;
  /**
   * Puts other words and buttons into a message of ours. Where they are made only when their turn has come, `undefined` leaves
   * it as it is. Never throws; failures are logged.
   */
  rewrite(messageId: number, what: Rendered | (() => Promise<Rendered | undefined>)): void;
  /** Says something to everybody in the chat, through the governor. Never throws; failures are logged. */
  tell(what: Rendered): void;
  /** Remembers another chat (pairing, migration). Commits before it resolves. */
  moveTo(chatId: string): Promise<void>;
  /**
   * The chat or our place in it has changed: what was known of both is looked at again. Where an update told whether the
   * chat `isForum`, only if that is news.
   */
  refresh(isForum?: boolean): void;
}

export interface TelegramDesks {
  readonly all: readonly TelegramDesk[];
  byId(id: DeskId): TelegramDesk | undefined;
  byChat(chatId: string): TelegramDesk | undefined;
}

/** `chat:message`, the form of every place that core keeps for us. */
export function placeOf(chatId: string | number, messageId: number): string {
  return `${chatId}:${messageId}`;
}

export function partsOfPlace(place: string): { chatId: string; messageId: number } {
  const cut = place.lastIndexOf(":");
  return { chatId: place.slice(0, cut), messageId: Number(place.slice(cut + 1)) };
}
