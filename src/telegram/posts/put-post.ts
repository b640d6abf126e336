import type { Message } from "grammy/types";
import type { MessageId } from "../../core/model/ids.ts";
import { createPersist } from "../../core/persist.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PostedSms, PostTask } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf } from "../calls/errors.ts";
import { type Cards, underCard } from "../cards/cards.ts";
import type { DeskChat } from "../chat/chat.ts";
import { isName } from "../texts/spell-peer.ts";
import { longestText, splitRendered } from "../texts/split.ts";
import type { TopicRecord } from "../topics/topic-record.ts";
import type { Sending, Topics } from "../topics/topics.ts";
import { type PostFacts, placeOf, type Rendered, type Texts } from "../types.ts";
import type { CodePosts } from "./code-posts.ts";
import type { Parts } from "./parts.ts";
import { asksOf } from "./render-post.ts";

/** Where a post goes, and what stands in it beside the SMS. */
interface Target {
  /** None: General, or a chat without topics, with a header. */
  readonly topic?: TopicRecord;
  readonly header: boolean;
  /** The topic has none yet, and this post begins with it. */
  readonly card?: Rendered;
  /** The topic has just been made. */
  readonly isBegun: boolean;
  /** A rule chose the topic, and others write there too: no card, no buttons of a thread. */
  readonly isShared: boolean;
}

/** Puts one post into a topic, or into General. Throws what the Bot API or the store threw. */
export type Put = (task: PostTask, topic: TopicRecord | undefined) => Promise<void>;

export interface PutDeps {
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly parts: Parts;
  readonly cards: Cards;
  readonly codePosts: Pick<CodePosts, "remember">;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly log: Log;
}

export function createPut(deps: PutDeps): Put {
  const { chat, topics, parts, cards, codePosts, texts, log } = deps;
  const persist = createPersist(deps);
  /** Parts of a long SMS that stand already, so that another try goes on behind them. */
  const standing = new Map<MessageId, { where: string; places: string[] }>();

  async function put(task: PostTask, topic: TopicRecord | undefined): Promise<void> {
    const target = await targetOf(task, topic);
    const show = (sms: readonly PostedSms[]) => {
      const post = compose(target, texts.post(sms, postFacts(target)));
      const keyboard = hasActions(target) ? [...texts.codes(sms), ...actionsOf(task, sms)] : post.keyboard;
      const isSilent = sms.every(({ message }) => message.silent);
      return { ...post, ...(keyboard ? { keyboard } : {}), ...(isSilent ? { isSilent } : {}) };
    };
    try {
      await putParts(task, target, show);
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem === "empty-text" && !target.header) {
        return putParts(task, target, (sms) =>
          compose(target, texts.post(sms, { ...postFacts(target), header: true })),
        );
      }
      if (problem !== "refused") throw error;
      // Formatting must never cost an SMS.
      log.error({ messageId: task.first.id, reason: description }, "post was refused, sent as plain text");
      await putParts(task, target, (sms) => ({ text: show(sms).text }));
    }
  }

  function actionsOf({ conversation }: PostTask, sms: readonly PostedSms[]) {
    return texts.actions(conversation, asksOf(sms));
  }

  /** Where many wait, a card and the first SMS share a message. */
  async function targetOf({ conversation, first }: PostTask, topic: TopicRecord | undefined): Promise<Target> {
    const isShared = first.topic !== undefined;
    if (topic === undefined) return { header: true, isBegun: false, isShared };
    if (isShared || topic.card !== undefined) return { topic, header: false, isBegun: false, isShared };
    if (chat.isPressed()) return { topic, header: false, card: texts.card(conversation), isBegun: true, isShared };
    const begun = await cards.stand(topic, conversation, { isSilent: first.silent === true });
    return { topic: begun, header: false, isBegun: true, isShared };
  }

  /** One message, or for a long SMS several; what they hold is settled when the turn of the first has come. */
  async function putParts(
    task: PostTask,
    target: Target,
    show: (sms: readonly PostedSms[]) => Rendered,
  ): Promise<void> {
    const fits = (sms: readonly PostedSms[]) =>
      show(sms).text.length <= longestText && (!target.isShared || goTogether(sms));
    let { id } = task.first;
    let places: string[] = [];
    let isLast = false;
    let shown: readonly PostedSms[] = [];
    /** What stands below a card in the same message. */
    let belowCard: Rendered | undefined;
    const next = async () => {
      const sms = await task.take(fits);
      const rendered = splitRendered(show(sms));
      shown = sms;
      belowCard = rendered.length === 1 ? texts.post(sms, postFacts(target)) : undefined;
      const where = `${chat.id()}:${target.topic?.topicId ?? ""}:${rendered.length}`;
      id = sms[0]?.message.id ?? task.first.id;
      places = placesOf(id, where, rendered.length === 1);
      isLast = places.length === rendered.length - 1;
      return rendered[places.length] ?? { text: "" };
    };
    const finish = async (place: string) => {
      places.push(place);
      if (!isLast) return;
      await persist(() => parts.remember(places.slice(0, -1), place));
      if (target.topic && target.card) {
        // A card in the first of several messages stays as it is: an edit would have to know where they were cut.
        await topics.keepCard(target.topic, belowCard && place, belowCard);
        cards.keep(target.topic, target.card);
      }
      if (hasActions(target)) cards.keepActions(place, actionsOf(task, shown));
      await rememberCodes(place, { places, shown, facts: postFacts(target) });
      await task.commit(place);
    };
    for (let isBegun = target.isBegun; !isLast; isBegun = true)
      await send(target.topic, { what: next, isBegun }, finish);
    standing.delete(id);
  }

  /** Where codes will be hidden, or buttons below those that copy them change, the post will be shown again. */
  async function rememberCodes(
    post: string,
    { places, shown, facts }: { places: readonly string[]; shown: readonly PostedSms[]; facts: PostFacts },
  ): Promise<void> {
    const buttons = texts.codes(shown);
    const isHidden = shown.some(({ message }) => message.hideCodesAfterMs !== undefined);
    if (buttons.length === 0 || !(facts.header || isHidden)) return;
    await persist(() => codePosts.remember({ post, places: [...places], facts, buttons }));
  }

  /** The places of the parts that stand already. */
  function placesOf(id: MessageId, where: string, isWhole: boolean): string[] {
    const known = standing.get(id);
    if (known?.where === where) return known.places;
    const places: string[] = [];
    if (!isWhole) standing.set(id, { where, places });
    return places;
  }

  async function send(topic: TopicRecord | undefined, what: Sending, finish: (place: string) => Promise<void>) {
    if (topic) await topics.send(topic, what, finish);
    else {
      const commit = ({ chat: { id }, message_id }: Message) => finish(placeOf(id, message_id));
      await chat.send(what.what, { priority: what.isBegun ? "begun" : "post", commit });
    }
  }

  return put;
}

function compose({ card }: Target, post: Rendered): Rendered {
  return card ? underCard(card, post) : post;
}

function postFacts({ header, card, isShared }: Target): PostFacts {
  return { header, isUnderCard: card !== undefined, isShared };
}

/** Where no card has the buttons of a thread, its newest post does. */
function hasActions({ header, isShared }: Target): boolean {
  return header && !isShared;
}

/** A reply to a post must find one customer: SMS of others go with it only where none of them can be answered. */
function goTogether(sms: readonly PostedSms[]): boolean {
  const peers = new Set(sms.map(({ message }) => message.peer));
  return peers.size === 1 || [...peers].every(isName);
}
