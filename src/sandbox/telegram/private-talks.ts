import type { PrivateChat } from "./private-chat.ts";
import type { TelegramSimulator } from "./server.ts";
import type { User } from "./types.ts";

/** People's chats with the bot. Only who has begun one has one: before that the bot cannot write to them. */
export interface PrivateTalks {
  find(person: User): PrivateChat | undefined;
  /** The person's chat, begun where there is none yet. */
  open(person: User): PrivateChat;
}

export function createPrivateTalks(telegram: Pick<TelegramSimulator, "privateChat">): PrivateTalks {
  const begun = new Map<number, PrivateChat>();
  return {
    find: ({ id }) => begun.get(id),
    open(person) {
      const chat = begun.get(person.id) ?? telegram.privateChat(person);
      begun.set(person.id, chat);
      return chat;
    },
  };
}
