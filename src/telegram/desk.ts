import type { Api } from "grammy";
import type { Clock } from "../core/ports/clock.ts";
import type { Notice } from "../core/ports/desk.ts";
import type { Log } from "../core/ports/log.ts";
import type { Answers } from "./answers.ts";
import { attach } from "./attach.ts";
import { createBulkPosts } from "./bulk-posts.ts";
import { createCards } from "./cards.ts";
import { type DeskChat, editOptions } from "./chat.ts";
import type { Chiefs } from "./chiefs.ts";
import { failureOf, toDeskError } from "./errors.ts";
import type { TopicIcons } from "./icons.ts";
import { createMarks, markAfterMs } from "./marks.ts";
import type { Parts } from "./parts.ts";
import type { Pins } from "./pins.ts";
import { createPosts, type TopicNews } from "./posts.ts";
import { createReminding } from "./reminding.ts";
import type { Topics } from "./topics.ts";
import { type DeskSettings, placeOf, type TelegramDesk, type Texts } from "./types.ts";

export interface DeskDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly icons: TopicIcons;
  readonly pins: Pins;
  readonly chiefs: Chiefs;
  readonly answers: Pick<Answers, "answer">;
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
  const { api, chat, topics, parts, icons, pins, chiefs, answers, settings, texts, clock, log } = deps;
  const tell = (news: TopicNews) => void explain(news).catch(logUntold);
  const cards = createCards({ api, chat, topics, icons, texts, log });
  const showBulk = createBulkPosts({ api, chat, texts });
  const posts = createPosts({ api, chat, topics, parts, cards, pins, texts, tell, clock, log });
  const marks = createMarks({ api, chat, topics, texts, ticks: settings.ticks, clock, log });

  const remind = createReminding({ api, chat, topics, parts, chiefs, texts, clock, log });

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

  return {
    id: settings.id,
    settings,
    texts,
    markAfterMs: markAfterMs[settings.ticks],
    post: (task) => typed(() => posts.post(task)),
    mark: (read, commit) => typed(() => marks.mark(read, commit)),
    card: (read, commit) => typed(() => cards.card(read, commit)),
    bulk: (task) => typed(() => showBulk(task)),
    remind: (read, commit) => typed(() => remind(read, commit)),
    echo: (task) => typed(() => posts.echo(task)),
    erase: ({ thread, isInUse }, commit) => typed(() => topics.erase(thread, { isInUse, commit })),
    notify: (notice) => typed(() => inform(notice)),
    chatId: () => chat.id(),
    layout: () => chat.layout(),
    async threadOfTopic(topicId) {
      const known = await topics.threadOf(topicId);
      if (known !== undefined) return known;
      // Somebody quick can write in a topic that has just been made and is not stored yet.
      await chat.settled();
      return topics.threadOf(topicId);
    },
    async linkOf(thread) {
      const topic = await topics.find(thread);
      return topic && linkOfTopic(topic.chat, topic.topicId);
    },
    settled: () => chat.settled(),
    postOf: (messageId) => parts.postOf(placeOf(chat.id() ?? "", messageId)),
    answer: (to, what) => answers.answer(settings.id, to, what),
    attach: (to, file, caption) => attach({ api, chat }, to, file, caption),
    rewrite: (messageId, what) =>
      void chat
        .call({ kind: "edit", priority: "answer" }, (id) =>
          api.editMessageText(id, messageId, what.text, editOptions(what)),
        )
        .catch(logUntold),
    tell: (what) => void chat.send(what, { priority: "post" }).catch(logUntold),
    moveTo: (chatId) => chat.moveTo(chatId),
    refresh(isForum) {
      posts.resume(isForum);
      if (isForum === undefined) pins.resume();
      chat.doubtLayout(isForum);
    },
  };
}

/** Only supergroups have such addresses; their ids begin with -100. */
function linkOfTopic(chat: string, topicId: string): string | undefined {
  const [, group] = /^-100(\d+)$/.exec(chat) ?? [];
  return group && `https://t.me/c/${group}/${topicId}`;
}

async function typed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDeskError(error);
  }
}
