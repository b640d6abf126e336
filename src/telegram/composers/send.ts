import { Composer } from "grammy";
import { threadOf } from "../../core/model/thread.ts";
import { listCustomers } from "../contacts/render-customers.ts";
import type { SendCommand } from "../contacts/send-command.ts";
import { readSend } from "../contacts/send-to-name.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { claiming, draftFrom } from "../drafts.ts";
import { findTarget } from "../targets.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import { argsOf, isCommand } from "./on-command.ts";

/**
 * `/send <number or name> <text>`: an SMS to anybody, from the desk's own line. The mark under it tells how it went, and once it was
 * sent it stands in the customer's topic too.
 */
export function createSendComposer({ bridge, clock }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("send"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    const command = await readSend({ bridge, desk }, argsOf(ctx));
    if (command.kind === "several") {
      return answer(ctx, await listCustomers(desk, desk.texts.say("send-several"), command.found));
    }
    if (command.kind !== "send") return answer(ctx, usage(desk.texts, command));
    if (!message) return;
    const now = clock.now();
    const thread = threadOf(desk.id, command.peer);
    const what = { thread, text: command.text, line: desk.settings.line, readAt: ctx.readAt ?? now, now };
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    const isThere = target.kind === "thread" && target.thread === thread;
    const draft = { ...draftFrom(ctx.scene, message, what), ...(isThere ? {} : { echo: true as const }) };
    await bridge.outbound.accept(await claiming(bridge, draft, now));
  });
  return composer;
}

function usage(texts: Texts, problem: Exclude<SendCommand, { kind: "send" }>): Rendered {
  if (problem.kind === "ambiguous") return { text: texts.say("send-ambiguous") };
  const wrong =
    problem.kind === "bad-number"
      ? texts.say("send-bad-number", { number: problem.written })
      : texts.say(problem.kind === "no-text" ? "send-no-text" : "send-usage");
  return withExample(texts, wrong, texts.say("send-example"));
}
