import { Composer } from "grammy";
import type { Chat, Message } from "grammy/types";
import { findLacks } from "../chat/lacks.ts";
import { openCodes } from "../chat/pairing.ts";
import { findAdministrators, findPeople, toPerson } from "../chat/people.ts";
import { adminRefusal, isInCharge, mayDecide } from "../chat/rights.ts";
import { parseSlash } from "../commands.ts";
import { answerIn, type BotContext, type Handling } from "../context.ts";
import { authorOf } from "../guards.ts";
import { repliedTo } from "../message.ts";
import { answerPress } from "../pressing.ts";
import { settingKinds } from "../settings/kinds.ts";
import type { SettingKey } from "../settings/overrides.ts";
import { type DeskPress, parseDeskPress } from "../settings/press.ts";
import { choose } from "../settings/presses.ts";
import { renderChoices, renderPeople, renderPerson, renderSettings } from "../settings/render.ts";
import type { Rendered, TelegramDesk } from "../types.ts";

/**
 * `/desk`: one message with the settings of the desk and what the bot lacks there, which its buttons change in place. For
 * administrators, also for those who are no operators: it stands before the guard.
 */
export function createDeskComposer(deps: Handling): Composer<BotContext> {
  const { desks, memory, token, clock, log } = deps;
  const composer = new Composer<BotContext>();

  composer.on("message:text", async (ctx, next) => {
    const { message } = ctx;
    const slash = parseSlash(message.text, ctx.me.username);
    if (slash?.kind !== "command" || slash.name !== "desk" || message.forward_origin) return next();
    const desk = desks.byChat(String(message.chat.id));
    if (!desk || message.via_bot || message.is_automatic_forward) return next();
    const may = await isInCharge({ ctx, clock }, message);
    if (may) return answerIn(desk, message, await answerTo(ctx, desk, message));
    // Who is nobody to us hears nothing, here as with other commands.
    if (authorOf(desk.settings, message).kind === "nobody") return;
    return answerIn(desk, message, { text: desk.texts.say(adminRefusal(may)) });
  });

  composer.on("callback_query:data", async (ctx, next) => {
    const { data, message, from } = ctx.callbackQuery;
    const press = parseDeskPress(data);
    if (!press) return next();
    const say = (text?: string, isAlert?: boolean) => answerPress(log, ctx, text, isAlert);
    const desk = message && desks.byChat(String(message.chat.id));
    if (!desk) return say();
    const { texts } = desk;
    const { chat } = message;
    const may = await mayDecide({ ctx, clock }, chat, from);
    if (!may) return say(texts.say(adminRefusal(may)), true);
    if (press.kind === "move") return say(await howToMove(desk), true);
    if (press.kind === "choice") {
      const outcome = await choose(deps, ctx, { desk, chat }, press);
      if (outcome === "unreachable") return say(texts.say("desk-unreachable"), true);
      if (outcome === "refused") return say(texts.say(refusalOf(press)), true);
      say(texts.say(outcome === "done" ? "desk-changed" : "card-pressed-same"));
    } else say();
    desk.rewrite(message.message_id, await viewAfter(ctx, desk, chat, press));
  });

  /** The code is shown to nobody but whoever asked: with it, the desk works wherever it is written. */
  async function howToMove(desk: TelegramDesk): Promise<string> {
    const codes = await openCodes({ desks, memory, token });
    const code = codes.find((one) => one.desk.id === desk.id)?.code;
    return code === undefined ? desk.texts.say("press-unknown") : desk.texts.say("desk-move-how", { code });
  }

  /** In reply to a person's message it is about that person. */
  async function answerTo(ctx: BotContext, desk: TelegramDesk, message: Message): Promise<Rendered> {
    const person = repliedTo(message)?.from;
    const isPerson = person && !person.is_bot && message.chat.type !== "private";
    return isPerson ? renderPerson(desk, toPerson(person)) : list(ctx, desk, message.chat);
  }

  async function viewAfter(ctx: BotContext, desk: TelegramDesk, chat: Chat, press: ViewPress): Promise<Rendered> {
    if (press.kind === "list") return list(ctx, desk, chat);
    const { isPeople } = settingKinds[press.key];
    if (isPeople) return people(ctx, desk, chat, press.key);
    return press.kind === "choices" ? renderChoices(desk, press.key) : list(ctx, desk, chat);
  }

  async function list(ctx: BotContext, desk: TelegramDesk, chat: Chat): Promise<Rendered> {
    const lacks = await findLacks({ ctx, clock }, chat, desk.settings.layout);
    // Before it is said: what is said may be mended at once.
    if (lacks) await memory.keepLacks(desk.id, lacks);
    return renderSettings({ desk, chat, lacks, bot: ctx.me.username });
  }

  /** The administrators, and whoever is named already. */
  async function people(ctx: BotContext, desk: TelegramDesk, chat: Chat, key: SettingKey): Promise<Rendered> {
    const value = desk.settings[key];
    const named = Array.isArray(value) ? value : [];
    const administrators = (await findAdministrators({ ctx, clock }, chat)) ?? [];
    const others = named.filter((id) => !administrators.some((one) => one.id === id));
    return renderPeople(desk, key, [...administrators, ...(await findPeople({ ctx, clock }, chat, others))]);
  }

  return composer;
}

type ViewPress = Exclude<DeskPress, { kind: "move" }>;

/** A list of operators is refused when it has become empty; anything else comes from no button of ours. */
function refusalOf({ key }: { readonly key: SettingKey }): string {
  return key === "operators" ? "setting-operators-refused" : "press-unknown";
}
