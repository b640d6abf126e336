import type { Chat, MaybeInaccessibleMessage, User } from "grammy/types";
import type { Operator } from "../core/model/message.ts";
import type { Log } from "../core/ports/log.ts";
import { createRecent } from "../support/recent.ts";
import { isMember } from "./chat/rights.ts";
import { type BotContext, type Handling, watch } from "./context.ts";
import { isOperator, operatorOf } from "./guards.ts";
import type { TelegramDesk } from "./types.ts";

const longestAnswer = 200;
const mostMembers = 1000;
const memberHoldsMs = 10 * 60_000;

/** Somebody who may press a button, and where. */
export interface Pressing {
  readonly ctx: BotContext;
  readonly desk: TelegramDesk;
  readonly by: Operator;
  /** Telegram's own, another one for each press. */
  readonly pressId: string;
  /** Under which the button stands. */
  readonly message: MaybeInaccessibleMessage;
  /** Answers only whoever pressed; in a window of its own where it `isAlert`. */
  say(text: string, isAlert?: boolean): void;
}

/** Reads who pressed; `undefined` where that is nobody who may, who has then been told so. */
export function createPressReader(deps: Pick<Handling, "desks" | "clock" | "log">) {
  const { desks, clock, log } = deps;
  /** Who was found to be in which chat, and until when that is believed. */
  const members = createRecent<number>(mostMembers);

  async function mayPress(ctx: BotContext, desk: TelegramDesk, chat: Chat, from: User): Promise<boolean> {
    if (from.is_bot || !isOperator(desk.settings, from)) return false;
    if (desk.settings.operators !== "members") return true;
    const key = `${chat.id}/${from.id}`;
    if ((members.get(key) ?? 0) > clock.now()) return true;
    const isIn = await isMember({ ctx, clock }, chat, from);
    if (isIn) members.set(key, clock.now() + memberHoldsMs);
    return isIn;
  }

  return async (ctx: BotContext): Promise<Pressing | undefined> => {
    const { id: pressId, message, from } = ctx.callbackQuery ?? {};
    if (!from || pressId === undefined) return undefined;
    const say = (text?: string, isAlert?: boolean) => answerPress(log, ctx, text, isAlert);
    const desk = message ? desks.byChat(String(message.chat.id)) : undefined;
    if (!desk || !message) {
      say();
      return undefined;
    }
    if (await mayPress(ctx, desk, message.chat, from)) {
      return { ctx, desk, by: operatorOf(from), pressId, message, say };
    }
    say(desk.texts.say("press-refused"), true);
    return undefined;
  };
}

/** Answers only whoever pressed. Not through the governor: a press waits for its answer with a spinner. A query that is too old is no loss. */
export function answerPress(log: Log, ctx: BotContext, text?: string, isAlert = false): void {
  const what = text === undefined ? {} : { text: text.slice(0, longestAnswer), show_alert: isAlert };
  watch(log, "answerCallbackQuery", ctx.answerCallbackQuery(what));
}
