import { Composer } from "grammy";
import { threadOf } from "../../core/model/thread.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { claiming, draftFrom, readTemplate } from "../drafts.ts";
import { findCustomer } from "../targets.ts";
import { templateMenu, templateText, templateUsage } from "../templates/render.ts";
import { argsOf, isCommand } from "./on-command.ts";

/**
 * `/template <name> <number> <values>`: a text that the panel has approved before, from the line whose panel has it. In a
 * customer's topic the number may be left out. Alone it lists the templates, each with a button.
 */
export function createTemplateComposer({ bridge, capabilities, clock }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("template"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    if (!capabilities[desk.id]?.includes("template")) {
      return answer(ctx, { text: desk.texts.say("template-unavailable") });
    }
    if (!message) return;
    const command = await readTemplate({ bridge, desk, bot: ctx.me.id }, message, argsOf(ctx));
    if (command.kind === "empty") {
      const customer = await findCustomer({ bridge, desk, bot: ctx.me.id }, message);
      return answer(ctx, templateMenu(desk.texts, bridge.templatesOf(desk.id), customer));
    }
    if (command.kind !== "template") {
      return answer(ctx, templateUsage(desk.texts, command, bridge.templatesOf(desk.id)));
    }
    const { offered, peer, values } = command;
    const template = { name: offered.name, values };
    const now = clock.now();
    const what = {
      thread: threadOf(desk.id, peer),
      text: templateText(desk.texts, template),
      template,
      line: offered.line,
      readAt: ctx.readAt ?? now,
      now,
    };
    await bridge.outbound.accept(await claiming(bridge, draftFrom(ctx.scene, message, what), now));
  });
  return composer;
}
