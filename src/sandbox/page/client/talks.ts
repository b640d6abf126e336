import type { PageState } from "../state.ts";
import { say } from "./words.ts";

export const general = "general";

export type Message = PageState["telegram"]["general"][number];

/** A topic of the group, or General, with what people see in it. */
export interface Talk {
  readonly id: number | typeof general;
  readonly name: string;
  readonly isClosed: boolean;
  readonly messages: readonly Message[];
}

/** What people see of a message: with what it answers, and what the bot said to it. */
export interface Post extends Message {
  readonly quoted: { readonly name: string; readonly text: string } | undefined;
  readonly answers: readonly Message[];
}

// Of what Telegram itself says, only this tells something that is not seen elsewhere.
const toldServices: readonly string[] = ["forum_topic_closed", "forum_topic_reopened"];

/** The topics, the one with the newest message first, and General as the last. */
export function talksOf({ topics, general: messages }: PageState["telegram"]): Talk[] {
  const newestFirst = topics.map(withoutService).sort((one, other) => lastOf(other) - lastOf(one));
  return [...newestFirst, withoutService({ id: general, name: say("general"), isClosed: false, messages })];
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
