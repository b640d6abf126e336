import { Composer } from "grammy";
import type { Decision } from "../../core/conversations/book.ts";
import type { ThreadId } from "../../core/model/thread.ts";
import { sayUnblocked } from "../cards/presses.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { effectOfDecision } from "../journal/journaling.ts";
import { draftId } from "../message.ts";
import { findTarget } from "../targets.ts";
import { isCommand } from "./on-command.ts";

/** `/block` and `/unblock` in a customer's topic, or in reply to one of their SMS: what they write is kept and not shown. */
export function createBlockComposer({ bridge }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.filter(isCommand("block"), async (ctx) => {
    const thread = await threadOf(ctx);
    if (thread === undefined) return answer(ctx, { text: ctx.scene.desk.texts.say("block-usage") });
    const { outcome } = await noting(ctx, thread, "block", () => bridge.blocking.block(thread));
    await answer(ctx, { text: ctx.scene.desk.texts.say(outcome === "done" ? "block-done" : "block-same") });
  });

  composer.filter(isCommand("unblock"), async (ctx) => {
    const { texts } = ctx.scene.desk;
    const thread = await threadOf(ctx);
    if (thread === undefined) return answer(ctx, { text: texts.say("block-usage") });
    const { outcome, came } = await noting(ctx, thread, "unblock", () => bridge.blocking.unblock(thread));
    await answer(ctx, {
      text: outcome === "done" ? sayUnblocked(texts, came) : texts.say("unblock-same"),
    });
  });

  function noting<T extends Decision>(
    { message, scene: { desk, operator } }: DeskContext,
    thread: ThreadId,
    what: "block" | "unblock",
    run: () => Promise<T>,
  ): Promise<T> {
    if (!message) return run();
    const entry = { id: draftId(message), desk: desk.id, thread, by: operator, what };
    return bridge.journal.noting(entry, run, effectOfDecision);
  }

  async function threadOf(ctx: DeskContext): Promise<ThreadId | undefined> {
    if (!ctx.message) return undefined;
    const target = await findTarget({ bridge, desk: ctx.scene.desk, bot: ctx.me.id }, ctx.message);
    return target.kind === "thread" ? target.thread : undefined;
  }

  return composer;
}
