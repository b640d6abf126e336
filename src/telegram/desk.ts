import type { Api } from "grammy";
import { isShared, type StreamId } from "../core/model/stream.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Answers } from "./answers.ts";
import { createBulkPosts } from "./bulk/posts.ts";
import { attach } from "./calls/attach.ts";
import { failureOf, toDeskError } from "./calls/errors.ts";
import { createCards } from "./cards/cards.ts";
import { type DeskChat, editOptions } from "./chat/chat.ts";
import { createMarks } from "./marks/marks.ts";
import { markAfterMs } from "./marks/plan.ts";
import type { DrawPicture } from "./notices/chart/picture.ts";
import type { Chiefs } from "./notices/chiefs.ts";
import { createNotifying } from "./notices/notifying.ts";
import { createReminding } from "./notices/reminding.ts";
import type { CodePosts } from "./posts/code-posts.ts";
import { createHiddenCodes } from "./posts/hidden-codes.ts";
import type { Parts } from "./posts/parts.ts";
import { createPosts, type TopicNews } from "./posts/posts.ts";
import type { SettingChanges } from "./settings/desk-settings.ts";
import type { TopicIcons } from "./topics/icons.ts";
import type { Pins } from "./topics/pins.ts";
import type { Topics } from "./topics/topics.ts";
import { type DeskSettings, placeOf, type TelegramDesk, type Texts } from "./types.ts";

export interface DeskDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly icons: TopicIcons;
  readonly codePosts: CodePosts;
  readonly pins: Pins;
  readonly chiefs: Chiefs;
  readonly answers: Pick<Answers, "answer">;
  readonly drawPicture: DrawPicture;
  readonly settings: DeskSettings;
  readonly changes: SettingChanges;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * One desk in Telegram. Whatever fails in what core asks of it leaves as a `DeskError`; what the bot's handlers ask throws as
 * it comes, for a store that cannot be read must make their update wait.
 */
export function createDesk(deps: DeskDeps): TelegramDesk {
  const { api, chat, topics, parts, icons, codePosts, pins, chiefs, answers, drawPicture } = deps;
  const { settings, changes, texts, clock, log } = deps;
  const tell = (news: TopicNews) => void explain(news).catch(logUntold);
  const cards = createCards({ api, chat, topics, icons, codePosts, texts, log });
  const showBulk = createBulkPosts({ api, chat, texts });
  const posts = createPosts({ api, chat, topics, parts, cards, codePosts, pins, texts, tell, clock, log });
  const hideCodes = createHiddenCodes({ api, chat, topics, cards, codePosts, texts, log });
  const marks = createMarks({ api, chat, topics, texts, settings, clock, log });
  const notify = createNotifying({ chat, texts, drawPicture, desk: settings.id, log });
  const remind = createReminding({ api, chat, topics, parts, chiefs, texts, clock, log });

  async function explain(news: TopicNews): Promise<void> {
    // Somebody who lets the bridge choose has chosen a chat without topics.
    if (news === "not-a-forum" && settings.layout === "auto") return;
    await chat.send({ text: texts.say(`notice-topics-${news}`) }, { priority: "post" });
  }

  async function rewrite(messageId: number, what: Parameters<TelegramDesk["rewrite"]>[1]): Promise<void> {
    await chat.call({ kind: "edit", priority: "answer" }, async (id) => {
      const rendered = typeof what === "function" ? await what() : what;
      if (rendered) await api.editMessageText(id, messageId, rendered.text, editOptions(rendered));
    });
  }

  function logUntold(error: unknown): void {
    log.warn({ desk: settings.id, reason: failureOf(error).description }, "operators could not be told");
  }

  async function streamOf(topicId: string): Promise<StreamId | undefined> {
    const known = await topics.streamOf(topicId);
    if (known !== undefined) return known;
    // Somebody quick can write in a topic that has just been made and is not stored yet.
    await chat.settled();
    return topics.streamOf(topicId);
  }

  return {
    id: settings.id,
    settings,
    texts,
    changes,
    get markAfterMs() {
      return markAfterMs[settings.ticks];
    },
    post: (task) => typed(() => posts.post(task)),
    mark: (read, commit) => typed(() => marks.mark(read, commit)),
    card: (read, commit) => typed(() => cards.card(read, commit)),
    hideCodes: (task) => typed(() => hideCodes(task)),
    bulk: (task) => typed(() => showBulk(task)),
    remind: (read, commit) => typed(() => remind(read, commit)),
    echo: (task) => typed(() => posts.echo(task)),
    erase: ({ thread, isInUse }, commit) => typed(() => topics.erase(thread, { isInUse, commit })),
    notify: (notice) => typed(() => notify(notice)),
    chatId: () => chat.id(),
    layout: () => chat.layout(),
    async threadOfTopic(topicId) {
      const stream = await streamOf(topicId);
      return stream === undefined || isShared(stream) ? undefined : stream;
    },
    async isSharedTopic(topicId) {
      const stream = await streamOf(topicId);
      return stream !== undefined && isShared(stream);
    },
    async linkOf(thread) {
      const topic = await topics.find(thread);
      return topic && linkOfTopic(topic.chat, topic.topicId);
    },
    async topicRenamed(thread, name) {
      const topic = await topics.find(thread);
      if (topic) await topics.keepLook(topic, { name });
    },
    settled: () => chat.settled(),
    postOf: (messageId) => parts.postOf(placeOf(chat.id() ?? "", messageId)),
    answer: (to, what) => answers.answer(settings.id, to, what),
    rewrite: (messageId, what) =>
      void rewrite(messageId, what).catch((error: unknown) => {
        if (failureOf(error).problem !== "not-modified") logUntold(error);
      }),
    attach: (to, file, caption) => attach({ api, chat }, to, file, caption),
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
