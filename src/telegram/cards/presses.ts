import type { MaybeInaccessibleMessage } from "grammy/types";
import type { Decision } from "../../core/conversations/book.ts";
import type { Deed } from "../../core/keeping/journal.ts";
import type { Operator } from "../../core/model/message.ts";
import type { ThreadId } from "../../core/model/thread.ts";
import { dailyAt } from "../../support/daily.ts";
import type { Handling } from "../context.ts";
import { effectOfDecision, pressKey } from "../journal/journaling.ts";
import type { Pressing } from "../pressing.ts";
import type { TelegramDesk, Texts } from "../types.ts";
import type { CardAction } from "./press.ts";

const hourMs = 60 * 60_000;
const deeds: Readonly<Record<Exclude<CardAction, "name">, Deed>> = {
  claim: "claim",
  release: "release",
  close: "close",
  reopen: "reopen",
  "snooze-hour": "snooze",
  "snooze-morning": "snooze",
  unsnooze: "unsnooze",
  block: "block",
  unblock: "unblock",
};
const unknown: Decision & { readonly came?: number } = { outcome: "unknown" };

/** Buttons of a whole thread, under its card. What they do is committed before the press is answered. */
export function createCardPresses({ bridge, clock, timeZone }: Pick<Handling, "bridge" | "clock" | "timeZone">) {
  const morning = dailyAt("9:00", timeZone);
  const midnight = dailyAt("0:00", timeZone);

  return async ({ desk, by, pressId, message, say }: Pressing, action: CardAction): Promise<void> => {
    // A press brings no text, and asking for one would cost a message that everybody sees.
    if (action === "name") return say(desk.texts.say("card-pressed-name"), true);
    const thread = await threadOf(desk, message);
    const {
      outcome,
      conversation,
      came = 0,
    } = thread
      ? await bridge.journal.noting(
          { id: pressKey(pressId), desk: desk.id, thread, by, what: deeds[action] },
          () => run(thread, action, by),
          effectOfDecision,
        )
      : unknown;
    if (outcome === "unknown") say(desk.texts.say("press-unknown"), true);
    else if (outcome === "same") say(desk.texts.say("card-pressed-same"));
    else if (outcome === "taken")
      say(desk.texts.say("card-pressed-taken", { name: conversation?.claim?.by.name ?? "" }));
    else say(action === "unblock" ? sayUnblocked(desk.texts, came) : desk.texts.say(`card-pressed-${action}`));
  };

  /** The card stands in the topic of its thread, or, where there are none, under a post. */
  async function threadOf(desk: TelegramDesk, message: MaybeInaccessibleMessage): Promise<ThreadId | undefined> {
    const topic = "message_thread_id" in message ? message.message_thread_id : undefined;
    const shown = topic === undefined ? undefined : await desk.threadOfTopic(String(topic));
    if (shown !== undefined) return shown;
    const find = async () => bridge.inbound.findByPost(await desk.postOf(message.message_id));
    let sms = await find();
    if (sms === undefined) {
      // Somebody quick presses a button of a post that is not stored yet.
      await desk.settled();
      sms = await find();
    }
    return sms?.desk === desk.id ? sms.thread : undefined;
  }

  function run(
    thread: ThreadId,
    action: Exclude<CardAction, "name">,
    by: Operator,
  ): Promise<Decision & { readonly came?: number }> {
    const { conversations, blocking } = bridge;
    switch (action) {
      case "claim":
        return conversations.claim(thread, by);
      case "release":
        return conversations.release(thread);
      case "close":
        return conversations.close(thread);
      case "reopen":
        return conversations.reopen(thread);
      case "snooze-hour":
        return conversations.snooze(thread, clock.now() + hourMs);
      case "snooze-morning":
        return conversations.snooze(thread, tomorrowMorning());
      case "unsnooze":
        return conversations.unsnooze(thread);
      case "block":
        return blocking.block(thread);
      case "unblock":
        return blocking.unblock(thread);
    }
  }

  /** Also in the small hours it is the morning of the next day of the calendar. */
  function tomorrowMorning(): number {
    return morning.next(midnight.next(clock.now()));
  }
}

/** What was not shown is not shown now either, but nobody may think that nothing came. */
export function sayUnblocked(texts: Pick<Texts, "say">, came: number): string {
  return came === 0 ? texts.say("unblock-done") : texts.say("unblock-came", { count: came });
}
