import { adminRefusal, mayDecide } from "../chat/rights.ts";
import type { Handling } from "../context.ts";
import type { Pressing } from "../pressing.ts";
import type { ForgetPress } from "./forget-press.ts";

/** The answer to whether a person is to be forgotten. Whoever presses must be an administrator, as whoever asked was. */
export function createForgetPresses({ bridge, clock }: Pick<Handling, "bridge" | "clock">) {
  return async ({ ctx, desk, by, message, say }: Pressing, { isYes, id }: ForgetPress): Promise<void> => {
    const { texts } = desk;
    const person = ctx.callbackQuery?.from;
    const may = person ? await mayDecide({ ctx, clock }, message.chat, person) : false;
    if (!may) return say(texts.say(adminRefusal(may)), true);
    const wish = await bridge.forgetting.find(id);
    // A button's data is what a client sends; it may name a wish of another desk.
    const isOurs = wish?.desk === desk.id;
    const isDone = isOurs && (isYes ? await bridge.forgetting.confirm(id, by) : await bridge.forgetting.withdraw(id));
    if (!isDone) return say(texts.say("press-unknown"));
    const text = texts.say(isYes ? "forget-begun" : "forget-kept");
    say(text);
    // The question names the number; what stands in its place does not.
    desk.rewrite(message.message_id, { text });
  };
}
