import { Composer } from "grammy";
import type { Chat, User } from "grammy/types";
import type { Change } from "../../core/bridge.ts";
import type { MarkAction } from "../../core/model/mark.ts";
import { isMember } from "../chat-rights.ts";
import { type BotContext, type Handling, watch } from "../context.ts";
import { isOperator, operatorOf } from "../guards.ts";
import { type Press, parsePress } from "../press.ts";
import { createRecent } from "../recent.ts";
import type { TelegramDesk } from "../types.ts";

const longestAnswer = 200;
const mostMembers = 1000;
const memberHoldsMs = 10 * 60_000;

const done: Readonly<Record<MarkAction, string>> = {
  cancel: "press-stopped",
  undo: "press-stopped",
  drop: "press-stopped",
  "send-now": "press-queued",
  "try-again": "press-queued",
  "send-again": "press-queued",
  "was-sent": "press-settled",
};

/**
 * Buttons under marks. The effect is committed before the press is answered, and each press is one atomic step for its own
 * attempt, so a second, a late or a repeated press changes nothing.
 */
export function createPressesComposer({ bridge, desks, clock, log }: Handling): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  /** Who was found to be in which chat, and until when that is believed. */
  const members = createRecent<number>(mostMembers);

  composer.on("callback_query", async (ctx) => {
    const { message, from, data } = ctx.callbackQuery;
    const desk = message ? desks.byChat(String(message.chat.id)) : undefined;
    const say = (text?: string, isAlert = false) => {
      // Not through the governor: a press waits for its answer with a spinner. A query that is too old is no loss.
      const what = text === undefined ? {} : { text: text.slice(0, longestAnswer), show_alert: isAlert };
      watch(log, "answerCallbackQuery", ctx.answerCallbackQuery(what));
    };
    if (!desk) return say();
    const texts = desk.texts;
    if (!(await mayPress(ctx, desk, message?.chat, from))) return say(texts.say("press-refused"), true);
    const press = parsePress(data);
    const outcome = press ? await act(desk, press, operatorOf(from)) : "unknown";
    if (outcome === "unknown" || !press) return say(texts.say("press-unknown"), true);
    say(texts.say(outcome === "done" ? done[press.action] : "press-late"));
  });

  async function mayPress(ctx: BotContext, desk: TelegramDesk, chat: Chat | undefined, from: User): Promise<boolean> {
    if (from.is_bot || !chat || !isOperator(desk.settings, from)) return false;
    if (desk.settings.operators !== "members") return true;
    const key = `${chat.id}/${from.id}`;
    if ((members.get(key) ?? 0) > clock.now()) return true;
    const isIn = await isMember({ ctx, clock }, chat, from);
    if (isIn) members.set(key, clock.now() + memberHoldsMs);
    return isIn;
  }

  async function act(desk: TelegramDesk, press: Press, by: ReturnType<typeof operatorOf>): Promise<Change["outcome"]> {
    const known = await bridge.outbound.find(press.id);
    // A button's data is what a client sends; it may name a message of another desk.
    if (known?.desk !== desk.id) return "unknown";
    const { outcome } = await run(press, by);
    return outcome;
  }

  function run({ action, id, attempt }: Press, by: ReturnType<typeof operatorOf>): Promise<Change> {
    switch (action) {
      case "cancel":
      case "undo":
      case "drop":
        return bridge.outbound.cancel(id, attempt, by);
      case "send-now":
        return bridge.outbound.sendNow(id, attempt, by);
      case "try-again":
      case "send-again":
        return bridge.outbound.tryAgain(id, attempt, by);
      case "was-sent":
        return bridge.outbound.wasSent(id, attempt, by);
    }
  }

  return composer;
}
