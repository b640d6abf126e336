import type { Api } from "grammy";
import type { Desk, HideTask } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import { type Cards, underCard } from "../cards/cards.ts";
import { type DeskChat, editOptions } from "../chat/chat.ts";
import { splitRendered } from "../texts/split.ts";
import type { Topics } from "../topics/topics.ts";
import { partsOfPlace, type Rendered, type Texts } from "../types.ts";
import type { CodePost, CodePosts } from "./code-posts.ts";

/** After these there is nothing left that shows a code. */
const over: ReadonlySet<TelegramProblem> = new Set(["message-gone", "topic-gone", "not-a-forum", "not-modified"]);

/** Shows posts again without their one-time codes and the buttons that copied them. Throws what the Bot API or the store threw. */
export function createHiddenCodes(deps: {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly cards: Cards;
  readonly codePosts: CodePosts;
  readonly texts: Texts;
  readonly log: Log;
}): Desk["hideCodes"] {
  const { api, chat, topics, cards, codePosts, texts, log } = deps;

  return async (task) => {
    const known = await codePosts.find(task.post);
    if (known === undefined) return;
    const topic = known.facts.isUnderCard ? await topicOf(task) : undefined;
    if (topic) await cards.showBelow(topic, texts.post(task.sms, known.facts), task.read);
    else await editAll(known, await compose(known, task));
    await codePosts.forget(task.post);
  };

  /** The topic in whose card the post stands. */
  async function topicOf({ post, sms }: HideTask) {
    const topic = await topics.find(sms[0]?.message.thread ?? "");
    return topic?.cardPost === post ? topic : undefined;
  }

  async function compose({ post, facts }: CodePost, { sms, read }: HideTask): Promise<Rendered> {
    const shown = texts.post(sms, facts);
    if (facts.isShared || !(facts.header || facts.isUnderCard)) return shown;
    const conversation = await read();
    if (conversation === undefined) return shown;
    if (facts.isUnderCard) return underCard(texts.card(conversation), shown);
    const actions = texts.actions(conversation, conversation.asks);
    cards.keepActions(post, actions);
    return { ...shown, keyboard: actions };
  }

  async function editAll({ places }: CodePost, whole: Rendered): Promise<void> {
    for (const [index, part] of splitRendered(whole).entries()) {
      const place = places[index];
      if (place !== undefined) await edit(place, part);
    }
  }

  async function edit(place: string, part: Rendered): Promise<void> {
    const { chatId, messageId } = partsOfPlace(place);
    if (chatId !== chat.id()) return;
    try {
      await chat.call({ kind: "edit", priority: "tick", key: `codes:${place}` }, (id) =>
        api.editMessageText(id, messageId, part.text, editOptions(part)),
      );
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (!over.has(problem)) throw error;
      log.info({ reason: description }, "a post with codes was not there any more");
    }
  }
}
