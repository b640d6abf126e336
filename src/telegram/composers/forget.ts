import { Composer } from "grammy";
import { foldNumber } from "../../core/model/phone.ts";
import { threadOf } from "../../core/model/thread.ts";
import { adminRefusal, isInCharge } from "../chat/rights.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { encodeForgetPress } from "../journal/forget-press.ts";
import { draftId } from "../message.ts";
import { sayWithCode, withExample } from "../texts/rich.ts";
import { argsOf, isCommand } from "./on-command.ts";

/** `/forget <number>`: asks an administrator once, with buttons, before anything is erased. A sender's name does for a number. */
export function createForgetComposer({ bridge, clock }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("forget"), async (ctx) => {
    const { message } = ctx;
    const { desk } = ctx.scene;
    const { texts } = desk;
    if (!message) return;
    const may = await isInCharge({ ctx, clock }, message);
    if (!may) return answer(ctx, { text: texts.say(adminRefusal(may)) });
    const peer = foldNumber(argsOf(ctx));
    if (peer === "") return answer(ctx, withExample(texts, texts.say("forget-usage"), texts.say("forget-example")));
    const number = texts.topicName({ peer });
    const id = draftId(message);
    const count = await bridge.forgetting.ask(id, desk.id, peer);
    if (count === 0 && !(await bridge.conversations.find(threadOf(desk.id, peer)))) {
      await bridge.forgetting.withdraw(id);
      return answer(ctx, withExample(texts, texts.say("forget-nobody", { number }), texts.say("forget-example")));
    }
    const button = (isYes: boolean, text: string) => [{ text, callback_data: encodeForgetPress({ isYes, id }) }];
    await answer(ctx, {
      ...sayWithCode(texts, "forget-ask", "number", { number, count }),
      keyboard: [button(true, texts.say("forget-yes", { number, count })), button(false, texts.say("forget-no"))],
    });
  });
  return composer;
}
