import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { NewEntry } from "../../core/keeping/journal.ts";
import { hashKey } from "../../core/model/ids.ts";
import { foldName } from "../../core/model/name.ts";
import { partsOfThread, type ThreadId } from "../../core/model/thread.ts";
import { type CannedCommand, isVerb, parseCanned } from "../canned/command.ts";
import { unknownFieldOf } from "../canned/fields.ts";
import { createCannedMenus } from "../canned/menus.ts";
import { cannedKept, cannedMenu, cannedProblem, cannedRemoved, cannedView, newExample } from "../canned/render.ts";
import { createCannedSending } from "../canned/sending.ts";
import { textBehind } from "../canned/source.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { effectOnCanned } from "../journal/journaling.ts";
import { draftId } from "../message.ts";
import { findReceiver } from "../targets.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered } from "../types.ts";
import { argsOf, isCommand } from "./on-command.ts";

/** No answer has this id. */
const nobodys = 0;

type Written = Extract<CannedCommand, { kind: "add" | "change" }>;

/**
 * `/canned`: the answers that a desk keeps ready. Alone in a customer's topic, or in reply to their SMS, it shows those used most,
 * each with a button that sends it; with a name it sends that one. Every operator of the desk may add, change and remove
 * them: they are the team's own words, and nothing leaves by it.
 */
export function createCannedComposer(handling: Handling): Composer<DeskContext> {
  const { bridge, spellTime } = handling;
  const composer = new Composer<DeskContext>();
  const sending = createCannedSending(handling);
  const menuOf = createCannedMenus(handling);

  composer.filter(isCommand("canned"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    if (!message) return;
    const command = parseCanned(argsOf(ctx));
    switch (command.kind) {
      case "menu":
        return answer(ctx, await menuOf(desk, { thread: await threadHere(ctx, message) }));
      case "list":
        return answer(ctx, await menuOf(desk));
      case "use":
        return use(ctx, message, command.name);
      case "show":
        return answer(ctx, await show(ctx, command.name));
      case "add":
      case "change":
        return answer(ctx, await keep(ctx, message, command));
      case "remove":
        return answer(ctx, await remove(ctx, message, command.name));
      case "no-name":
        return answer(ctx, { text: desk.texts.say(`canned-usage-${command.verb}`) });
    }
  });

  /** The customer to whom a message there may send. */
  async function threadHere(ctx: DeskContext, message: Message): Promise<ThreadId | undefined> {
    const receiver = await findReceiver({ bridge, desk: ctx.scene.desk, bot: ctx.me.id }, message);
    return receiver.kind === "thread" ? receiver.thread : undefined;
  }

  async function use(ctx: DeskContext, message: Message, name: string): Promise<void> {
    const { desk } = ctx.scene;
    // Read again, it is what it was, whatever became of the answer or of the customer's name meanwhile.
    if (await bridge.outbound.find(draftId(message))) return;
    const receiver = await findReceiver({ bridge, desk, bot: ctx.me.id }, message);
    if (receiver.kind === "elsewhere") return answer(ctx, { text: desk.texts.say("canned-where") });
    if (receiver.kind !== "thread") return answer(ctx, { text: desk.texts.say(receiver.kind) });
    const { thread } = receiver;
    const called = await bridge.canned.called(desk.id, name);
    if (!called) return answer(ctx, await unknown(ctx, name, thread));
    const what = { thread, answer: called, readAt: ctx.readAt ?? handling.clock.now() };
    const sent = await sending.send(ctx.scene, message, what);
    if (!sent) await answer(ctx, cannedProblem(desk.texts, { kind: "no-value" }));
  }

  /** Nobody is sent what was only nearly asked for: a press says which one is meant. */
  async function unknown(ctx: DeskContext, name: string, thread?: ThreadId): Promise<Rendered> {
    const { id, texts } = ctx.scene.desk;
    const asked = foldName(name);
    const all = await bridge.canned.all(id);
    const near = all.filter(
      (each) =>
        foldName(each.name).includes(asked) ||
        asked.includes(foldName(each.name)) ||
        foldName(each.text).includes(asked),
    );
    const title = texts.say(thread === undefined ? "canned-unknown" : "canned-unknown-unsent", { name });
    if (all.length > 0 && near.length === 0) return { text: title };
    const peer = thread === undefined ? undefined : partsOfThread(thread).peer;
    return cannedMenu(texts, near, { title, peer });
  }

  async function show(ctx: DeskContext, name: string): Promise<Rendered> {
    const { id, texts } = ctx.scene.desk;
    const called = await bridge.canned.called(id, name);
    return called ? cannedView(texts, called, spellTime[texts.language]) : unknown(ctx, name);
  }

  async function keep(ctx: DeskContext, message: Message, { kind, name, ...written }: Written): Promise<Rendered> {
    const { desk, operator } = ctx.scene;
    const { id, texts } = desk;
    const text = written.text ?? (await textBehind({ bridge, desk, bot: ctx.me.id }, message));
    if (text === undefined) {
      return withExample(texts, texts.say(`canned-usage-${kind}`), newExample(texts));
    }
    if (kind === "add" && isVerb(name)) return cannedProblem(texts, { kind: "reserved", name });
    const field = unknownFieldOf(text);
    if (field !== undefined) return cannedProblem(texts, { kind: "unknown-field", field });
    const { outcome, answer: kept } = await bridge.journal.noting(
      entryOf(ctx, message, name),
      () => bridge.canned[kind](id, { name, text, by: operator }),
      effectOnCanned,
    );
    if (kept && (outcome === "done" || outcome === "same"))
      return cannedKept(texts, kind === "add" ? "canned-added" : "canned-changed", kept);
    if (kept && outcome === "taken") return cannedProblem(texts, { kind: "taken", answer: kept });
    if (outcome === "full" || outcome === "long-name" || outcome === "long-text")
      return cannedProblem(texts, { kind: outcome });
    return unknown(ctx, name);
  }

  async function remove(ctx: DeskContext, message: Message, name: string): Promise<Rendered> {
    const { id, texts } = ctx.scene.desk;
    const { answer: removed } = await bridge.journal.noting(
      entryOf(ctx, message, name),
      async () => bridge.canned.remove(id, (await bridge.canned.called(id, name))?.id ?? nobodys),
      effectOnCanned,
    );
    return removed ? cannedRemoved(texts, removed) : unknown(ctx, name);
  }

  function entryOf({ scene }: DeskContext, message: Message, name: string): NewEntry {
    return {
      id: hashKey("canned", draftId(message)),
      desk: scene.desk.id,
      by: scene.operator,
      what: "canned",
      facts: { name },
    };
  }

  return composer;
}
