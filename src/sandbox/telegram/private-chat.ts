import { type Conversation, createConversation } from "./people.ts";
import type { User } from "./types.ts";
import { createChatState, dateOf, join, tellBot, type World } from "./world.ts";

/** A person's chat with the bot. */
export interface PrivateChat extends Conversation {
  /** The person blocks the bot, or takes it back; the bot hears of it. */
  setBlocked(isBlocked: boolean): void;
}

export function openPrivateChat(world: World, person: User): PrivateChat {
  const known = world.chats.get(person.id);
  const state =
    known ??
    createChatState({ id: person.id, type: "private", first_name: person.first_name, username: person.username });
  if (!known) {
    world.chats.set(person.id, state);
    join(state, person);
    join(state, world.bot);
  }
  return Object.assign(createConversation(world, state), {
    setBlocked(isBlocked: boolean) {
      if (isBlocked) state.closedBecause = "bot was blocked by the user";
      else delete state.closedBecause;
      const as = (status: string) => ({ status, user: world.bot, ...(status === "kicked" && { until_date: 0 }) });
      tellBot(world, state, "my_chat_member", {
        chat: state.chat,
        from: person,
        date: dateOf(world),
        old_chat_member: as(isBlocked ? "member" : "kicked"),
        new_chat_member: as(isBlocked ? "kicked" : "member"),
      });
    },
  });
}
