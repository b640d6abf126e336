import type { Api } from "grammy";
import type { Conversation } from "../../core/model/conversation.ts";
import { isShared, type StreamId, streamOf } from "../../core/model/stream.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { EchoTask, PostTask } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import { failureOf } from "../calls/errors.ts";
import type { Cards } from "../cards/cards.ts";
import type { DeskChat } from "../chat/chat.ts";
import type { Pins } from "../topics/pins.ts";
import type { TopicRecord } from "../topics/topic-record.ts";
import type { Look, Topics } from "../topics/topics.ts";
import type { Texts } from "../types.ts";
import type { CodePosts } from "./code-posts.ts";
import type { Parts } from "./parts.ts";
import { createPut } from "./put-post.ts";

const pauseMs = 10 * 60_000;
const lossSpanMs = 60_000;
const mostLosses = 5;
const mostTries = 4;

/** Shows inbound SMS: in the topic of their thread, or with a header where there are no topics. */
export interface Posts {
  /** Commits the place of the post; of several parts, that of the last. Throws what the Bot API or the store threw. */
  post(task: PostTask): Promise<void>;
  /** See `Desk.echo`. Throws what the Bot API or the store threw. */
  echo(task: EchoTask): Promise<void>;
  /**
   * A right was given, or the chat changed: topics are tried again at once. Where an update told whether the chat `isForum`,
   * only if that was what they waited for.
   */
  resume(isForum?: boolean): void;
}

/** A right is missing, the chat has no topics, or topics get lost faster than they should be made. */
export type WhyNoTopics = "no-right" | "not-a-forum" | "vanishing";
/** What the operators are told of topics: why SMS stand in General, or that a topic was lost and another one made. */
export type TopicNews = WhyNoTopics | "remade";

/** Which topic is meant, and how one looks that is made for it. */
interface Head {
  readonly stream: StreamId;
  readonly lookOf: () => Promise<Look>;
}

export interface PostsDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly cards: Cards;
  readonly codePosts: CodePosts;
  readonly pins: Pick<Pins, "want">;
  readonly texts: Texts;
  /** Tells the operators; called once for each time that SMS begin to stand in General or that topics get lost. */
  readonly tell: (news: TopicNews) => void;
  readonly clock: Clock;
  readonly log: Log;
}

export function createPosts(deps: PostsDeps): Posts {
  const { api, chat, topics, cards, pins, texts, tell, clock, log } = deps;
  /** Why new topics are not tried for a while. */
  let pause: { why: WhyNoTopics; until: number; isForAll: boolean } | undefined;
  let told: WhyNoTopics | undefined;
  let losses: number[] = [];
  /** Whose topic was lost, the first in a while, and nobody knows of it yet. */
  let lossUntold: StreamId | undefined;
  const put = createPut(deps);
  /** Two that begin one topic would give it two cards. */
  const inTurn = createKeyedQueue();

  function pauseTopics(why: WhyNoTopics, isForAll = false): void {
    pause = { why, until: clock.now() + pauseMs, isForAll };
    log.warn({ why }, "topics paused");
    if (told !== why) tell(why);
    told = why;
  }

  /** The topic to post into; none: General, with a header. */
  async function topicFor({ stream, lookOf }: Head): Promise<TopicRecord | undefined> {
    if ((await chat.layout()) === "replies") return undefined;
    if (pause && pause.until <= clock.now()) pause = undefined;
    if (pause) {
      const known = pause.isForAll ? undefined : await topics.find(stream);
      return known?.card === undefined && !isShared(stream) ? undefined : known;
    }
    const before = clock.now();
    const topic = (await topics.find(stream)) ?? (await topics.open(stream, await lookOf()));
    // One that was being made when the others began to vanish does not make that news again.
    if (topic.at >= before && pause === undefined) told = undefined;
    return topic;
  }

  function headOf(conversation: Conversation): Head {
    return { stream: conversation.id, lookOf: async () => (await cards.begin(conversation)).look };
  }

  function headOfPost({ conversation, first }: PostTask): Head {
    const { topic: name } = first;
    return name === undefined ? headOf(conversation) : { stream: streamOf(first), lookOf: async () => ({ name }) };
  }

  async function attempt(head: Head, into: (topic?: TopicRecord) => Promise<void>): Promise<boolean> {
    let target: TopicRecord | "general" | undefined;
    try {
      const topic = await topicFor(head);
      target = topic ?? "general";
      await into(topic);
      tellOfLoss(topic);
      if (topic && !isShared(topic.thread)) pins.want(topic);
      return true;
    } catch (error) {
      const failedIn = target === "general" ? undefined : (target ?? (await topics.find(head.stream)));
      if (!(await heal(error, failedIn))) throw error;
      return false;
    }
  }

  /** Whether another try may go better. */
  async function heal(error: unknown, topic: TopicRecord | undefined): Promise<boolean> {
    const { problem, right } = failureOf(error);
    if (problem === "topic-gone" && topic) {
      await lose(topic);
      return true;
    }
    if (problem === "topic-closed") return reopen(topic);
    if (problem === "not-a-forum") {
      chat.doubtLayout();
      pauseTopics("not-a-forum", true);
      return true;
    }
    if (problem === "no-right" && right === "can_manage_topics") {
      if (pause) return false;
      pauseTopics("no-right");
      return true;
    }
    return false;
  }

  async function lose(topic: TopicRecord): Promise<void> {
    chat.doubtLayout();
    await topics.lose(topic);
    const now = clock.now();
    losses = [...losses.filter((at) => at > now - lossSpanMs), now];
    if (losses.length === 1) lossUntold = topic.thread;
    if (losses.length > mostLosses) pauseTopics("vanishing");
  }

  /** Said only once the other topic stands: until then something else may turn out to be wrong. */
  function tellOfLoss(topic: TopicRecord | undefined): void {
    if (topic === undefined || topic.thread !== lossUntold) return;
    lossUntold = undefined;
    tell("remade");
  }

  async function reopen(topic: TopicRecord | undefined): Promise<boolean> {
    try {
      if (topic) await topics.reopen(topic);
      else await chat.call({ kind: "edit", priority: "post" }, (id) => api.reopenGeneralForumTopic(id));
    } catch (error) {
      const { problem } = failureOf(error);
      if (problem === "not-modified") return true;
      if (problem === "unreachable" || problem === "rate-limited") throw error;
      if (!topic) return false;
      // What cannot be opened is as good as gone.
      await lose(topic);
      if (problem === "no-right") pauseTopics("no-right");
    }
    return true;
  }

  /** Without topics its mark, under the operator's message, is all there is to show. */
  async function putEcho({ conversation, message, commit }: EchoTask, topic: TopicRecord | undefined): Promise<void> {
    if (topic === undefined) return commit();
    const begun = topic.card === undefined ? await cards.stand(topic, conversation) : topic;
    await topics.send(begun, { what: texts.echo(message), isBegun: begun !== topic }, commit);
  }

  async function post(task: PostTask): Promise<void> {
    for (let tries = 1; tries < mostTries; tries += 1) {
      if (await attempt(headOfPost(task), (topic) => put(task, topic))) return;
    }
    await put(task, undefined);
  }

  async function echo(task: EchoTask): Promise<void> {
    for (let tries = 1; tries < mostTries; tries += 1) {
      if (await attempt(headOf(task.conversation), (topic) => putEcho(task, topic))) return;
    }
    await task.commit();
  }

  return {
    post: (task) => inTurn(streamOf(task.first), () => post(task)),
    echo: (task) => inTurn(task.conversation.id, () => echo(task)),
    resume(isForum) {
      if (pause?.why === "vanishing") return;
      if (isForum === undefined || (isForum && pause?.why === "not-a-forum")) pause = undefined;
    },
  };
}
