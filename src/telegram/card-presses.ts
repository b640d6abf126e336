import type { MaybeInaccessibleMessage } from "grammy/types";
import type { Conversations, Decision } from "../core/conversations.ts";
import type { Operator } from "../core/model/message.ts";
import type { ThreadId } from "../core/model/thread.ts";
import type { CardAction } from "./card-press.ts";
import type { Handling } from "./context.ts";
import { effectOfDecision, pressKey } from "./journaling.ts";
import type { Pressing } from "./pressing.ts";
import type { TelegramDesk } from "./types.ts";

/** Buttons of a whole thread, under its card. What they do is committed before the press is answered. */
export function createCardPresses({ bridge }: Pick<Handling, "bridge">) {
  return async (
    pressing: Pressing,
    action: CardAction,
    { message, pressId }: { readonly message: MaybeInaccessibleMessage | undefined; readonly pressId: string },
  ): Promise<void> => {
    const { desk, by, say } = pressing;
    // A press brings no text, and asking for one would cost a message that everybody sees.
    if (action === "name") return say(desk.texts.say("card-pressed-name"), true);
    const thread = message && (await threadOf(desk, message));
    const { outcome } = thread
      ? await bridge.journal.noting(
          { id: pressKey(pressId), desk: desk.id, thread, by, what: action },
          () => run(bridge.conversations, thread, action, by),
          effectOfDecision,
        )
      : ({ outcome: "unknown" } as const);
    if (outcome === "unknown") say(desk.texts.say("press-unknown"), true);
    else say(desk.texts.say(outcome === "done" ? `card-pressed-${action}` : "card-pressed-same"));
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
}

function run(
  conversations: Conversations,
  thread: ThreadId,
  action: Exclude<CardAction, "name">,
  by: Operator,
): Promise<Decision> {
  switch (action) {
    case "claim":
      return conversations.claim(thread, by);
    case "release":
      return conversations.release(thread);
    case "close":
      return conversations.close(thread);
    case "reopen":
      return conversations.reopen(thread);
  }
}
