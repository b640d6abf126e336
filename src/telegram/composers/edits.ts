import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { Change } from "../../core/bridge.ts";
import { hashKey } from "../../core/model/ids.ts";
import type { Outbound, TemplateUse } from "../../core/model/message.ts";
import { parseCanned } from "../canned/command.ts";
import { createCannedSending } from "../canned/sending.ts";
import { parseSlash } from "../commands.ts";
import { readSend } from "../contacts/send-to-name.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { meantText, readTemplate } from "../drafts.ts";
import { effectOf } from "../journal/journaling.ts";
import { draftId } from "../message.ts";
import { findReceiver } from "../targets.ts";
import { templateText } from "../templates/render.ts";

const mostTries = 3;

/** What an edited message asks for, or why it cannot have that. */
type Wanted = { readonly text: string; readonly template?: TemplateUse } | "other-number" | "other-line";

/**
 * An edit changes what is sent for as long as it has not left. An edit that makes a note or a command of an answer, takes its
 * dot away, or makes anything but a template of a template, or a canned answer of a canned one, takes the SMS back. An edit never
 * makes an SMS; one that looks like it is answered.
 */
export function createEditsComposer(handling: Handling): Composer<DeskContext> {
  const { bridge, memory, handledText, clock } = handling;
  const sending = createCannedSending(handling);
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
    const wanted = await wantedBy(ctx, known);
    if (wanted === "other-number") return say(ctx, "send-other-number");
    if (wanted === "other-line") return say(ctx, "template-other-line");
    const change = await noting(ctx, known, wanted ? "edit" : "cancel", () =>
      wanted ? bridge.outbound.edit(id, wanted.text, wanted.template) : takeBack(ctx, known),
    );
    await claimIfLetGo(ctx, known, change);
    await tellIfLate(ctx, change, wanted?.text);
  });

  composer.on("edited_message", async (ctx) => {
    // A picture was put into the text that an SMS was made of.
    if (await bridge.outbound.find(draftId(ctx.editedMessage))) await say(ctx, "edit-media");
  });

  function noting(
    ctx: DeskContext,
    known: Outbound,
    what: "edit" | "cancel",
    run: () => Promise<Change>,
  ): Promise<Change> {
    const { desk, operator } = ctx.scene;
    const id = hashKey("edit", String(ctx.update.update_id), known.id);
    const entry = { id, desk: desk.id, thread: known.thread, by: operator, what };
    // The same text is no edit, but it is where this very one was begun before.
    return bridge.journal.noting(entry, run, (change) =>
      change.outcome === "same" ? "unclear" : effectOf(change, operator),
    );
  }

  /** Whoever makes a text short enough that it leaves has answered. One for later answers nobody before its time. */
  async function claimIfLetGo(ctx: DeskContext, before: Outbound, { outcome, message }: Change): Promise<void> {
    if (before.hold !== "long" || outcome !== "done" || !message || message.hold === "long") return;
    if (message.state === "cancelled" || message.hold === "scheduled") return;
    const { id, thread } = message;
    await bridge.conversations.answer(thread, { id, by: ctx.scene.operator, at: clock.now() }, { evenSo: true });
  }

  /** Whether a text that no SMS was made of now reads as if one should be, or as a command. */
  async function asksToSend(ctx: DeskContext, message: Message, text: string): Promise<boolean> {
    const { desk } = ctx.scene;
    if (message.forward_origin) return false;
    const slash = parseSlash(text, ctx.me.username);
    if (slash) return slash.kind === "command";
    if (meantText(desk.settings.sends, { message, text, bot: ctx.me.id }) === undefined) return false;
    return (await findReceiver({ bridge, desk, bot: ctx.me.id }, message)).kind === "thread";
  }

  /** What the edited message asks for; `undefined`: no SMS any more. */
  async function wantedBy(ctx: DeskContext, known: Outbound): Promise<Wanted | undefined> {
    const message = ctx.editedMessage;
    const written = message?.text;
    if (!message || written === undefined) return undefined;
    const slash = parseSlash(written, ctx.me.username);
    const command = slash?.kind === "command" ? slash : undefined;
    if (known.template) return command?.name === "template" ? templateIn(ctx, message, command.args, known) : undefined;
    if (known.quoted) return command?.name === "canned" ? cannedIn(ctx, command.args, known) : undefined;
    if (command?.name === "send") {
      const read = await readSend({ bridge, desk: ctx.scene.desk }, command.args);
      if (read.kind !== "send") return undefined;
      return read.peer === known.peer ? { text: read.text } : "other-number";
    }
    const text = meantText(ctx.scene.desk.settings.sends, { message, text: written, bot: ctx.me.id });
    return text === undefined ? undefined : { text };
  }

  async function templateIn(
    ctx: DeskContext,
    message: Message,
    args: string,
    known: Outbound,
  ): Promise<Wanted | undefined> {
    const { desk } = ctx.scene;
    const command = await readTemplate({ bridge, desk, bot: ctx.me.id }, message, args);
    if (command.kind !== "template") return undefined;
    const { offered, peer, values } = command;
    if (peer !== known.peer) return "other-number";
    const isSame = offered.name === known.template?.name;
    // An edit cannot move an SMS to another line, and the panel of this one may not have the other template.
    if (!isSame && ![known.line, ...known.triedLines].includes(offered.line)) return "other-line";
    const template = { name: offered.name, values };
    return { text: templateText(desk.texts, template), template };
  }

  async function cannedIn(ctx: DeskContext, args: string, { desk, thread }: Outbound): Promise<Wanted | undefined> {
    const command = parseCanned(args);
    const answer = command.kind === "use" ? await bridge.canned.called(desk, command.name) : undefined;
    const filled = answer && (await sending.fill(ctx.scene, thread, answer));
    return filled?.kind === "filled" ? { text: filled.text } : undefined;
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
  if (outcome !== "late" || !message || (message.written ?? message.text) === wanted) return;
  const isOver = message.state === "failed" || message.state === "cancelled";
  if (message.state === "cancelled" && wanted === undefined) return;
  await say(ctx, isOver ? "edit-over" : "edit-late");
}

function say(ctx: DeskContext, key: string): Promise<void> {
  return answer(ctx, { text: ctx.scene.desk.texts.say(key) });
}
