import { z } from "zod";
import { badRequest } from "../errors.ts";
import { administratorRights, type ChatState, isAdministrator, type Member, type World } from "../world.ts";
import { inChat, type Method, method, requireChat } from "./method.ts";

/** Methods that ask about chats and those in them. */
export const chatMethods: Readonly<Record<string, Method>> = {
  getChat: method(inChat, ({ chat_id }, { world }) => {
    const state = requireChat(world, chat_id);
    const isPrivate = state.chat.type === "private";
    return {
      ...state.chat,
      accent_color_id: 0,
      max_reaction_count: 11,
      available_reactions:
        state.allowedReactions === "all"
          ? undefined
          : state.allowedReactions.map((emoji) => ({ type: "emoji", emoji })),
      permissions: isPrivate ? undefined : { ...memberPermissions, can_send_messages: state.mayMembersSend },
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
      pinned_message: state.messages.get(state.pins.at(-1) ?? 0),
    };
  }),

  getChatMember: method(inChat.extend({ user_id: z.number() }), ({ chat_id, user_id }, { world }) => {
    const state = requireChat(world, chat_id);
    const user = world.users.get(user_id);
    if (!user) throw badRequest("user not found");
    const member = state.members.get(user_id);
    return toChatMember(member ?? { user, status: "left", rights: administratorRights, isAnonymous: false });
  }),

  getChatAdministrators: method(inChat, ({ chat_id }, { world }) => {
    const state = requireChat(world, chat_id);
    if (state.chat.type === "private") throw badRequest("there are no administrators in the private chat");
    return [...state.members.values()]
      .filter(({ user }) => isAdministrator(state, user.id) && (!user.is_bot || user.id === world.bot.id))
      .map(toChatMember);
  }),

  getChatMemberCount: method(inChat, ({ chat_id }, { world }) => presentMembers(requireChat(world, chat_id)).length),

  leaveChat: method(inChat, ({ chat_id }, { world }) => {
    const state = requireChat(world, chat_id);
    if (state.chat.type === "private") throw badRequest("chat member status can't be changed in private chats");
    leave(world, state);
    return true;
  }),
};

/** A member as the Bot API describes it. */
export function toChatMember({ user, status, rights, isAnonymous }: Member): object {
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: isAnonymous };
    case "administrator":
      return { status, user, can_be_edited: false, is_anonymous: isAnonymous, ...rights };
    case "kicked":
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}

const memberPermissions = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: false,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: false,
};

function presentMembers(state: ChatState): Member[] {
  return [...state.members.values()].filter(({ status }) => status !== "left" && status !== "kicked");
}

function leave(world: World, state: ChatState): void {
  const member = state.members.get(world.bot.id);
  if (member) state.members.set(world.bot.id, { ...member, status: "left" });
  state.closedBecause = `bot is not a member of the ${state.chat.type} chat`;
  world.watch.tell({ kind: "chat", chatId: state.chat.id });
}
