import { type Api, InputFile } from "grammy";
import type { Message } from "grammy/types";
import type { Clock } from "../../core/ports/clock.ts";
import { DeskError } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Collection } from "../../core/ports/store.ts";
import { failureOf } from "../calls/errors.ts";
import type { Governor } from "../calls/governor.ts";
import type { Job, Priority } from "../calls/jobs.ts";
import type { DeskSettings, Rendered } from "../types.ts";
import type { ChatRecord } from "./chats.ts";

const layoutHoldsMs = 60 * 60_000;
const mostMigrations = 3;

/** How a message is put into a chat. */
export interface Manner {
  readonly priority: Priority;
  /** The topic; without one it stands in General, or in a chat that has no topics. */
  readonly topic?: string;
  /** The message it answers. Where that is gone it is sent all the same, unless it is `onlyAsReply`. */
  readonly replyTo?: number;
  readonly onlyAsReply?: boolean;
  /** Stores where it stands, before anything else is said in this chat. */
  readonly commit?: (sent: Message) => Promise<void>;
}

/** The chat of one desk: which one it is, whether it has topics, and the way to speak into it. */
export interface DeskChat {
  id(): string | undefined;
  moveTo(chat: string): Promise<void>;
  layout(): Promise<"topics" | "replies">;
  /**
   * Something happened that may have to do with what the chat is: the next `layout` looks again. Where an update told
   * whether the chat `isForum`, only if that is not what was seen.
   */
  doubtLayout(isForum?: boolean): void;
  /**
   * Makes one call to the Bot API when its turn has come. Where the group has migrated it follows and calls again.
   * Throws what the call threw, or `DeskError` `not-ready` while there is no chat.
   */
  call<T>(job: Omit<Job<T>, "chat" | "call">, call: (chat: number) => Promise<T>): Promise<T>;
  /** A text that is made only when its turn has come may still take in what came meanwhile. */
  send(what: Rendered | (() => Promise<Rendered>), manner: Manner): Promise<Message>;
  /** Whether a new message would have to wait for others, or long for the limit. */
  isPressed(): boolean;
  /** Whether much may be said here before the limit is felt, and nothing waits. */
  isQuiet(): boolean;
  /** Resolves when what is being said now has been said and stored; after two seconds at the latest. */
  settled(): Promise<void>;
}

export interface DeskChatDeps {
  readonly api: Api;
  readonly governor: Governor;
  readonly chats: Collection<ChatRecord>;
  readonly settings: DeskSettings;
  readonly startsIn: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export function createDeskChat(deps: DeskChatDeps): DeskChat {
  const { api, governor, chats, settings, clock, log } = deps;
  let current = deps.startsIn;
  let seen: { chat: string; layout: "topics" | "replies"; until: number } | undefined;
  let looking: Promise<"topics" | "replies"> | undefined;

  function require(): string {
    if (current === undefined) throw new DeskError("not-ready", "the desk has no chat yet");
    return current;
  }

  async function moveTo(chat: string): Promise<void> {
    if (chat === current) return;
    const from = settings.chat === undefined ? {} : { from: String(settings.chat) };
    await chats.put(settings.id, { desk: settings.id, chat, ...from });
    log.info({ desk: settings.id, from: current, chat }, "desk moved to another chat");
    current = chat;
  }

  async function look(chat: string): Promise<"topics" | "replies"> {
    try {
      const facts = await api.getChat(Number(chat));
      const layout = "is_forum" in facts && facts.is_forum === true ? "topics" : "replies";
      seen = { chat, layout, until: clock.now() + layoutHoldsMs };
      return layout;
    } catch (error) {
      // What it was an hour ago is a better answer than none.
      if (seen?.chat === chat) return seen.layout;
      // A relay that does not know the question: whether there are topics will show when one is made.
      if (failureOf(error).problem === "refused") return "topics";
      throw error;
    }
  }

  async function call<T>(job: Omit<Job<T>, "chat" | "call">, run: (chat: number) => Promise<T>): Promise<T> {
    for (let moves = 0; ; moves += 1) {
      const chat = require();
      try {
        return await governor.run({ ...job, chat, call: () => run(Number(chat)) });
      } catch (error) {
        const { migratedTo } = failureOf(error);
        if (migratedTo === undefined || moves === mostMigrations) throw error;
        await moveTo(migratedTo);
      }
    }
  }

  function put(chat: number, what: Rendered, manner: Manner): Promise<Message> {
    if (what.photo === undefined) return api.sendMessage(chat, what.text, sendOptions(what, manner));
    const { link_preview_options: _, entities, ...options } = sendOptions(what, manner);
    const caption = { caption: what.text, ...(entities ? { caption_entities: entities } : {}) };
    return api.sendPhoto(chat, new InputFile(what.photo, "chart.png"), { ...options, ...caption });
  }

  return {
    id: () => current,
    moveTo,
    async layout() {
      if (settings.layout !== "auto") return settings.layout;
      const chat = require();
      if (seen?.chat === chat && clock.now() < seen.until) return seen.layout;
      looking ??= look(chat).finally(() => {
        looking = undefined;
      });
      return looking;
    },
    doubtLayout(isForum) {
      if (seen && isForum !== (seen.layout === "topics")) seen = { ...seen, until: 0 };
    },
    call,
    settled: () => (current === undefined ? Promise.resolve() : governor.settled(current)),
    send: (what, manner) =>
      call({ kind: "message", priority: manner.priority }, async (chat) => {
        const rendered = typeof what === "function" ? await what() : what;
        const sent = await put(chat, rendered, manner);
        await manner.commit?.(sent);
        return sent;
      }),
    isQuiet: () => current === undefined || governor.isQuiet(current),
    isPressed: () => current !== undefined && governor.isPressed(current),
  };
}

/** The options of a message of ours. No preview: a link in an SMS is a stranger's link. */
export function sendOptions(
  what: Rendered,
  { topic, replyTo, onlyAsReply = false }: Omit<Manner, "priority" | "commit">,
) {
  return {
    ...bodyOptions(what),
    ...(what.isSilent ? { disable_notification: true } : {}),
    ...(what.keyboard ? { reply_markup: { inline_keyboard: what.keyboard } } : {}),
    ...(topic === undefined ? {} : { message_thread_id: Number(topic) }),
    ...(replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: !onlyAsReply } }),
  };
}

/** The options of an edit of ours: buttons that are not wanted any more go away. */
export function editOptions(what: Rendered) {
  return { ...bodyOptions(what), reply_markup: { inline_keyboard: what.keyboard ?? [] } };
}

function bodyOptions(what: Rendered) {
  return {
    ...(what.entities ? { entities: what.entities } : {}),
    link_preview_options: { is_disabled: true },
  };
}
