import type { Api } from "grammy";
import type { ForumTopic, Message } from "grammy/types";
import type { StreamId } from "../../core/model/stream.ts";
import { createPersist } from "../../core/persist.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Collection } from "../../core/ports/store.ts";
import { createRecent } from "../../support/recent.ts";
import { failureOf, TopicLostError } from "../calls/errors.ts";
import type { DeskChat } from "../chat/chat.ts";
import { placeOf, type Rendered } from "../types.ts";
import { type Erasing, eraseTopics } from "./erase.ts";
import { type TopicRecord, topicKey } from "./topic-record.ts";

/** More topics of one thread than anybody ever loses. */
const mostTopics = 100;
const mostRemembered = 10_000;

/** The topics of one desk. Its methods throw what the Bot API or the store threw. */
export interface Topics {
  find(thread: StreamId): Promise<TopicRecord | undefined>;
  /**
   * The topic of a thread, made where there is none. Asked for by many at once it is made once. The record is on disk before
   * anything is sent into it, so a crash costs at most an empty topic.
   */
  open(thread: StreamId, look: Look): Promise<TopicRecord>;
  /** Sends the card, which comes first in a topic. */
  addCard(topic: TopicRecord, card: Rendered): Promise<TopicRecord>;
  /** The card stands there, in a message with others: commits it. */
  keepCard(topic: TopicRecord, cardPost: string | undefined, belowCard?: Rendered): Promise<TopicRecord>;
  /** The card is gone: the next SMS brings another one. */
  dropCard(topic: TopicRecord): Promise<void>;
  keepPin(topic: TopicRecord): Promise<void>;
  /** The topic has this name and sign now. */
  keepLook(topic: TopicRecord, look: Look): Promise<void>;
  /**
   * Sends into the topic and looks whether it arrived there; `TopicLostError` where it did not. `commit` is waited for
   * before anything else is said in the chat.
   */
  send(topic: TopicRecord, what: Sending, commit?: (place: string) => Promise<void>): Promise<string>;
  reopen(topic: TopicRecord): Promise<void>;
  /** The topic was found to be gone: the next `open` makes another. */
  lose(topic: TopicRecord): Promise<void>;
  streamOf(topicId: string): Promise<StreamId | undefined>;
  /** Takes the topics of a thread away, and everything known of them. */
  erase(thread: StreamId, how: Erasing): Promise<void>;
}

/** What a topic is called in the list of topics, and the custom emoji before it. */
export interface Look {
  readonly name: string;
  readonly icon?: string;
}

export function lookKey({ name, icon }: Look): string {
  return JSON.stringify([name, icon]);
}

/** What goes into a topic; begun with it, before what waits elsewhere. */
export interface Sending {
  readonly what: Rendered | (() => Promise<Rendered>);
  readonly isBegun: boolean;
}

export interface TopicsDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly records: Collection<TopicRecord>;
  readonly clock: Clock;
  readonly log: Log;
}

export function createTopics(deps: TopicsDeps): Topics {
  const { api, chat, records, clock, log } = deps;
  const opening = new Map<StreamId, Promise<TopicRecord>>();
  const persist = createPersist(deps);
  /** What a thread's present topic was when it was last looked up or changed; only this process changes it. */
  const recent = createRecent<TopicRecord>(mostRemembered);

  async function find(thread: StreamId): Promise<TopicRecord | undefined> {
    const remembered = recent.get(thread);
    if (remembered?.chat === chat.id()) return remembered;
    const known = await records.range("thread", { equal: [thread], reverse: true, limit: mostTopics });
    const present = known.find((topic) => topic.chat === chat.id() && topic.gone === undefined);
    if (present) recent.set(thread, present);
    return present;
  }

  async function openOne(thread: StreamId, look: Look): Promise<TopicRecord> {
    return (await find(thread)) ?? create(thread, look);
  }

  async function create(thread: StreamId, look: Look): Promise<TopicRecord> {
    return chat.call({ kind: "message", priority: "post" }, async (id) => {
      const { message_thread_id } = await make(id, look);
      const topicId = String(message_thread_id);
      const topic = { thread, chat: String(id), topicId, at: clock.now(), look: lookKey(look) };
      // The topic is there: it is its record that must wait for the store, or the next try would make another one.
      await persist(() => records.put(topicKey(topic.chat, topic.topicId), topic));
      recent.set(thread, topic);
      return topic;
    });
  }

  /** A sign that is refused must never cost an SMS. */
  async function make(id: number, { name, icon }: Look): Promise<ForumTopic> {
    if (icon === undefined) return api.createForumTopic(id, name);
    try {
      return await api.createForumTopic(id, name, { icon_custom_emoji_id: icon });
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem !== "refused") throw error;
      log.warn({ reason: description }, "topic was made without a sign");
      return api.createForumTopic(id, name);
    }
  }

  async function addCard(topic: TopicRecord, card: Rendered): Promise<TopicRecord> {
    let withCard = topic;
    const commit = async (place?: string) => {
      withCard = await keepCard(topic, place);
    };
    try {
      await send(topic, { what: card, isBegun: true }, commit);
    } catch (error) {
      if (failureOf(error).problem !== "refused") throw error;
      // A card is a courtesy; the SMS behind it is not.
      log.error({ chat: topic.chat, topicId: topic.topicId, reason: failureOf(error).description }, "card was refused");
      await commit();
    }
    return withCard;
  }

  function keepCard(topic: TopicRecord, cardPost?: string, belowCard?: Rendered): Promise<TopicRecord> {
    const where = {
      card: clock.now(),
      ...(cardPost === undefined ? {} : { cardPost }),
      ...(belowCard === undefined ? {} : { belowCard }),
    };
    return change(topic, (current) => ({ ...current, ...where }));
  }

  async function change(topic: TopicRecord, to: (current: TopicRecord) => TopicRecord): Promise<TopicRecord> {
    const key = topicKey(topic.chat, topic.topicId);
    // One that was erased meanwhile does not come back.
    const changed = await persist(() => records.update(key, (current) => current && to(current)));
    if (changed && changed.gone === undefined) recent.set(topic.thread, changed);
    return changed ?? to(topic);
  }

  async function send(
    topic: TopicRecord,
    sending: Sending,
    commit?: (place: string) => Promise<void>,
  ): Promise<string> {
    const isThere = (sent: Message) => {
      // In groups a lost topic is an error, so only another topic is news; in private chats none is too.
      if (sent.message_thread_id === undefined) return sent.chat.type !== "private";
      return String(sent.message_thread_id) === topic.topicId;
    };
    const sent = await chat.send(sending.what, {
      priority: sending.isBegun ? "begun" : "post",
      topic: topic.topicId,
      commit: async (message) => {
        if (isThere(message)) await commit?.(placeOf(message.chat.id, message.message_id));
      },
    });
    if (isThere(sent)) return placeOf(sent.chat.id, sent.message_id);
    // Telegram has been seen to put messages for a lost topic into the main part of a private chat without a word.
    await takeBack(sent.message_id);
    throw new TopicLostError(topic.topicId);
  }

  async function takeBack(messageId: number): Promise<void> {
    try {
      await chat.call({ kind: "edit", priority: "post" }, (id) => api.deleteMessage(id, messageId));
    } catch (error) {
      log.warn({ reason: failureOf(error).description }, "a post outside its topic was not taken back");
    }
  }

  return {
    find,
    open(thread, look) {
      const running = opening.get(thread);
      if (running !== undefined) return running;
      const work = openOne(thread, look).finally(() => opening.delete(thread));
      opening.set(thread, work);
      return work;
    },
    addCard,
    keepCard,
    async dropCard(topic) {
      await change(topic, ({ card: _, cardPost: _post, belowCard: _below, pinned: _pinned, ...rest }) => rest);
    },
    async keepPin(topic) {
      await change(topic, (current) => ({ ...current, pinned: clock.now() }));
    },
    async keepLook(topic, look) {
      await change(topic, (current) => ({ ...current, look: lookKey(look) }));
    },
    send,
    async reopen(topic) {
      await chat.call({ kind: "edit", priority: "post" }, (id) => api.reopenForumTopic(id, Number(topic.topicId)));
    },
    async lose(topic) {
      log.warn({ chat: topic.chat, topicId: topic.topicId }, "topic was lost");
      await records.update(
        topicKey(topic.chat, topic.topicId),
        (current) => current && { ...current, gone: current.gone ?? clock.now() },
      );
      // Only now: until then whoever looks would find it in the store and remember it again.
      if (recent.get(topic.thread)?.topicId === topic.topicId) recent.delete(topic.thread);
    },
    async erase(thread, how) {
      await eraseTopics(deps, await records.range("thread", { equal: [thread], limit: mostTopics }), how);
      recent.delete(thread);
    },
    async streamOf(topicId) {
      const id = chat.id();
      return id === undefined ? undefined : (await records.get(topicKey(id, topicId)))?.thread;
    },
  };
}
