import { Composer } from "grammy";
import { cleanName } from "../../core/model/name.ts";
import { giveName } from "../cards/naming.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { findTarget } from "../targets.ts";
import { withExample } from "../texts/rich.ts";
import { argsOf, isCommand } from "./on-command.ts";

/** `/name <name>` in a customer's topic, or in reply to their SMS, says what they are called; alone it takes the name away. */
export function createNameComposer({ bridge }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("name"), async (ctx) => {
    const { desk } = ctx.scene;
    const { texts } = desk;
    const { message } = ctx;
    if (!message) return;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    if (target.kind !== "thread") {
      return answer(ctx, withExample(texts, texts.say("name-where"), texts.say("name-example")));
    }
    const name = cleanName(argsOf(ctx));
    await giveName({ bridge, scene: ctx.scene, message }, target.thread, name);
    if (name !== undefined) return answer(ctx, { text: texts.say("name-given", { name }) });
    await answer(ctx, withExample(texts, texts.say("name-taken-away"), texts.say("name-example")));
  });
  return composer;
}
