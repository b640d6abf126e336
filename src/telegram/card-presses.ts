import type { MaybeInaccessibleMessage } from "grammy/types";
import type { Bridge } from "../core/bridge.ts";
import type { Decision } from "../core/conversations.ts";
import type { Operator } from "../core/model/message.ts";
import type { ThreadId } from "../core/model/thread.ts";
import type { CardAction } from "./card-press.ts";
import type { Handling } from "./context.ts";
import type { Pressing } from "./pressing.ts";
import type { TelegramDesk, Texts } from "./types.ts";

/** Buttons of a whole thread, under its card. What they do is committed before the press is answered. */
export function createCardPresses({ bridge }: Pick<Handling, "bridge">) {
  return async (
    pressing: Pressing,
    action: CardAction,
    message: MaybeInaccessibleMessage | undefined,
  ): Promise<void> => {
    const { desk, by, say } = pressing;
    const thread = message && (await threadOf(desk, message));
    const { outcome, came = 0 } = thread ? await run(bridge, thread, action, by) : unknown;
    if (outcome === "unknown") say(desk.texts.say("press-unknown"), true);
    else if (outcome === "same") say(desk.texts.say("card-pressed-same"));
    else say(action === "unblock" ? sayUnblocked(desk.texts, came) : desk.texts.say(`card-pressed-${action}`));
  };

  /** The card stands in the topic of its thread, or, where there are none, under a post. */
  async function threadOf(desk: TelegramDesk, message: MaybeInaccessibleMessage): Promise<ThreadId | undefined> {
    const topic = "message_thread_id" in message ? message.message_thread_id : undefined;
    const shown = topic === undefined ? undefined : await desk.threadOfTopic(String(topic));
    if (shown !== undefined) return shown;
    const sms = await bridge.inbound.findByPost(await desk.postOf(message.message_id));
    return sms?.desk === desk.id ? sms.thread : undefined;
  }
}

/** What was not shown is not shown now either, but nobody may think that nothing came. */
export function sayUnblocked(texts: Pick<Texts, "say">, came: number): string {
  return came === 0 ? texts.say("unblock-done") : texts.say("unblock-came", { count: came });
}

const unknown = { outcome: "unknown", came: 0 } as const;

function run(
  { conversations, blocking }: Pick<Bridge, "conversations" | "blocking">,
  thread: ThreadId,
  action: CardAction,
  by: Operator,
): Promise<Decision & { readonly came?: number }> {
  switch (action) {
    case "claim":
      return conversations.claim(thread, by);
    case "release":
      return conversations.release(thread);
    case "close":
      return conversations.close(thread);
    case "reopen":
      return conversations.reopen(thread);
    case "block":
      return blocking.block(thread);
    case "unblock":
      return blocking.unblock(thread);
  }
}
