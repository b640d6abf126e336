import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { claiming, draftFrom, meantText } from "../drafts.ts";
import { layoutSeen } from "../message.ts";
import { findReceiver } from "../targets.ts";

const hintMs = 10 * 60_000;

/** An operator's text becomes an SMS, or the operator is told why not (DESIGN 2.4). */
export function createAnswersComposer({ bridge, memory, clock }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.on("message:text", async (ctx) => {
    const { desk, text: written } = ctx.scene;
    const { message } = ctx;
    const text = meantText(desk.settings.sends, { message, text: written, bot: ctx.me.id });
    if (text === undefined) return;
    const receiver = await findReceiver({ bridge, desk, bot: ctx.me.id }, message);
    if (receiver.kind === "elsewhere") return hint(ctx, message);
    if (receiver.kind !== "thread") return answer(ctx, { text: desk.texts.say(receiver.kind) });
    const now = clock.now();
    const what = { thread: receiver.thread, text, readAt: ctx.readAt ?? now, now };
    await bridge.outbound.accept(await claiming(bridge, draftFrom(ctx.scene, message, what), now));
  });

  /** In a group people also talk to each other, so they are reminded now and then; in private there is nobody else to talk to. */
  async function hint(ctx: DeskContext, message: Message): Promise<void> {
    const { desk } = ctx.scene;
    const { chat } = message;
    if (chat.type !== "private" && !(await memory.isFirst(`hint/${chat.id}`, hintMs))) return;
    await answer(ctx, { text: desk.texts.say(`hint-${layoutSeen(desk, chat)}`) });
  }

  return composer;
}
