import { topicColours } from "./bot-api-values.ts";
import { postMessage } from "./compose.ts";
import { toChatMember } from "./methods/chats.ts";
import { openTopic, putTopic, removeTopic } from "./methods/topics.ts";
import { type Conversation, createConversation, writtenBy } from "./people.ts";
import type { Content, User } from "./types.ts";
import {
  administratorRights,
  type ChatState,
  createChatState,
  dateOf,
  join,
  type Member,
  noRights,
  type Rights,
  type Topic,
  tellBot,
  type World,
} from "./world.ts";

export interface GroupOptions {
  readonly title?: string;
  /** A supergroup with topics. Default `false`. */
  readonly forum?: boolean;
  /** An old small group that is no supergroup. Default `false`. */
  readonly basic?: boolean;
  /** A channel, in which only administrators post. Default `false`. */
  readonly channel?: boolean;
  readonly id?: number;
  /** What the bot is in it. Default `administrator`. */
  readonly bot?: "administrator" | "member";
  /** Rights that differ from those of a usual administrator. */
  readonly rights?: Partial<Rights>;
  /** Reactions that the chat allows. Default `all`. */
  readonly reactions?: "all" | readonly string[];
}

/** A group, its people and its topics. */
export interface Group extends Conversation {
  topics(): readonly Topic[];
  /** Adds a person, or changes what they are. */
  add(user: User, status?: "creator" | "administrator" | "member"): void;
  createTopic(user: User, name: string): Topic;
  renameTopic(user: User, topicId: number, name: string, options?: { asAnonymousAdmin?: boolean }): void;
  closeTopic(user: User, topicId: number): void;
  reopenTopic(user: User, topicId: number): void;
  /** With everything in it; bots are not told. */
  deleteTopic(topicId: number): void;
  /** Changes the bot's place in the group; it hears of it. */
  setBot(status: "administrator" | "member" | "kicked" | "left", rights?: Partial<Rights>): void;
  /** Somebody switches topics on or off in the settings; bots are not told. */
  setForum(isForum: boolean): void;
  /** Whether those who are no administrators may send messages; bots are not told. */
  letMembersSend(may: boolean): void;
  /** Which reactions the chat allows. */
  allowReactions(emoji: "all" | readonly string[]): void;
  /** The group becomes a supergroup with another id; the old one only answers where it went. */
  migrate(options?: { forum?: boolean }): Group;
}

export function createGroup(world: World, options: GroupOptions): Group {
  const id =
    options.id ?? (options.basic ? -(4_000_000_000 + world.chats.size) : -(1_002_000_000_000 + world.chats.size));
  const state = createChatState({
    id,
    type: options.channel ? "channel" : options.basic ? "group" : "supergroup",
    title: options.title ?? "Group",
    is_forum: options.forum && !options.basic ? true : undefined,
  });
  state.allowedReactions = options.reactions ?? "all";
  state.members.set(world.bot.id, botMember(world, options.bot ?? "administrator", options.rights));
  world.chats.set(id, state);
  world.watch.tell({ kind: "chat", chatId: id });
  return groupOf(world, state);
}

function groupOf(world: World, state: ChatState): Group {
  const conversation = createConversation(world, state);

  function change(topicId: number, changes: Partial<Topic>, service: Content): void {
    const topic = state.topics.get(topicId);
    if (!topic) throw new Error(`there is no topic ${topicId}`);
    tellBot(world, state, "message", putTopic(world, state, { ...topic, ...changes }, service));
  }

  return Object.assign(conversation, {
    topics: () => [...state.topics.values()],
    add(user: User, status: "creator" | "administrator" | "member" = "member") {
      join(state, user);
      const rights = status === "member" ? noRights : administratorRights;
      state.members.set(user.id, { user, status, rights, isAnonymous: false });
    },
    createTopic(user: User, name: string) {
      const topic = openTopic(world, state, { name, iconColor: topicColours[0] ?? 0 }, user);
      const service = state.messages.get(topic.id);
      if (service) tellBot(world, state, "message", service);
      return topic;
    },
    renameTopic: (user: User, topicId: number, name: string, options = {}) =>
      change(topicId, { name }, { ...writtenBy(state, user, options), forum_topic_edited: { name } }),
    closeTopic: (from: User, topicId: number) => change(topicId, { isClosed: true }, { from, forum_topic_closed: {} }),
    reopenTopic: (from: User, topicId: number) =>
      change(topicId, { isClosed: false }, { from, forum_topic_reopened: {} }),
    deleteTopic: (topicId: number) => removeTopic(world, state, topicId),
    setBot(status: Member["status"], rights?: Partial<Rights>) {
      const before = state.members.get(world.bot.id) ?? botMember(world, "left");
      const after = botMember(world, status, rights);
      state.members.set(world.bot.id, after);
      if (status === "kicked") state.closedBecause = `bot was kicked from the ${state.chat.type} chat`;
      else if (status === "left") state.closedBecause = `bot is not a member of the ${state.chat.type} chat`;
      else delete state.closedBecause;
      tellBot(world, state, "my_chat_member", {
        chat: state.chat,
        from: somebody,
        date: dateOf(world),
        old_chat_member: toChatMember(before),
        new_chat_member: toChatMember(after),
      });
      world.watch.tell({ kind: "chat", chatId: state.chat.id });
    },
    setForum(isForum: boolean) {
      const { is_forum: _, ...chat } = state.chat;
      state.chat = isForum ? { ...chat, is_forum: true } : chat;
      world.watch.tell({ kind: "chat", chatId: chat.id });
    },
    letMembersSend(may: boolean) {
      state.mayMembersSend = may;
    },
    allowReactions(emoji: "all" | readonly string[]) {
      state.allowedReactions = emoji;
    },
    migrate: ({ forum = false } = {}) => migrate(world, state, forum),
  });
}

function migrate(world: World, old: ChatState, forum: boolean): Group {
  const { title = "Group" } = old.chat;
  const next = createGroup(world, { title, forum, reactions: old.allowedReactions });
  const state = world.chats.get(next.id);
  if (!state) throw new Error("a group that was just made is not there");
  for (const [userId, member] of old.members) state.members.set(userId, member);
  const leaving = postMessage(world, old, { from: somebody, migrate_to_chat_id: next.id });
  tellBot(world, old, "message", leaving);
  old.migratedTo = next.id;
  const arriving = postMessage(world, state, { from: somebody, migrate_from_chat_id: old.chat.id });
  tellBot(world, state, "message", arriving);
  return next;
}

function botMember(world: World, status: Member["status"], rights: Partial<Rights> = {}): Member {
  const granted = status === "administrator" ? { ...administratorRights, ...rights } : noRights;
  return { user: world.bot, status, rights: granted, isAnonymous: false };
}

/** Who did what nobody in particular did. */
const somebody: User = { id: 99_000_001, is_bot: false, first_name: "Owner" };
