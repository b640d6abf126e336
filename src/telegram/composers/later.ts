import { Composer } from "grammy";
import type { Draft } from "../../core/bridge.ts";
import { cleanText } from "../../core/model/text.ts";
import { isUntimed } from "../../core/outbound/choosing.ts";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { asking, draftFrom } from "../drafts.ts";
import { draftId } from "../message.ts";
import { findReceiver, findTarget, type Target } from "../targets.ts";
import { readWhen, type WhenProblem } from "../when/read-when.ts";
import { laterProblem } from "../when/render.ts";
import { argsOf, isCommand } from "./on-command.ts";

type Later =
  | { readonly kind: "later"; readonly at: number; readonly text: string }
  | { readonly kind: "refused"; readonly why: WhenProblem | "no-text"; readonly written: string };

/**
 * `/later <when> <text>`: an SMS that waits for its time, which its mark repeats; what is asked about it is asked now. Until then
 * an edit of the message changes both. Alone it lists what waits in this thread; in General, and where there are no topics, at the desk.
 */
export function createLaterComposer({ bridge, clock, timeZone }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.filter(isCommand("later"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    if (!message) return;
    const at = { bridge, desk, bot: ctx.me.id };
    const args = argsOf(ctx);
    if (args === "") return list(ctx, await findTarget(at, message));
    const receiver = await findReceiver(at, message);
    if (receiver.kind === "elsewhere") return answer(ctx, { text: desk.texts.say("later-no-thread") });
    if (receiver.kind !== "thread") return answer(ctx, { text: desk.texts.say(receiver.kind) });
    const { thread } = receiver;
    const id = draftId(message);
    const later = read(args, message.date);
    // Read again after a restart, its time may be over; it counts as it was taken the first time.
    if (await bridge.outbound.find(id)) return;
    const now = clock.now();
    if (later.kind === "refused") {
      const text = cleanText(args).trim();
      if (later.why !== "no-time" || text === "") return answer(ctx, laterProblem(desk.texts, later));
      await acceptUntimed(draftFrom(ctx.scene, message, { thread, text, readAt: ctx.readAt ?? now, now }));
      return;
    }
    const draft = draftFrom(ctx.scene, message, { thread, text: later.text, readAt: ctx.readAt ?? now, now });
    const timed = { ...draft, sendAt: later.at, hold: { why: "scheduled", untilMs: later.at } } as const;
    await bridge.outbound.accept(await asking(bridge, timed));
  });

  composer.on("edited_message:text", async (ctx, next) => {
    const { desk } = ctx.scene;
    const message = ctx.editedMessage;
    const slash = parseSlash(message.text, ctx.me.username);
    const known =
      slash?.kind === "command" && slash.name === "later" ? await bridge.outbound.find(draftId(message)) : undefined;
    const isLater = known && (known.sendAt !== undefined || isUntimed(known));
    // Another text is no template, nor a canned answer; every other edit takes those back.
    if (slash?.kind !== "command" || !isLater || known.template || known.quoted) return next();
    // "In two hours" counts from the edit that says so; one that leaves the time as it was does not move it.
    const before = read(slash.args, message.date);
    const isSameTime = before.kind === "later" && before.at === known.sendAt;
    const later = isSameTime ? before : read(slash.args, message.edit_date ?? message.date);
    if (later.kind === "later") {
      const { outcome } = await bridge.later.change(known.id, { text: later.text, sendAt: later.at });
      if (outcome === "late") await answer(ctx, { text: desk.texts.say("edit-late") });
      return;
    }
    if (known.sendAt === undefined) {
      const text = cleanText(slash.args).trim();
      if (later.why !== "no-time" || text === "") return answer(ctx, laterProblem(desk.texts, later));
      await bridge.outbound.edit(known.id, text);
      return;
    }
    if (known.state !== "held") return answer(ctx, { text: desk.texts.say("edit-late") });
    // One that is asked about waits for no time yet.
    const stands = known.hold === "scheduled" ? desk.texts.spellDay(known.sendAt, clock.now()) : undefined;
    await answer(ctx, laterProblem(desk.texts, later, stands));
  });

  /** Its mark shows what was read as its text, and asks when it leaves. */
  async function acceptUntimed(draft: Draft): Promise<void> {
    const { hold: _, ...written } = draft;
    const why = (await bridge.outbound.questionOf(written)) ?? "scheduled";
    await bridge.outbound.accept({ ...written, hold: { why } });
  }

  async function list(ctx: DeskContext, target: Target): Promise<void> {
    const { desk } = ctx.scene;
    const thread = target.kind === "thread" ? target.thread : undefined;
    const waiting = await bridge.later.waiting(desk.id, thread);
    await answer(ctx, desk.texts.later(waiting, { now: clock.now(), withNames: thread === undefined }));
  }

  /** `since`: when it was written, in Telegram's seconds. However late it is read, it is the same time. */
  function read(args: string, since: number): Later {
    const when = readWhen(args, since * 1000, timeZone);
    if (when.kind === "refused") return when;
    const text = cleanText(when.text).trim();
    const written = args.slice(0, args.length - when.text.length).trim();
    if (when.at <= clock.now()) return { kind: "refused", why: "past", written };
    return text === "" ? { kind: "refused", why: "no-text", written } : { kind: "later", at: when.at, text };
  }

  return composer;
}
