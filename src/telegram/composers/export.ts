import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import { adminRefusal, isInCharge } from "../chat/rights.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { type ExportCommand, parseExport } from "../journal/export-command.ts";
import { filesOf } from "../journal/export-file.ts";
import { draftId, topicOf } from "../message.ts";
import { findTarget } from "../targets.ts";
import { shorten } from "../texts/cut.ts";
import { withExample } from "../texts/rich.ts";
import { argsOf, isCommand } from "./on-command.ts";

/** In letters, of what was not understood. */
const longestShown = 60;
const usualDays = 30;
const dayMs = 86_400_000;

/**
 * `/export`: the SMS of a thread, or in General of a span of time, as files in the place where it was asked for. For administrators
 * only. It runs aside, one after the other, and a process that dies meanwhile forgets it: asking again is harmless.
 */
export function createExportComposer(deps: Handling): Composer<DeskContext> {
  const { bridge, clock, log } = deps;
  const composer = new Composer<DeskContext>();
  const queue = createKeyedQueue();

  composer.filter(isCommand("export"), async (ctx) => {
    const { message } = ctx;
    const { texts } = ctx.scene.desk;
    if (!message) return;
    const may = await isInCharge({ ctx, clock }, message);
    if (!may) return answer(ctx, { text: texts.say(adminRefusal(may)) });
    const command = parseExport(argsOf(ctx));
    if (command.kind === "backwards") return answer(ctx, { text: texts.say("export-backwards") });
    if (command.kind === "unreadable") {
      const what = texts.say("export-unreadable", { written: shorten(command.written, longestShown) });
      return answer(ctx, withExample(texts, what, texts.say("export-example")));
    }
    watch(
      log,
      "export",
      queue("export", () => run(ctx, message, command)),
    );
  });

  async function run(
    ctx: DeskContext,
    message: Message,
    { form, from, to }: Extract<ExportCommand, { kind: "export" }>,
  ): Promise<void> {
    const { desk, operator } = ctx.scene;
    const topic = topicOf(message);
    try {
      const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
      const now = clock.now();
      const thread = target.kind === "thread" ? target.thread : undefined;
      const span = { ...(from === undefined ? {} : { from }), to: to ?? now };
      const messages = thread
        ? bridge.exports.ofThread(thread, span)
        : bridge.exports.ofDesk(desk.id, { from: now - usualDays * dayMs, ...span });
      let count = 0;
      const stamp = deps.stamp[desk.texts.language];
      for await (const file of filesOf(messages, { form, name: `chapar-${desk.id}`, texts: desk.texts, stamp })) {
        count += file.messages;
        const caption = desk.texts.say("export-done", { count: file.messages });
        await desk.attach(
          { messageId: message.message_id, ...(topic === undefined ? {} : { topicId: topic }) },
          file,
          caption,
        );
      }
      if (count === 0) return await answer(ctx, { text: desk.texts.say("export-nothing") });
      const facts = { count, form };
      const about = thread === undefined ? {} : { thread };
      await bridge.journal.note({ id: draftId(message), desk: desk.id, ...about, by: operator, what: "export", facts });
    } catch (error) {
      log.warn({ desk: desk.id, reason: error instanceof Error ? error.message : "unknown" }, "not exported");
      await answer(ctx, { text: desk.texts.say("export-broken") });
    }
  }

  return composer;
}
