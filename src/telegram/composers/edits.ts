import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { Change } from "../../core/bridge.ts";
import type { Outbound } from "../../core/model/message.ts";
import { partsOfThread } from "../../core/model/thread.ts";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { findTarget, meantText } from "../drafts.ts";
import { draftId } from "../message.ts";
import { isName } from "../render.ts";
import { parseSend } from "../send-command.ts";

const mostTries = 3;

/**
 * An edit changes what is sent for as long as it has not left. An edit that makes a note or a command of an answer, or takes
 * its dot away, takes the SMS back. An edit never makes an SMS; one that looks like it is answered.
 */
export function createEditsComposer({ bridge, memory, handledText }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.on("edited_message:text", async (ctx) => {
    const message = ctx.editedMessage;
    const id = draftId(message);
    const known = await bridge.outbound.find(id);
    if (!known) {
      const before = handledText(id);
      // It may have overtaken its message, which will look for it here.
      if (before === undefined) return memory.keepEdit(id, message.text);
      if (before !== message.text && (await asksToSend(ctx, message, message.text))) {
        await say(ctx, "edit-sends-nothing");
      }
      return;
    }
    const wanted = wantedBy(ctx, known);
    if (wanted === "other-number") return say(ctx, "send-other-number");
    const change = wanted === undefined ? await takeBack(ctx, known) : await bridge.outbound.edit(id, wanted);
    await tellIfLate(ctx, change, wanted);
  });

  composer.on("edited_message", async (ctx) => {
    // A picture was put into the text that an SMS was made of.
    if (await bridge.outbound.find(draftId(ctx.editedMessage))) await say(ctx, "edit-media");
  });

  /** Whether a text that no SMS was made of now reads as if one should be, or as a command. */
  async function asksToSend(ctx: DeskContext, message: Message, text: string): Promise<boolean> {
    const { desk } = ctx.scene;
    if (message.forward_origin) return false;
    const slash = parseSlash(text, ctx.me.username);
    if (slash) return slash.kind === "command";
    if (meantText(desk.settings.sends, { message, text, bot: ctx.me.id }) === undefined) return false;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    return target.kind === "thread" && !isName(partsOfThread(target.thread).peer);
  }

  /** The text that the edited message asks for; `undefined`: none any more. */
  function wantedBy(ctx: DeskContext, known: Outbound): string | "other-number" | undefined {
    const message = ctx.editedMessage;
    const text = message?.text;
    if (!message || text === undefined) return undefined;
    const slash = parseSlash(text, ctx.me.username);
    if (slash?.kind !== "command" || slash.name !== "send") {
      return meantText(ctx.scene.desk.settings.sends, { message, text, bot: ctx.me.id });
    }
    const command = parseSend(slash.args);
    if (command.kind === "send") return command.peer === known.peer ? command.text : "other-number";
    return undefined;
  }

  async function takeBack(ctx: DeskContext, known: Outbound): Promise<Change> {
    let { attempt } = known;
    for (let tries = 1; ; tries += 1) {
      const change = await bridge.outbound.cancel(known.id, attempt, ctx.scene.operator);
      const { message } = change;
      // Between the look and the step it may have been tried once more and be waiting again.
      const isWaiting = message?.state === "held" || message?.state === "queued";
      if (change.outcome !== "late" || !isWaiting || tries === mostTries) return change;
      attempt = message.attempt;
    }
  }

  return composer;
}

/** Telegram also reports edits that changed nothing we send; only a real one that came too late is worth a word. */
async function tellIfLate(ctx: DeskContext, change: Change, wanted: string | undefined): Promise<void> {
  const { outcome, message } = change;
  if (outcome !== "late" || !message || message.text === wanted) return;
  const isOver = message.state === "failed" || message.state === "cancelled";
  if (message.state === "cancelled" && wanted === undefined) return;
  await say(ctx, isOver ? "edit-over" : "edit-late");
}

function say(ctx: DeskContext, key: string): Promise<void> {
  return answer(ctx, { text: ctx.scene.desk.texts.say(key) });
}
