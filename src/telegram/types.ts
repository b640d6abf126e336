import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import type { Conversation } from "../core/model/conversation.ts";
import type { DeskId, MessageId } from "../core/model/ids.ts";
import type { MarkSign } from "../core/model/mark.ts";
import type { Outbound } from "../core/model/message.ts";
import type { Line } from "../core/model/phone.ts";
import type { ThreadId } from "../core/model/thread.ts";
import type { Desk, Notice, PostedSms, Reminder } from "../core/ports/desk.ts";
import type { Facts } from "./i18n.ts";
import type { ReminderList } from "./render-reminder.ts";

export type Language = "fa" | "en";

/** A desk's settings, as the configuration gives them (DESIGN 1.2), lines and numbers folded. */
export interface DeskSettings {
  readonly id: DeskId;
  /** Absent: the desk is paired at run time. */
  readonly chat?: number;
  readonly layout: "auto" | "topics" | "replies";
  readonly language: Language;
  readonly ticks: "text" | "reaction" | "off";
  readonly operators: "members" | readonly number[];
  readonly sends: "all" | "replies" | "prefix";
  readonly undoSeconds: number;
  readonly staleSeconds: number;
  /** Who are told in private when a customer has waited for the longest time. */
  readonly chiefs?: readonly number[];
  readonly lines: readonly Line[];
  /** The line that `/send` uses, and the answer to a customer who never wrote. */
  readonly line: Line;
}

/** A text ready for the Bot API: entities, never `parse_mode`. */
export interface Rendered {
  readonly text: string;
  readonly entities?: MessageEntity[];
  readonly keyboard?: InlineKeyboardButton[][];
}

/** Every sentence and sign that operators see, in one language. Made by `createTexts(language)` in render.ts. */
export interface Texts {
  readonly language: Language;
  /** Of the number alone, or of a conversation, whose name goes before it. */
  topicName(of: Pick<Conversation, "peer" | "name">): string;
  card(conversation: Conversation): Rendered;
  /** The buttons of a whole thread where it has no card, under its newest post, and of the SMS there that `asks`. */
  actions(conversation: Conversation, asks?: MessageId): InlineKeyboardButton[][];
  /**
   * One SMS as it is, or several that go together, each with its time. `header` (in `replies` layout, and where topics are
   * unavailable) puts who and on which line above them; under a card one tells its time, too.
   */
  post(sms: readonly PostedSms[], facts: { header: boolean; isUnderCard?: boolean }): Rendered;
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
  readonly texts: Texts;
  /** The chat it works in: configured, paired, or followed after a migration. */
  chatId(): string | undefined;
  /** `topics` or `replies`; `auto` is settled by looking at the chat. */
  layout(): Promise<"topics" | "replies">;
  threadOfTopic(topicId: string): Promise<ThreadId | undefined>;
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
  /** Puts other words, without buttons, into a message of ours. Never throws; failures are logged. */
  rewrite(messageId: number, what: Rendered): void;
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
