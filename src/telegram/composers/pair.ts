import { Composer } from "grammy";
import type { Message } from "grammy/types";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import { findLacks } from "../chat/lacks.ts";
import { findByCode, findByUsedCode } from "../chat/pairing.ts";
import { isInCharge } from "../chat/rights.ts";
import { renderWelcome } from "../chat/welcome.ts";
import { offerCommands, parseSlash } from "../commands.ts";
import { answerIn, type BotContext, type Handling, watch } from "../context.ts";
import { operatorOf } from "../guards.ts";
import { draftId } from "../message.ts";
import { below, withExample } from "../texts/rich.ts";
import type { Rendered, TelegramDesk, Texts } from "../types.ts";
import { languageOf } from "./strangers.ts";

const wrongCodes = 5;
const startsAnswered = 5;
const hourMs = 60 * 60_000;

/** `/pair CODE` makes a chat the place of a desk. It works in every chat, so it says as little as it can to those without a code. */
export function createPairComposer(deps: Handling): Composer<BotContext> {
  const { bridge, desks, memory, token, texts, clock, log } = deps;
  const composer = new Composer<BotContext>();
  /** A webhook brings several chats at once, and a code connects one of them. */
  const oneByOne = createKeyedQueue();

  composer.on(["message:text", "channel_post:text"], async (ctx, next) => {
    const { msg: message } = ctx;
    const slash = parseSlash(message.text, ctx.me.username);
    if (slash?.kind !== "command" || message.forward_origin) return next();
    if (slash.name === "start" && (await mayBeOwner(message))) return reply(ctx, message, usage(textsFor(message)));
    if (slash.name !== "pair") return next();
    if (desks.all.every((desk) => desk.settings.chat !== undefined)) return next();
    await oneByOne("pair", () => pair(ctx, message, slash.args));
  });

  async function pair(ctx: BotContext, message: Message, written: string): Promise<void> {
    const key = draftId(message);
    const repeated = await pairedBy(key);
    if (repeated) {
      // The process may have died before it noted this; it is one entry all the same.
      await notePairing(message, repeated);
      return greet(ctx, message, { desk: repeated, isNew: true });
    }
    const codes = { desks, memory, token };
    const found = written === "" ? undefined : await findByCode(codes, written);
    // A code is tried only while the chat has tries left: who guesses must not learn that a late guess was right.
    if (!(await mayTry(message.chat.id, found !== undefined))) return;
    const here = textsFor(message);
    if (message.chat.type === "channel") return reply(ctx, message, { text: here.say("pair-channel") });
    if (written === "") return reply(ctx, message, usage(here));
    if (!found) return refuse(ctx, message, await findByUsedCode(codes, written));
    const { desk, generation } = found;
    const say = desk.texts.say;
    const may = await isInCharge({ ctx, clock }, message);
    if (may === undefined) return reply(ctx, message, { text: say("pair-unreachable") });
    if (!may) return reply(ctx, message, { text: say("pair-admin") });
    const owner = desks.byChat(String(message.chat.id));
    if (owner && owner.id !== desk.id) return reply(ctx, message, { text: say("pair-taken", { desk: owner.id }) });
    // In this order: after a crash between the two the same message pairs again, and only then the code dies.
    await desk.moveTo(String(message.chat.id));
    await memory.closePairing(desk.id, generation, key);
    await notePairing(message, desk);
    log.info({ desk: desk.id }, "desk paired");
    offerCommands(ctx.api, deps);
    greet(ctx, message, { desk, isNew: true });
  }

  async function notePairing(message: Message, desk: TelegramDesk): Promise<void> {
    const by = message.from ? operatorOf(message.from) : { id: String(message.chat.id), name: "" };
    await bridge.journal.note({ id: draftId(message), desk: desk.id, by, what: "pair" });
  }

  /** A code that is no code now. Whoever sends it once more where it has paired hears again what was found. */
  function refuse(ctx: BotContext, message: Message, used: TelegramDesk | undefined): void {
    const chat = String(message.chat.id);
    if (!used) reply(ctx, message, { text: textsFor(message).say("pair-wrong") });
    else if (used.chatId() === chat) greet(ctx, message, { desk: used, isNew: false });
    else {
      const facts = { desk: used.id, key: `desks.${used.id}.chat`, chat };
      reply(ctx, message, { text: used.texts.say("pair-used", facts) });
    }
  }

  /** Whoever presses Start in private while a desk has no chat yet may be the one who sets it up. */
  async function mayBeOwner({ chat }: Message): Promise<boolean> {
    if (chat.type !== "private" || desks.byChat(String(chat.id))) return false;
    if (desks.all.every((desk) => desk.chatId() !== undefined)) return false;
    return memory.takePlace(`start/${chat.id}`, startsAnswered, hourMs);
  }

  async function pairedBy(key: string): Promise<TelegramDesk | undefined> {
    for (const desk of desks.all) {
      if ((await memory.pairingOf(desk.id)).by === key) return desk;
    }
    return undefined;
  }

  function textsFor(message: Message): Texts {
    return texts[languageOf(message.from?.language_code, desks.all[0]?.settings.language ?? "fa")];
  }

  async function mayTry(chat: number, isRight: boolean): Promise<boolean> {
    const key = `pair/${chat}`;
    if (!isRight) return memory.takePlace(key, wrongCodes, hourMs);
    return memory.hasPlace(key, wrongCodes);
  }

  /** Runs aside: Telegram is asked for rights, and nobody's answer waits for it. Only then come the SMS that waited. */
  function greet(ctx: BotContext, message: Message, at: { desk: TelegramDesk; isNew: boolean }): void {
    const work = welcome(ctx, message, at).finally(() => bridge.wake(at.desk.id));
    watch(log, "welcome after /pair", work);
  }

  async function welcome(ctx: BotContext, message: Message, at: { desk: TelegramDesk; isNew: boolean }): Promise<void> {
    const { chat } = message;
    const { desk, isNew } = at;
    const found = await findLacks({ ctx, clock }, chat, desk.settings.layout);
    const lacks = found ?? [];
    const text = renderWelcome({ desk, chat, lacks, bot: ctx.me.username }, { isNew });
    // Before it is said: what is said may be mended at once. What nobody could look at leaves what was known.
    if (found) await memory.keepLacks(desk.id, found);
    if (!lacks.includes("write")) return answerIn(desk, message, text);
    tellElsewhere(ctx, message, { desk, text });
  }

  /** In private. Whoever has never written to the bot there does not get it either; then the log tells. */
  function tellElsewhere(ctx: BotContext, { chat, from }: Message, what: { desk: TelegramDesk; text: Rendered }): void {
    log.warn({ desk: what.desk.id }, "the bot may not write in the desk's chat");
    const about = what.desk.texts.say("pair-not-here", { group: chat.title ?? "" });
    const { text } = below(`${about}\n`, what.text);
    if (from) watch(log, "welcome in private", ctx.api.sendMessage(from.id, text));
  }

  function reply(ctx: BotContext, message: Message, what: Rendered): void {
    watch(log, "answer to /pair", send(ctx, message, what));
  }

  /** Told once, straight to the chat: it is no desk, so no governor knows it. */
  function send(ctx: BotContext, message: Message, what: Rendered): Promise<unknown> {
    const options = {
      ...(what.entities ? { entities: what.entities } : {}),
      ...(message.is_topic_message && message.message_thread_id !== undefined
        ? { message_thread_id: message.message_thread_id }
        : {}),
      reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
    };
    return ctx.api.sendMessage(message.chat.id, what.text, options);
  }

  return composer;
}

function usage(texts: Texts): Rendered {
  return withExample(texts, texts.say("pair-usage"), texts.say("pair-example"));
}
