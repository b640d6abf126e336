import type { Api } from "grammy";
import { markKey, markOf } from "../../core/model/mark.ts";
import type { Outbound } from "../../core/model/message.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { MarkShown } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { createRecent } from "../../support/recent.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import { type DeskChat, editOptions, sendOptions } from "../chat/chat.ts";
import type { Topics } from "../topics/topics.ts";
import { type DeskSettings, partsOfPlace, placeOf, type Rendered, type Texts } from "../types.ts";
import { needsPerson, patienceMs, planReply, priorityOf, type Ticks } from "./plan.ts";

type Read = () => Promise<Outbound | undefined>;
type Commit = (shown: MarkShown) => Promise<void>;

/** The reactions of the Bot API that we use; any other would be refused. */
const reactionEmoji = ["👀", "✍", "👍", "👌", "👎", "🤔", "😴"] as const;
/** For so long an away answer waits to have a topic to be shown in, in milliseconds. */
const longestForTopicMs = 60_000;
const remembered = 5000;
const refusalHoldsMs = 60 * 60_000;

/** Failures after which the mark may still be shown in another way. */
const passable: ReadonlySet<TelegramProblem> = new Set([
  "message-gone",
  "reply-gone",
  "topic-gone",
  "topic-closed",
  "not-a-forum",
]);

/** One way to show a reply: edit the one that stands, or send one. */
type Way =
  | { readonly kind: "edit"; readonly messageId: number }
  | {
      readonly kind: "message";
      readonly replyTo?: number;
      readonly topic?: string;
      /** Not under the operator's message where people see it: it says what it is about. */
      readonly isAlone: boolean;
    };

/** The reaction shows this record; the message is gone, so none can; or the chat takes none, so the mark must be text. */
type Reacted = { readonly shows: Outbound } | "gone" | "refused";

export interface Marks {
  /** See `Desk.mark`. Throws what the Bot API, the store, `read` or `commit` threw. */
  mark(read: Read, commit: Commit): Promise<void>;
}

export interface MarksDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly texts: Texts;
  readonly settings: Pick<DeskSettings, "ticks">;
  readonly clock: Clock;
  readonly log: Log;
}

export function createMarks(deps: MarksDeps): Marks {
  const { api, chat, topics, texts, settings, clock, log } = deps;
  /** Chats that take no reactions, or not ours, and until when we believe it. */
  const refusing = new Map<string, number>();
  // What we know to stand there, so that core need not have stored it yet and what changes nothing is not sent.
  const replies = createRecent<string>(remembered);
  const faces = createRecent<string>(remembered);
  /** Messages whose reply stands alone. A restart forgets it: a reply that is edited after that no longer says what it is about. */
  const alone = createRecent<true>(remembered);

  async function mark(read: Read, commit: Commit): Promise<void> {
    const seen = await read();
    if (seen === undefined) return commit({ shown: "" });
    if (seen.away) return showAway(seen, read, commit);
    if (seen.origin === undefined) return commit({ shown: markKey(seen) });
    // A message of ours that is itself the mark needs no reaction beside.
    const isOwnMark = seen.origin === seen.markPost;
    const { ticks } = settings;
    if (ticks !== "reaction" || isOwnMark) {
      // It may have been set when the desk still showed marks so, also by a process before this one.
      const isFromBefore = ticks === "text" && seen.shown !== undefined && replyOf(seen) === undefined;
      await takeBack(seen, isFromBefore);
      return reply(seen, read, ticks, commit);
    }
    const reacted = await react(seen, read);
    if (reacted === "refused") {
      await takeBack(seen);
      return reply(seen, read, "text", commit);
    }
    if (reacted === "gone") return reply(seen, read, "reaction", commit);
    // The reaction may show an older state than the reply: core must then come back.
    const shows = markKey(reacted.shows);
    return reply(reacted.shows, read, "reaction", (shown) => commit({ ...shown, shown: shows }));
  }

  /** In every mode as text, for nobody wrote it: it stands in the topic, once its SMS has made one. */
  async function showAway(seen: Outbound, read: Read, commit: Commit): Promise<void> {
    const hasPlace = (await topics.find(seen.thread)) !== undefined || (await chat.layout()) === "replies";
    const isEarly = clock.now() < seen.at + longestForTopicMs;
    return hasPlace || !isEarly
      ? reply(seen, read, "text", commit)
      : commit(without(seen, clock.now() + patienceMs.text));
  }

  async function react(seen: Outbound, read: Read): Promise<Reacted> {
    const { chatId, messageId } = partsOfPlace(seen.origin ?? "");
    if (chatId !== chat.id()) return "gone";
    if (clock.now() < (refusing.get(chatId) ?? 0)) return "refused";
    const key = `reaction:${seen.id}`;
    try {
      return await chat.call({ kind: "edit", priority: priorityOf(seen), key }, async (id) => {
        const message = (await read()) ?? seen;
        const wanted = texts.reaction(markOf(message).sign);
        const emoji = reactionEmoji.find((one) => one === wanted);
        if (faces.get(key) === String(emoji)) return { shows: message };
        await api.setMessageReaction(id, messageId, emoji ? [{ type: "emoji", emoji }] : []);
        faces.set(key, String(emoji));
        return { shows: message };
      });
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem === "not-modified") return { shows: seen };
      if (problem === "message-gone" || problem === "reply-gone") return "gone";
      // A right may be back in a moment; what the chat allows is seldom changed.
      if (problem === "no-right") return "refused";
      if (problem !== "reaction-refused") throw error;
      refusing.set(chatId, clock.now() + refusalHoldsMs);
      log.warn({ chat: chatId, reason: description }, "chat takes no reactions, marks are text");
      return "refused";
    }
  }

  /** A reaction that stands from before would say something else than the text beside it. */
  async function takeBack(message: Outbound, mayStand = false): Promise<void> {
    const key = `reaction:${message.id}`;
    const face = faces.get(key) ?? (mayStand ? "unknown" : "undefined");
    if (face === "undefined") return;
    const { messageId } = partsOfPlace(message.origin ?? "");
    try {
      await chat.call({ kind: "edit", priority: "tick" }, (id) => api.setMessageReaction(id, messageId, []));
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem === "unreachable" || problem === "rate-limited") throw error;
      log.warn({ messageId: message.id, reason: description }, "an old reaction stays");
    }
    faces.delete(key);
  }

  async function reply(seen: Outbound, read: Read, ticks: Ticks, commit: Commit): Promise<void> {
    const first = planReply(seen, clock.now(), ticks, replyOf(seen) !== undefined);
    if (!first.isWanted) return commit(without(seen, first.againAt));
    for (const way of await waysOf(seen)) {
      try {
        return await chat.call({ kind: way.kind, priority: priorityOf(seen), key: `reply:${seen.id}` }, async (id) =>
          commit(await show(way, id, seen, read, ticks)),
        );
      } catch (error) {
        const { problem } = failureOf(error);
        if (!passable.has(problem)) throw error;
        if (way.kind === "edit") faces.delete(`reply:${seen.id}`);
      }
    }
    log.info({ messageId: seen.id }, "mark has nothing to stand on");
    await commit({ shown: markKey(seen) });
  }

  /** Runs in its turn: shows the record as it then is. */
  async function show(way: Way, chatId: number, seen: Outbound, read: Read, ticks: Ticks): Promise<MarkShown> {
    const message = (await read()) ?? seen;
    const plan = planReply(message, clock.now(), ticks, replyOf(seen) !== undefined);
    if (!plan.isWanted) return without(message, plan.againAt);
    const key = `reply:${message.id}`;
    const isAlone = way.kind === "edit" ? alone.get(message.id) === true : way.isAlone;
    const rendered = texts.mark(message, { isAlone, now: clock.now() });
    const face = JSON.stringify(rendered);
    if (way.kind === "edit") {
      if (faces.get(key) !== face) await edit(chatId, way.messageId, rendered);
      faces.set(key, face);
      return { shown: markKey(message), markPost: placeOf(chatId, way.messageId) };
    }
    const sent = await api.sendMessage(chatId, rendered.text, sendOptions(rendered, { ...way, onlyAsReply: true }));
    const markPost = placeOf(sent.chat.id, sent.message_id);
    if (isAlone) alone.set(message.id, true);
    replies.set(message.id, markPost);
    faces.set(key, face);
    return { shown: markKey(message), markPost };
  }

  async function edit(chatId: number, messageId: number, rendered: Rendered): Promise<void> {
    try {
      await api.editMessageText(chatId, messageId, rendered.text, editOptions(rendered));
    } catch (error) {
      if (failureOf(error).problem !== "not-modified") throw error;
    }
  }

  /**
   * From the best to the last: the reply that stands; a reply to the operator's message, which may be in an older topic than
   * the one in use; alone in the topic; and in General, for what a person must know. None of them: there is nothing left
   * to show a tick on.
   */
  async function waysOf(message: Outbound): Promise<Way[]> {
    const ways: Way[] = [];
    const standing = replyOf(message);
    const here = chat.id();
    if (standing && standing.chatId === here) ways.push({ kind: "edit", messageId: standing.messageId });
    const topic = (await topics.find(message.thread))?.topicId;
    const inTopic = topic === undefined ? {} : { topic };
    const origin = partsOfPlace(message.origin ?? "");
    if (origin.chatId === here) {
      ways.push({ kind: "message", replyTo: origin.messageId, isAlone: false, ...inTopic });
      if (topic !== undefined) ways.push({ kind: "message", replyTo: origin.messageId, isAlone: true });
    }
    if (topic !== undefined) ways.push({ kind: "message", topic, isAlone: !message.away });
    if (message.away || needsPerson(markOf(message), message)) ways.push({ kind: "message", isAlone: true });
    return ways;
  }

  /** Where the reply stands; what we sent ourselves is newer than what core has stored. */
  function replyOf(message: Outbound): { chatId: string; messageId: number } | undefined {
    const place = replies.get(message.id) ?? message.markPost;
    return place === undefined ? undefined : partsOfPlace(place);
  }

  function without(message: Outbound, againAt: number | undefined): MarkShown {
    return { shown: markKey(message), ...(againAt === undefined ? {} : { againAt }) };
  }

  return { mark };
}
