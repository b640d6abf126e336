import type { Api } from "grammy";
import { type Conversation, cardKey, phaseOf } from "../core/model/conversation.ts";
import type { Desk } from "../core/ports/desk.ts";
import type { Log } from "../core/ports/log.ts";
import { type DeskChat, editOptions } from "./chat.ts";
import { failureOf, type TelegramProblem } from "./errors.ts";
import type { TopicIcons } from "./icons.ts";
import { createRecent } from "./recent.ts";
import { below, under } from "./rich.ts";
import { type Look, lookKey, type TopicRecord, type Topics, topicKey } from "./topics.ts";
import { partsOfPlace, type Rendered, type Texts } from "./types.ts";

const remembered = 5000;

/** After these there is nothing to bring up to date any more: the next SMS makes another topic, or another card. */
const over: ReadonlySet<TelegramProblem> = new Set(["message-gone", "topic-gone", "not-a-forum"]);

/** The head of a thread: the card in its topic, and the topic's name and sign. */
export interface Cards {
  /** See `Desk.card`. Throws what the Bot API, the store, `read` or `commit` threw. */
  readonly card: Desk["card"];
  /** How a topic looks that is made for this thread, and the card that comes first in it. */
  begin(conversation: Conversation): Promise<{ look: Look; card: Rendered }>;
  /** This card stands there now. */
  keep(topic: TopicRecord, card: Rendered): void;
}

export interface CardsDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly icons: TopicIcons;
  readonly texts: Texts;
  readonly log: Log;
}

export function createCards(deps: CardsDeps): Cards {
  const { api, chat, topics, icons, texts, log } = deps;
  /** What we know to stand there, so that what changes nothing is not sent. */
  const faces = createRecent<string>(remembered);

  async function lookOf(conversation: Conversation): Promise<Look> {
    const icon = await icons.of(phaseOf(conversation));
    return { name: texts.topicName(conversation), ...(icon === undefined ? {} : { icon }) };
  }

  async function editCard(topic: TopicRecord, read: () => Promise<Conversation | undefined>): Promise<void> {
    const { cardPost, belowCard } = topic;
    if (cardPost === undefined) return;
    const { messageId } = partsOfPlace(cardPost);
    const key = topicKey(topic.chat, topic.topicId);
    await chat.call({ kind: "edit", priority: "tick", key: `card:${key}` }, async (id) => {
      const conversation = await read();
      if (conversation === undefined) return;
      const card = texts.card(conversation);
      const face = JSON.stringify(card);
      if (faces.get(key) === face) return;
      const whole = belowCard ? underCard(card, belowCard) : card;
      await api.editMessageText(id, messageId, whole.text, editOptions(whole));
      faces.set(key, face);
    });
  }

  async function editTopic(topic: TopicRecord, conversation: Conversation): Promise<void> {
    const look = await lookOf(conversation);
    if (topic.look === lookKey(look)) return;
    await chat.call({ kind: "edit", priority: "tick", key: `look:${topic.topicId}` }, async (id) => {
      const icon = look.icon === undefined ? {} : { icon_custom_emoji_id: look.icon };
      await api.editForumTopic(id, Number(topic.topicId), { name: look.name, ...icon });
    });
    await topics.keepLook(topic, look);
  }

  /** What is a courtesy and cannot be had is let be. */
  async function unlessOver(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem === "not-modified") return;
      if (!over.has(problem) && problem !== "no-right") throw error;
      log.warn({ reason: description }, "card was not brought up to date");
    }
  }

  return {
    async card(read, commit) {
      const seen = await read();
      if (seen === undefined) return;
      const topic = await topics.find(seen.id);
      if (topic) {
        await unlessOver(editCard(topic, read));
        await unlessOver(editTopic(topic, (await read()) ?? seen));
      }
      // What changed since the first look may have missed one of the two, and comes once more; what stands already is not sent.
      await commit(cardKey(seen));
    },
    async begin(conversation) {
      return { look: await lookOf(conversation), card: texts.card(conversation) };
    },
    keep(topic, card) {
      faces.set(topicKey(topic.chat, topic.topicId), JSON.stringify(card));
    },
  };
}

/** A card and an SMS in one message, an empty line between them. */
export function underCard(card: Rendered, post: Rendered): Rendered {
  const { keyboard } = card;
  return { ...under(card, below("\n", post)), ...(keyboard ? { keyboard } : {}) };
}
