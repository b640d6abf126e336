import type { Message } from "grammy/types";
import type { Change } from "../../core/bridge.ts";
import type { Deed } from "../../core/keeping/journal.ts";
import type { MarkAction } from "../../core/model/mark.ts";
import type { Operator } from "../../core/model/message.ts";
import type { Handling } from "../context.ts";
import { effectOf, pressKey } from "../journal/journaling.ts";
import type { Pressing } from "../pressing.ts";
import { placeOf } from "../types.ts";
import { withCancelled } from "../when/render.ts";
import { type Press, parsePress } from "./press.ts";

const done: Readonly<Record<MarkAction, string>> = {
  cancel: "press-stopped",
  undo: "press-stopped",
  drop: "press-stopped",
  "send-now": "press-queued",
  "send-in-time": "press-in-time",
  "send-in-quiet": "press-queued",
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
  "send-in-quiet": "send-now",
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
export function createMarkPresses({ bridge, clock }: Pick<Handling, "bridge" | "clock">) {
  return async ({ desk, by, pressId, message, say }: Pressing, press: Press): Promise<void> => {
    const known = await bridge.outbound.find(press.id);
    // A button's data is what a client sends; it may name a message of another desk.
    if (known?.desk !== desk.id) return say(desk.texts.say("press-unknown"), true);
    const { outcome } = await bridge.journal.noting(
      { id: pressKey(pressId), desk: desk.id, thread: known.thread, by, what: deeds[press.action] },
      () => run(press, by),
      (change) => effectOf(change, by),
    );
    if (outcome === "unknown") return say(desk.texts.say("press-unknown"), true);
    // Its own mark is brought up to date by the record; a list is not.
    const isListed = known.markPost !== undefined && known.markPost !== placeOf(message.chat.id, message.message_id);
    if (press.action === "cancel" && isListed && "text" in message) {
      desk.rewrite(message.message_id, async () => withCancelled(message, await cancelledIn(message)));
    }
    say(desk.texts.say(outcome === "done" ? done[press.action] : "press-late"));
  };

  /** The data of those buttons whose SMS was cancelled: of several presses each knows what the others did. */
  async function cancelledIn(list: Message): Promise<ReadonlySet<string>> {
    const buttons = list.reply_markup?.inline_keyboard.flat() ?? [];
    const data = buttons.flatMap((button) => ("callback_data" in button ? [button.callback_data] : []));
    const found = await Promise.all(data.map((one) => bridge.outbound.find(parsePress(one)?.id ?? "")));
    return new Set(data.filter((_, at) => found[at]?.state === "cancelled"));
  }

  /** Whoever lets an answer go has answered; also where a process died between the two, and the press comes again. */
  async function letGo(pressed: Promise<Change>, by: Operator): Promise<Change> {
    const change = await pressed;
    const { outcome, message } = change;
    const isAnswer = message?.state === "queued" && message.lane === "answer" && message.origin !== undefined;
    if (isAnswer && (outcome === "done" || message.settledBy?.id === by.id)) {
      const { id, thread } = message;
      await bridge.conversations.answer(thread, { id, by, at: clock.now() }, { evenSo: true });
    }
    return change;
  }

  function run(press: Press, by: Operator): Promise<Change> {
    const { action, id, attempt } = press;
    switch (action) {
      case "cancel":
      case "undo":
      case "drop":
        return bridge.outbound.cancel(id, attempt, by);
      case "send-now":
        return letGo(bridge.outbound.sendNow(id, attempt, by), by);
      case "send-in-quiet":
        return letGo(bridge.outbound.sendInQuiet(id, attempt, by), by);
      case "send-in-time":
        return letGo(bridge.outbound.sendInTime(id, attempt, by), by);
      case "try-again":
      case "send-again":
        return letGo(bridge.outbound.tryAgain(id, attempt, by), by);
      case "was-sent":
        return bridge.outbound.wasSent(id, attempt, by);
      case "later":
        return bridge.later.putOff(id, attempt, by);
      case "shorten":
        return bridge.outbound.shorten(id, attempt);
    }
  }
}
