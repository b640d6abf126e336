import type { Api } from "grammy";
import { type Conversation, cardKey, phaseOf } from "../../core/model/conversation.ts";
import type { Desk } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { createRecent } from "../../support/recent.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import { type DeskChat, editOptions } from "../chat/chat.ts";
import type { CodePosts } from "../posts/code-posts.ts";
import { below, under } from "../texts/rich.ts";
import type { TopicIcons } from "../topics/icons.ts";
import { type TopicRecord, topicKey } from "../topics/topic-record.ts";
import { type Look, lookKey, type Topics } from "../topics/topics.ts";
import { partsOfPlace, type Rendered, type Texts } from "../types.ts";

const remembered = 5000;

/** After these there is nothing to bring up to date any more: the next SMS makes another topic, or another card. */
const over: ReadonlySet<TelegramProblem> = new Set(["message-gone", "topic-gone", "topic-closed", "not-a-forum"]);

/** The head of a thread: the card in its topic, and the topic's name and sign; where there is none, the buttons under its newest post. */
export interface Cards {
  /** See `Desk.card`. Throws what the Bot API, the store, `read` or `commit` threw. */
  readonly card: Desk["card"];
  /** How a topic looks that is made for this thread, and the card that comes first in it. */
  begin(conversation: Conversation): Promise<{ look: Look; card: Rendered }>;
  /** Sends the card into a topic that has none, by itself. */
  stand(topic: TopicRecord, conversation: Conversation, manner?: { isSilent: boolean }): Promise<TopicRecord>;
  /** This card stands there now. */
  keep(topic: TopicRecord, card: Rendered): void;
  /** What stands below the card in its message is this now: brings both up to date. Throws as `card` does. */
  showBelow(topic: TopicRecord, below: Rendered, read: Read): Promise<void>;
  /** These buttons stand there now. */
  keepActions(post: string, actions: Actions): void;
}

type Actions = ReturnType<Texts["actions"]>;
export type Read = () => Promise<Conversation | undefined>;

export interface CardsDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly icons: TopicIcons;
  readonly codePosts: Pick<CodePosts, "find">;
  readonly texts: Texts;
  readonly log: Log;
}

export function createCards(deps: CardsDeps): Cards {
  const { api, chat, topics, icons, codePosts, texts, log } = deps;
  /** What we know to stand there, so that what changes nothing is not sent. */
  const faces = createRecent<string>(remembered);

  async function lookOf(conversation: Conversation): Promise<Look> {
    const icon = await icons.of(phaseOf(conversation));
    return { name: texts.topicName(conversation), ...(icon === undefined ? {} : { icon }) };
  }

  async function editCard(topic: TopicRecord, read: Read): Promise<Conversation | undefined> {
    const { cardPost, belowCard } = topic;
    if (cardPost === undefined) return undefined;
    const { messageId } = partsOfPlace(cardPost);
    const key = topicKey(topic.chat, topic.topicId);
    try {
      return await edit(key, read, texts.card, (id, card) => {
        const whole = belowCard ? underCard(card, belowCard) : card;
        return api.editMessageText(id, messageId, whole.text, editOptions(whole));
      });
    } catch (error) {
      // Somebody took it away: the next SMS brings another one.
      if (failureOf(error).problem === "message-gone") await topics.dropCard(topic);
      throw error;
    }
  }

  async function editActions({ post }: Conversation, read: Read): Promise<Conversation | undefined> {
    const { chatId, messageId } = partsOfPlace(post ?? "");
    if (post === undefined || chatId !== chat.id()) return undefined;
    const actionsOf = (conversation: Conversation) => texts.actions(conversation, conversation.asks);
    return edit(post, read, actionsOf, async (id, actions) => {
      const { buttons = [] } = (await codePosts.find(post)) ?? {};
      await api.editMessageReplyMarkup(id, messageId, { reply_markup: { inline_keyboard: [...buttons, ...actions] } });
    });
  }

  /** Shows the conversation as it is when its turn has come, and gives it back. */
  function edit<T>(
    key: string,
    read: Read,
    render: (conversation: Conversation) => T,
    call: (chat: number, what: T) => Promise<unknown>,
  ): Promise<Conversation | undefined> {
    return chat.call({ kind: "edit", priority: "card", key: `card:${key}` }, async (id) => {
      const conversation = await read();
      if (conversation === undefined) return undefined;
      const what = render(conversation);
      const face = JSON.stringify(what);
      if (faces.get(key) === face) return conversation;
      await call(id, what).catch((error: unknown) => {
        if (failureOf(error).problem !== "not-modified") throw error;
      });
      faces.set(key, face);
      return conversation;
    });
  }

  async function editTopic(topic: TopicRecord, conversation: Conversation): Promise<void> {
    const look = await lookOf(conversation);
    if (topic.look === lookKey(look)) return;
    try {
      await chat.call({ kind: "edit", priority: "card", key: `look:${topic.topicId}` }, async (id) => {
        const icon = look.icon === undefined ? {} : { icon_custom_emoji_id: look.icon };
        await api.editForumTopic(id, Number(topic.topicId), { name: look.name, ...icon });
      });
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem !== "not-modified" && problem !== "refused") throw error;
      // What Telegram refuses once it refuses again: the next change is tried, and not the same one.
      log.info({ reason: description }, "name of a topic was not changed");
    }
    await topics.keepLook(topic, look);
  }

  /** What is a courtesy and cannot be had is let be. */
  async function unlessOver<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (!over.has(problem) && problem !== "no-right") throw error;
      log.warn({ reason: description }, "card was not brought up to date");
      return undefined;
    }
  }

  function keep(topic: TopicRecord, card: Rendered): void {
    faces.set(topicKey(topic.chat, topic.topicId), JSON.stringify(card));
  }

  return {
    async card(read, commit) {
      const seen = await read();
      if (seen === undefined) return;
      const topic = (await chat.layout()) === "replies" ? undefined : await topics.find(seen.id);
      // What was shown, and not what it has become meanwhile: core must then come back.
      const shown = (await unlessOver(topic ? editCard(topic, read) : editActions(seen, read))) ?? seen;
      if (topic) await unlessOver(editTopic(topic, shown));
      await commit(cardKey(shown));
    },
    async begin(conversation) {
      return { look: await lookOf(conversation), card: texts.card(conversation) };
    },
    async stand(topic, conversation, { isSilent } = { isSilent: false }) {
      const card = texts.card(conversation);
      const begun = await topics.addCard(topic, isSilent ? { ...card, isSilent } : card);
      keep(begun, card);
      return begun;
    },
    async showBelow(topic, shown, read) {
      const changed = await topics.keepCard(topic, topic.cardPost, shown);
      faces.delete(topicKey(topic.chat, topic.topicId));
      await unlessOver(editCard(changed, read));
    },
    keep,
    keepActions(post, actions) {
      faces.set(post, JSON.stringify(actions));
    },
  };
}

/** A card and an SMS in one message, an empty line between them. */
export function underCard(card: Rendered, post: Rendered): Rendered {
  const keyboard = [...(card.keyboard ?? []), ...(post.keyboard ?? [])];
  return { ...under(card, below("\n", post)), ...(keyboard.length > 0 ? { keyboard } : {}) };
}
