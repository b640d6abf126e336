import type { Api } from "grammy";
import type { Message } from "grammy/types";
import { remindedOf } from "../../core/model/follow-up.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Desk, Reminder } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import { type DeskChat, sendOptions } from "../chat/chat.ts";
import type { Parts } from "../posts/parts.ts";
import type { Topics } from "../topics/topics.ts";
import { partsOfPlace, placeOf, type Rendered, type Texts } from "../types.ts";
import type { Chiefs } from "./chiefs.ts";

/** Up to so many that are due at once are told each in its own topic; more go together, in one message with links. */
const mostAlone = 3;
const mostInOne = 30;

/** With these the topic is no place for it; General is. */
const topicFailed: ReadonlySet<TelegramProblem> = new Set(["topic-gone", "topic-closed", "not-a-forum"]);

export interface RemindingDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly chiefs: Chiefs;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

/** See `Desk.remind`. Throws what the Bot API, the store, `read` or `commit` threw. */
export function createReminding(deps: RemindingDeps): Desk["remind"] {
  const { api, chat, topics, parts, chiefs, texts, clock, log } = deps;

  async function linkOf(reminder: Reminder): Promise<string | undefined> {
    const id = chat.id();
    // Only what stands in a supergroup has a link.
    if (!id?.startsWith("-100")) return undefined;
    const inChat = (message: string | number) => `https://t.me/c/${id.slice(4)}/${message}`;
    if ((await chat.layout()) === "topics") {
      const topic = await topics.find(reminder.conversation.id);
      if (topic) return inChat(topic.topicId);
    }
    const post = postIn(id, reminder);
    return post === undefined ? undefined : inChat(post);
  }

  const listOf = async (reminders: readonly Reminder[], desk?: string) =>
    texts.reminders(reminders, {
      now: clock.now(),
      links: await Promise.all(reminders.map(linkOf)),
      ...(desk === undefined ? {} : { desk }),
    });

  /** In its topic, or, where there is none, under its last SMS. */
  async function sendAlone(id: number, reminder: Reminder): Promise<Message> {
    const text = texts.reminder(reminder, clock.now());
    const topic = (await chat.layout()) === "topics" ? await topics.find(reminder.conversation.id) : undefined;
    if (topic) {
      try {
        return await send(id, text, { topic: topic.topicId });
      } catch (error) {
        const { problem, description } = failureOf(error);
        if (!topicFailed.has(problem)) throw error;
        log.warn({ reason: description }, "the reminder goes to General");
        return send(id, await listOf([reminder]), {});
      }
    }
    const replyTo = postIn(String(id), reminder);
    return send(id, text, replyTo === undefined ? {} : { replyTo });
  }

  const send = (id: number, what: Rendered, where: { topic?: string; replyTo?: number }) =>
    api.sendMessage(id, what.text, sendOptions(what, where));

  /** The newest is enough: nobody needs to read the older ones of the same wait. */
  function takeBack(post: string | undefined): void {
    const place = post === undefined ? undefined : partsOfPlace(post);
    if (!place || place.chatId !== chat.id()) return;
    chat
      .call({ kind: "edit", priority: "tick" }, (id) => api.deleteMessage(id, place.messageId))
      .catch((error: unknown) => {
        log.warn({ reason: failureOf(error).description }, "an older reminder was not taken back");
      });
  }

  async function tellAlone(id: number, reminder: Reminder, commit: Commit): Promise<void> {
    const sent = await sendAlone(id, reminder);
    const place = placeOf(sent.chat.id, sent.message_id);
    const { conversation, lastSms, why } = reminder;
    // Whoever replies to it answers the customer.
    if (lastSms?.post !== undefined) await parts.remember([place], lastSms.post);
    await commit([reminder], place);
    if (why.kind === "remind") takeBack(remindedOf(conversation)?.post);
  }

  return async (read, commit) => {
    const forChiefs = (await read()).filter(isForChiefs);
    if (forChiefs.length > 0) {
      await chiefs.tell(forChiefs, (reminders, desk) => listOf(reminders, desk));
      await commit(forChiefs);
    }
    await chat.call({ kind: "message", priority: "answer", key: "reminders" }, async (id) => {
      const due = (await read()).filter((reminder) => !isForChiefs(reminder));
      const [first] = due;
      if (first === undefined) return;
      if (due.length <= mostAlone) return tellAlone(id, first, commit);
      const together = due.slice(0, mostInOne);
      await send(id, await listOf(together), {});
      await commit(together);
    });
  };
}

type Commit = Parameters<Desk["remind"]>[1];

function isForChiefs({ why }: Reminder): boolean {
  return why.kind === "chiefs";
}

/** The post of its last SMS, where that stands in this chat. */
function postIn(chatId: string, { lastSms }: Reminder): number | undefined {
  const place = lastSms?.post === undefined ? undefined : partsOfPlace(lastSms.post);
  return place?.chatId === chatId ? place.messageId : undefined;
}
