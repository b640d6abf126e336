import type { Chat, User } from "grammy/types";
import { operatorOf } from "../guards.ts";
import { type Asking, ask } from "./rights.ts";

/** Somebody whom a setting may name. */
export interface Person {
  readonly id: number;
  readonly name: string;
}

/** The people who decide in a chat; `undefined` where Telegram did not say. */
export async function findAdministrators({ ctx, clock }: Asking, chat: Chat): Promise<readonly Person[] | undefined> {
  const members = await ask(clock, (signal) => ctx.api.getChatAdministrators(chat.id, {}, signal));
  return members?.filter(({ user }) => !user.is_bot).map(({ user }) => toPerson(user));
}

/** Those with these ids, whom nobody has to be in the chat any more; without a name that Telegram tells, by their id. */
export function findPeople({ ctx, clock }: Asking, chat: Chat, ids: readonly number[]): Promise<readonly Person[]> {
  return Promise.all(
    ids.map(async (id) => {
      const member = await ask(clock, (signal) => ctx.api.getChatMember(chat.id, id, signal));
      return member ? toPerson(member.user) : { id, name: String(id) };
    }),
  );
}

export function toPerson(user: User): Person {
  return { id: user.id, name: operatorOf(user).name };
}
