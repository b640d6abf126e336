import type { Timers } from "../timers.ts";
import type { Watch } from "../watch.ts";
import type { Chat, Message, UpdateKind, Updates, User } from "./types.ts";
import type { UpdateQueue } from "./updates.ts";

export const administratorRights = {
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: true,
  can_manage_topics: true,
  can_send_welcome_messages: false,
};

export const noRights = {
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: false,
  can_manage_topics: false,
  can_send_welcome_messages: false,
};

export type Right = keyof typeof administratorRights;
export type Rights = Readonly<Record<Right, boolean>>;

export interface Member {
  readonly user: User;
  readonly status: "creator" | "administrator" | "member" | "left" | "kicked";
  readonly rights: Rights;
  readonly isAnonymous: boolean;
}

export interface Topic {
  readonly id: number;
  readonly name: string;
  readonly iconColor: number;
  readonly iconCustomEmojiId?: string | undefined;
  readonly isClosed: boolean;
}

/** A chat as Telegram's servers keep it. */
export interface ChatState {
  chat: Chat;
  readonly messages: Map<number, Message>;
  readonly topics: Map<number, Topic>;
  readonly members: Map<number, Member>;
  /** By message, then by user. */
  readonly reactions: Map<number, Map<number, string>>;
  readonly pins: number[];
  allowedReactions: "all" | readonly string[];
  /** Whether those who are no administrators may send messages. */
  mayMembersSend: boolean;
  nextMessageId: number;
  migratedTo?: number;
  /** Why the bot cannot reach this chat, in Telegram's words. */
  closedBecause?: string;
}

/** A press of an inline button. `answer` appears when the bot answers it. */
export interface Press {
  readonly id: string;
  readonly user: User;
  readonly messageId: number;
  readonly data: string;
  readonly at: number;
  answer?: { readonly text?: string; readonly showAlert: boolean };
}

export interface SentFile {
  /** Where it is got, below `/file/bot<token>/`. */
  readonly path: string;
  readonly content: string;
}

export interface Command {
  readonly command: string;
  readonly description: string;
}

/** What just changed; `call` and `answer` are the two ends of a call of the bot. */
export interface TelegramChange {
  readonly kind:
    | "message"
    | "edit"
    | "delete"
    | "reaction"
    | "pin"
    | "topic"
    | "chat"
    | "callback-answer"
    | "call"
    | "answer";
  readonly chatId?: number;
  readonly messageId?: number;
  readonly topicId?: number;
  readonly method?: string;
}

/** Everything that the simulated Telegram knows. */
export interface World {
  readonly bot: User & { username: string };
  readonly users: Map<number, User>;
  readonly chats: Map<number, ChatState>;
  readonly presses: Map<string, Press>;
  /** What people and the bot have sent as files, by `file_id`. */
  readonly files: Map<string, SentFile>;
  /** The pictures that the bot has uploaded, by `file_id`. */
  readonly pictures: Map<string, Buffer>;
  /** By scope and language. */
  readonly commands: Map<string, readonly Command[]>;
  readonly updates: UpdateQueue;
  readonly timers: Timers;
  readonly watch: Watch<TelegramChange>;
  /** With it on, a bot that is no administrator sees of a group only commands, answers to it and mentions of it. */
  readonly privacyMode: boolean;
  /** Seconds after which a press can no longer be answered. */
  readonly pressTtlSeconds: number;
}

export function createChatState(chat: Chat): ChatState {
  return {
    chat,
    messages: new Map(),
    topics: new Map(),
    members: new Map(),
    reactions: new Map(),
    pins: [],
    allowedReactions: "all",
    mayMembersSend: true,
    // 1 is the message that made the group, and the number of General: no topic ever has it.
    nextMessageId: 2,
  };
}

export function join(state: ChatState, user: User): void {
  state.members.set(user.id, {
    user,
    status: "member",
    rights: noRights,
    isAnonymous: false,
  });
}

/** Tells the bot, unless privacy mode hides it from it. */
export function tellBot<K extends UpdateKind>(world: World, state: ChatState, kind: K, payload: Updates[K]): void {
  if (!state.closedBecause || kind === "my_chat_member") world.updates.push(kind, payload);
}

export function memberOf(state: ChatState, userId: number): Member | undefined {
  return state.members.get(userId);
}

export function isAdministrator(state: ChatState, userId: number): boolean {
  const status = memberOf(state, userId)?.status;
  return status === "creator" || status === "administrator";
}

export function hasRight(state: ChatState, userId: number, right: Right): boolean {
  const member = memberOf(state, userId);
  return member?.status === "creator" || (member?.status === "administrator" && member.rights[right]);
}

/** Telegram's dates are in whole seconds. */
export function dateOf(world: World): number {
  return Math.floor(world.timers.now() / 1000);
}
