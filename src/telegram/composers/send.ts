import { Composer } from "grammy";
import { threadOf } from "../../core/model/thread.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { asking, draftFrom } from "../drafts.ts";
import { withExample } from "../rich.ts";
import { parseSend, type SendCommand } from "../send-command.ts";
import type { Rendered, Texts } from "../types.ts";
import { argsOf, isCommand } from "./on-command.ts";

/** `/send <number> <text>`: an SMS to anybody, from the desk's own line. The mark under it tells how it went. */
export function createSendComposer({ bridge, clock }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("send"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    const command = parseSend(argsOf(ctx));
    if (command.kind !== "send") return answer(ctx, usage(desk.texts, command));
    if (!message) return;
    const now = clock.now();
    const thread = threadOf(desk.id, command.peer);
    const what = { thread, text: command.text, line: desk.settings.line, readAt: ctx.readAt ?? now, now };
    await bridge.outbound.accept(await asking(bridge, draftFrom(ctx.scene, message, what)));
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
