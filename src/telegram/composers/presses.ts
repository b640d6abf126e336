import { Composer } from "grammy";
import type { Change } from "../../core/bridge.ts";
import type { Deed } from "../../core/journal.ts";
import type { MessageId } from "../../core/model/ids.ts";
import type { MarkAction } from "../../core/model/mark.ts";
import type { Operator } from "../../core/model/message.ts";
import { createBulkPresses, parseBulkPress } from "../bulk-press.ts";
import { parseCannedPress } from "../canned-press.ts";
import { createCannedPresses } from "../canned-presses.ts";
import { parseCardPress } from "../card-press.ts";
import { createCardPresses } from "../card-presses.ts";
import type { BotContext, Handling } from "../context.ts";
import { parseForgetPress } from "../forget-press.ts";
import { createForgetPresses } from "../forget-presses.ts";
import { effectOf, pressKey } from "../journaling.ts";
import { createOptOutPresses, parseOptOutPress } from "../opt-out-press.ts";
import { type Press, parsePress } from "../press.ts";
import { createPressReader } from "../pressing.ts";
import { parseTemplatePress } from "../template-press.ts";
import { createTemplatePresses } from "../template-presses.ts";
import { parseTimePress } from "../time-press.ts";
import { createTimePresses } from "../time-presses.ts";
import type { TelegramDesk } from "../types.ts";

const done: Readonly<Record<MarkAction, string>> = {
  cancel: "press-stopped",
  undo: "press-stopped",
  drop: "press-stopped",
  "send-now": "press-queued",
  "send-in-time": "press-in-time",
  "try-again": "press-queued",
  "send-again": "press-queued",
  "was-sent": "press-settled",
  shorten: "press-shortened",
  later: "press-later",
};

const deeds: Readonly<Record<MarkAction, Deed>> = {
  cancel: "cancel",
  undo: "cancel",
  drop: "cancel",
  "send-now": "send-now",
  "send-in-time": "send-now",
  shorten: "edit",
  later: "later",
  "try-again": "try-again",
  "send-again": "send-again",
  "was-sent": "was-sent",
};

/**
 * Buttons under marks. The effect is committed before the press is answered, and each press is one atomic step for its own
 * attempt, so a second, a late or a repeated press changes nothing.
 */
export function createPressesComposer(handling: Handling): Composer<BotContext> {
  const { bridge, clock } = handling;
  const composer = new Composer<BotContext>();
  const readPress = createPressReader(handling);
  const pressCard = createCardPresses(handling);
  const pressBulk = createBulkPresses(handling);
  const pressOptOut = createOptOutPresses(handling);
  const pressTime = createTimePresses(handling);
  const pressForget = createForgetPresses(handling);
  const pressCanned = createCannedPresses(handling);
  const pressTemplate = createTemplatePresses(handling);

  composer.on("callback_query", async (ctx) => {
    const pressing = await readPress(ctx);
    if (!pressing) return;
    const { data, message } = ctx.callbackQuery;
    const action = parseCardPress(data);
    if (action) return pressCard(pressing, action, { message, pressId: ctx.callbackQuery.id });
    const bulk = parseBulkPress(data);
    if (bulk) return pressBulk(pressing, bulk, { message, pressId: ctx.callbackQuery.id });
    const sms = parseOptOutPress(data);
    if (sms !== undefined) return pressOptOut(pressing, sms, { message, pressId: ctx.callbackQuery.id });
    const canned = parseCannedPress(data);
    if (canned) return pressCanned(ctx, pressing, canned, message);
    const template = parseTemplatePress(data);
    if (template) return pressTemplate(ctx, pressing, template, message);
    const { desk, by, say } = pressing;
    const time = parseTimePress(data);
    if (time) return pressTime(pressing, time, ctx.callbackQuery.id);
    const press = parsePress(data);
    const forgetting = parseForgetPress(data);
    if (forgetting) return pressForget(ctx, pressing, forgetting, message);
    const outcome = press ? await act(desk, press, { by, pressId: ctx.callbackQuery.id }) : "unknown";
    if (outcome === "unknown" || !press) return say(desk.texts.say("press-unknown"), true);
    say(desk.texts.say(outcome === "done" ? done[press.action] : "press-late"));
  });

  async function act(
    desk: TelegramDesk,
    press: Press,
    { by, pressId }: { by: Operator; pressId: string },
  ): Promise<Change["outcome"]> {
    const known = await bridge.outbound.find(press.id);
    // A button's data is what a client sends; it may name a message of another desk.
    if (known?.desk !== desk.id) return "unknown";
    const entry = { id: pressKey(pressId), desk: desk.id, thread: known.thread, by, what: deeds[press.action] };
    const { outcome } = await bridge.journal.noting(
      entry,
      () => run(press, by),
      (change) => effectOf(change, by),
    );
    return outcome;
  }

  /** Pressed again after a crash, it has been stopped already, but the customer may still count as answered. */
  async function takeBack(id: MessageId, attempt: number, by: Operator): Promise<Change> {
    const change = await bridge.outbound.cancel(id, attempt, by);
    const { message } = change;
    if (message?.state === "cancelled") await bridge.conversations.takenBack(message.thread, id);
    return change;
  }

  /** Whoever lets a held answer go has answered. */
  async function sendNow(id: MessageId, attempt: number, by: Operator): Promise<Change> {
    const change = await bridge.outbound.sendNow(id, attempt, by);
    const { outcome, message } = change;
    const isAnswer = message?.lane === "answer" && message.origin !== undefined;
    if (outcome === "done" && message && isAnswer) {
      await bridge.conversations.answer(message.thread, { id, by, at: clock.now() }, { evenSo: true });
    }
    return change;
  }

  function run({ action, id, attempt }: Press, by: Operator): Promise<Change> {
    switch (action) {
      case "cancel":
      case "undo":
      case "drop":
        return takeBack(id, attempt, by);
      case "send-now":
        return sendNow(id, attempt, by);
      case "send-in-time":
        return bridge.outbound.sendInTime(id, attempt, by);
      case "try-again":
      case "send-again":
        return bridge.outbound.tryAgain(id, attempt, by);
      case "was-sent":
        return bridge.outbound.wasSent(id, attempt, by);
      case "later":
        return bridge.later.putOff(id, attempt, by);
      case "shorten":
        return bridge.outbound.shorten(id, attempt);
    }
  }

  return composer;
}
