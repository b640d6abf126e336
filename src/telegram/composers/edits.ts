import { Composer } from "grammy";
import type { Change } from "../../core/bridge.ts";
import type { Outbound } from "../../core/model/message.ts";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { meantText } from "../drafts.ts";
import { draftId } from "../message.ts";
import { parseSend } from "../send-command.ts";

const mostTries = 3;

/**
 * An edit changes what is sent for as long as it has not left. An edit that makes a note or a command of an answer, or takes
 * its dot away, takes the SMS back.
 */
export function createEditsComposer({ bridge, memory }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.on("edited_message:text", async (ctx) => {
    const message = ctx.editedMessage;
    const id = draftId(message);
    const known = await bridge.outbound.find(id);
    // Either it never was an SMS, or it overtook its message, which will look for it here.
    if (!known) return memory.keepEdit(id, message.text);
    const wanted = wantedBy(ctx, known);
    if (wanted === "other-number") return answer(ctx, { text: ctx.scene.desk.texts.say("send-other-number") });
    const change = wanted === undefined ? await takeBack(ctx, known) : await bridge.outbound.edit(id, wanted);
    tellIfLate(ctx, change, wanted);
  });

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
function tellIfLate(ctx: DeskContext, change: Change, wanted: string | undefined): void {
  const { outcome, message } = change;
  if (outcome !== "late" || !message || message.text === wanted) return;
  const isOver = message.state === "failed" || message.state === "cancelled";
  if (message.state === "cancelled" && wanted === undefined) return;
  answer(ctx, { text: ctx.scene.desk.texts.say(isOver ? "edit-over" : "edit-late") });
}
