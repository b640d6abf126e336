import type { PageState } from "../state.ts";
import { say } from "./words.ts";

export const general = "general";

/** A topic, General, or somebody's own chat with the bot. */
export type TalkId = number | typeof general | `private-${number}`;

export type Message = PageState["telegram"]["general"][number];

/** With what people see in it. */
export interface Talk {
  readonly id: TalkId;
  readonly name: string;
  readonly isClosed: boolean;
  /** The sign of a topic. */
  readonly icon: string | undefined;
  readonly messages: readonly Message[];
}

/** What people see of a message: with what it answers, and what the bot said to it. */
export interface Post extends Message {
  readonly quoted: { readonly name: string; readonly text: string } | undefined;
  readonly answers: readonly Message[];
}

// Of what Telegram itself says, only this tells something that is not seen elsewhere.
const toldServices: readonly string[] = ["forum_topic_closed", "forum_topic_reopened"];

/** The topics, the one with the newest message first, then General, and the operator's own chat with the bot. */
export function talksOf(
  { topics, general: messages, privates }: PageState["telegram"],
  me: Operator | undefined,
): Talk[] {
  const newestFirst = topics
    .map((topic) => withoutService({ ...topic, icon: topic.icon }))
    .sort((one, other) => lastOf(other) - lastOf(one));
  const others = { isClosed: false, icon: undefined };
  const talks = [...newestFirst, withoutService({ ...others, id: general, name: say("general"), messages })];
  if (!me) return talks;
  const mine = privates.find(({ person }) => person === me.id)?.messages ?? [];
  return [
    ...talks,
    { ...others, id: privateTalk(me.id), name: say("private-talk", { name: me.name }), messages: mine },
  ];
}

export type Operator = PageState["telegram"]["operators"][number];

export function privateTalk(person: number): TalkId {
  return `private-${person}`;
}

export function isPrivate(id: TalkId): boolean {
  return typeof id === "string" && id !== general;
}

/** What a call that is about something in this talk says of it. */
export function placeOf(id: TalkId): { topic?: number; private?: true } {
  if (typeof id === "number") return { topic: id };
  return isPrivate(id) ? { private: true } : {};
}

export function lastOf({ messages }: Talk): number {
  return messages.at(-1)?.id ?? 0;
}

/** It came from a customer, as far as one can see: the bot wrote it, and to nobody's message. */
export function isArrival({ from, replyTo }: Message): boolean {
  return from.isBot && replyTo === undefined;
}

/** The newest that came from a customer. */
export function arrivalOf({ messages }: Talk): number {
  return messages.findLast(isArrival)?.id ?? 0;
}

/** What the bot says to an operator's message stands under it: that is its tick. */
export function postsOf({ messages }: Talk): Post[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const isMark = ({ from, replyTo }: Message) =>
    from.isBot && replyTo !== undefined && byId.get(replyTo)?.from.isBot === false;
  return messages
    .filter((message) => !isMark(message))
    .map((message) => {
      const quoted = message.replyTo === undefined ? undefined : byId.get(message.replyTo);
      return {
        ...message,
        quoted: quoted && { name: quoted.from.name, text: quoted.text },
        answers: messages.filter((other) => isMark(other) && other.replyTo === message.id),
      };
    });
}

function withoutService(talk: Talk): Talk {
  const messages = talk.messages.filter(({ service }) => service === undefined || toldServices.includes(service));
  return { ...talk, messages };
}
