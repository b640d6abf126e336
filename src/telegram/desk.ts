import type { Api } from "grammy";
import type { Clock } from "../core/ports/clock.ts";
import type { Notice } from "../core/ports/desk.ts";
import type { Log } from "../core/ports/log.ts";
import type { DeskChat } from "./chat.ts";
import { failureOf, toDeskError } from "./errors.ts";
import { createMarks, markAfterMs } from "./marks.ts";
import type { Parts } from "./parts.ts";
import { createPosts, type TopicNews } from "./posts.ts";
import { splitRendered } from "./split.ts";
import type { Topics } from "./topics.ts";
import { type DeskSettings, placeOf, type Rendered, type TelegramDesk, type Texts } from "./types.ts";

const generalId = 1;

export interface DeskDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly settings: DeskSettings;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * One desk in Telegram. Whatever fails in what core asks of it leaves as a `DeskError`; what the bot's handlers ask throws as
 * it comes, for a store that cannot be read must make their update wait.
 */
export function createDesk(deps: DeskDeps): TelegramDesk {
  const { api, chat, topics, parts, settings, texts, clock, log } = deps;
  const tell = (news: TopicNews) => void explain(news).catch(logUntold);
  const posts = createPosts({ api, chat, topics, parts, texts, tell, clock, log });
  const marks = createMarks({ api, chat, topics, texts, ticks: settings.ticks, clock, log });

  async function inform(notice: Notice): Promise<void> {
    await chat.send(texts.notice(notice), { priority: "post" });
  }

  async function explain(news: TopicNews): Promise<void> {
    // Somebody who lets the bridge choose has chosen a chat without topics.
    if (news === "not-a-forum" && settings.layout === "auto") return;
    await chat.send({ text: texts.say(`notice-topics-${news}`) }, { priority: "post" });
  }

  function logUntold(error: unknown): void {
    log.warn({ desk: settings.id, reason: failureOf(error).description }, "operators could not be told");
  }

  async function say(to: { messageId: number; topicId?: number }, what: Rendered): Promise<void> {
    const replyTo = to.messageId;
    // General is spoken to without an id; as topic 1 Telegram does not know it.
    const inTopic = to.topicId === undefined || to.topicId === generalId ? {} : { topic: String(to.topicId) };
    for (const [index, part] of splitRendered(what).entries()) {
      const reply = index === 0 ? { replyTo } : {};
      try {
        await chat.send(part, { priority: "answer", ...reply, ...inTopic });
      } catch (error) {
        const { problem } = failureOf(error);
        if (problem !== "reply-gone" && problem !== "topic-gone") throw error;
        await chat.send(part, { priority: "answer" });
      }
    }
  }

  return {
    id: settings.id,
    settings,
    texts,
    markAfterMs: markAfterMs[settings.ticks],
    post: (message, facts, commit) => typed(() => posts.post(message, facts, commit)),
    mark: (read, commit) => typed(() => marks.mark(read, commit)),
    notify: (notice) => typed(() => inform(notice)),
    chatId: () => chat.id(),
    layout: () => chat.layout(),
    threadOfTopic: (topicId) => topics.threadOf(topicId),
    postOf: (messageId) => parts.postOf(placeOf(chat.id() ?? "", messageId)),
    answer: (to, what) => void say(to, what).catch(logUntold),
    tell: (what) => void chat.send(what, { priority: "post" }).catch(logUntold),
    moveTo: (chatId) => chat.moveTo(chatId),
    refresh(isForum) {
      posts.resume(isForum);
      chat.doubtLayout(isForum);
    },
  };
}

async function typed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDeskError(error);
  }
}
