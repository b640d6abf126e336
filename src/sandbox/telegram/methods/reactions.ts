import { z } from "zod";
import { reactionEmoji } from "../bot-api-values.ts";
import { postMessage } from "../compose.ts";
import { badRequest } from "../errors.ts";
import { hasRight } from "../world.ts";
import { inChat, type Method, method, onMessage, requireChat } from "./method.ts";

const reactionShape = z.looseObject({ type: z.string(), emoji: z.string().optional() });

/** Methods about what stands on a message: reactions, pins, answers to presses. */
export const reactionMethods: Readonly<Record<string, Method>> = {
  setMessageReaction: method(
    onMessage.extend({ reaction: z.array(reactionShape).optional() }),
    ({ chat_id, message_id, reaction = [] }, { world }) => {
      const state = requireChat(world, chat_id);
      if (!state.messages.has(message_id)) throw badRequest("message to react not found");
      if (reaction.length > 1) throw badRequest("REACTIONS_TOO_MANY");
      const wanted = reaction[0];
      const onMessage = state.reactions.get(message_id) ?? new Map<number, string>();
      state.reactions.set(message_id, onMessage);
      if (!wanted) {
        onMessage.delete(world.bot.id);
      } else {
        const emoji = wanted.type === "emoji" ? (wanted.emoji ?? "") : "";
        const isAllowed = state.allowedReactions === "all" || state.allowedReactions.includes(emoji);
        if (!reactionEmoji.includes(emoji) || !isAllowed) throw badRequest("REACTION_INVALID");
        onMessage.set(world.bot.id, emoji);
      }
      world.watch.tell({ kind: "reaction", chatId: state.chat.id, messageId: message_id });
      return true;
    },
  ),

  pinChatMessage: method(onMessage, ({ chat_id, message_id }, { world }) => {
    const state = requireChat(world, chat_id);
    const message = state.messages.get(message_id);
    if (!message) throw badRequest("message to pin not found");
    requirePinRight(state.chat.type === "private" || hasRight(state, world.bot.id, "can_pin_messages"));
    if (state.pins.includes(message_id)) return true;
    state.pins.push(message_id);
    const topicId = message.is_topic_message ? message.message_thread_id : undefined;
    postMessage(world, state, { from: world.bot, pinned_message: message }, { topicId });
    world.watch.tell({ kind: "pin", chatId: state.chat.id, messageId: message_id });
    return true;
  }),

  unpinChatMessage: method(
    inChat.extend({ message_id: z.number().optional() }),
    ({ chat_id, message_id }, { world }) => {
      const state = requireChat(world, chat_id);
      requirePinRight(state.chat.type === "private" || hasRight(state, world.bot.id, "can_pin_messages"));
      const at = message_id === undefined ? state.pins.length - 1 : state.pins.indexOf(message_id);
      if (at < 0) throw badRequest("message to unpin not found");
      state.pins.splice(at, 1);
      world.watch.tell({ kind: "pin", chatId: state.chat.id });
      return true;
    },
  ),

  answerCallbackQuery: method(
    z.object({ callback_query_id: z.string(), text: z.string().optional(), show_alert: z.boolean().optional() }),
    ({ callback_query_id, text, show_alert }, { world }) => {
      const press = world.presses.get(callback_query_id);
      const isTooOld = press && world.timers.now() - press.at > world.pressTtlSeconds * 1000;
      if (!press || press.answer || isTooOld) {
        throw badRequest("query is too old and response timeout expired or query ID is invalid");
      }
      if ((text ?? "").length > 200) throw badRequest("MESSAGE_TOO_LONG");
      press.answer = { showAlert: show_alert ?? false, ...(text ? { text } : {}) };
      world.watch.tell({ kind: "callback-answer", messageId: press.messageId });
      return true;
    },
  ),
};

function requirePinRight(isAllowed: boolean): void {
  if (!isAllowed) throw badRequest("not enough rights to manage pinned messages in the chat");
}
