import { Composer } from "grammy";
import { type Conversation, newConversation } from "../../core/model/conversation.ts";
import { cleanName } from "../../core/model/name.ts";
import { type ThreadId, threadOf } from "../../core/model/thread.ts";
import { cardElsewhere, listCustomers } from "../contacts/render-customers.ts";
import { readNumber } from "../contacts/written-number.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { findTarget } from "../targets.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, TelegramDesk } from "../types.ts";
import { argsOf, isCommand } from "./on-command.ts";

const mostListed = 10;

/**
 * `/who` shows the card of the customer in whose topic it is written, or of a number or a name; `/find` lists whom a part of
 * a name or of a number fits.
 */
export function createWhoComposer({ bridge, clock, log }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.filter(isCommand("who"), async (ctx) => {
    const { desk } = ctx.scene;
    const { texts } = desk;
    const asked = argsOf(ctx);
    if (asked !== "") return aside(ctx, tellOf(desk, asked));
    const target = ctx.message && (await findTarget({ bridge, desk, bot: ctx.me.id }, ctx.message));
    if (target?.kind === "thread") return answer(ctx, await cardOf(desk, target.thread));
    await answer(ctx, withExample(texts, texts.say("who-usage"), texts.say("who-example")));
  });

  composer.filter(isCommand("find"), async (ctx) => {
    const { desk } = ctx.scene;
    const { texts } = desk;
    const asked = argsOf(ctx);
    if (asked !== "") return aside(ctx, listFor(desk, asked));
    await answer(ctx, withExample(texts, texts.say("find-usage"), texts.say("find-example")));
  });

  /** The first look through many customers takes a while, and nobody's SMS waits for it. */
  function aside(ctx: DeskContext, looking: Promise<Rendered>): void {
    watch(
      log,
      "looking for a customer",
      looking.then((found) => answer(ctx, found)),
    );
  }

  async function tellOf(desk: TelegramDesk, asked: string): Promise<Rendered> {
    const read = readNumber(asked, { digitsFollow: false });
    if (read.kind === "number") return cardOf(desk, threadOf(desk.id, read.peer));
    const [only, ...others] = await bridge.directory.called(desk.id, asked);
    return only && others.length === 0 ? shown(desk, only) : listFor(desk, asked);
  }

  async function cardOf(desk: TelegramDesk, thread: ThreadId): Promise<Rendered> {
    return shown(desk, (await bridge.conversations.find(thread)) ?? newConversation(thread, clock.now()));
  }

  async function shown(desk: TelegramDesk, conversation: Conversation): Promise<Rendered> {
    return cardElsewhere(desk.texts, conversation, await desk.linkOf(conversation.id));
  }

  async function listFor(desk: TelegramDesk, asked: string): Promise<Rendered> {
    const { found, count } = await bridge.directory.search(desk.id, asked, mostListed);
    if (found.length === 0) return { text: desk.texts.say("find-none", { asked: cleanName(asked) ?? "" }) };
    const isAll = count <= found.length;
    return listCustomers(
      desk,
      desk.texts.say(isAll ? "find-found" : "find-more", { count, shown: found.length }),
      found,
    );
  }

  return composer;
}
