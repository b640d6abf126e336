import { Composer } from "grammy";
import type { Message } from "grammy/types";
import type { Clock } from "../../core/ports/clock.ts";
import { findMissing, isInCharge } from "../chat-rights.ts";
import { offerCommands, parseSlash } from "../commands.ts";
import { type BotContext, type Handling, watch } from "../context.ts";
import { draftId } from "../message.ts";
import { findByCode } from "../pairing.ts";
import { withExample } from "../rich.ts";
import type { Rendered, TelegramDesk, Texts } from "../types.ts";
import { languageOf } from "./strangers.ts";

const wrongCodes = 5;
const startsAnswered = 5;
const hourMs = 60 * 60_000;

/** `/pair CODE` makes a chat the place of a desk. It works in every chat, so it says as little as it can to those without a code. */
export function createPairComposer(deps: Handling): Composer<BotContext> {
  const { bridge, desks, memory, token, texts, clock, log } = deps;
  const composer = new Composer<BotContext>();

  composer.on("message:text", async (ctx, next) => {
    const { message } = ctx;
    const slash = parseSlash(message.text, ctx.me.username);
    if (slash?.kind !== "command" || message.forward_origin) return next();
    if (slash.name === "start" && (await mayBeOwner(message))) return reply(ctx, message, usage(textsFor(message)));
    if (slash.name !== "pair") return next();
    if (desks.all.every((desk) => desk.settings.chat !== undefined)) return next();
    await pair(ctx, message, slash.args);
  });

  async function pair(ctx: BotContext, message: Message, written: string): Promise<void> {
    const key = draftId(message);
    const repeated = await pairedBy(key);
    if (repeated) return greet(ctx, message, repeated);
    const found = written === "" ? undefined : await findByCode({ desks, memory, token }, written);
    // A code is tried only while the chat has tries left: who guesses must not learn that a late guess was right.
    if (!(await mayTry(message.chat.id, found !== undefined))) return;
    if (written === "") return reply(ctx, message, usage(textsFor(message)));
    if (!found) return reply(ctx, message, { text: textsFor(message).say("pair-wrong") });
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
    log.info({ desk: desk.id }, "desk paired");
    bridge.wake(desk.id);
    offerCommands(ctx.api, deps);
    greet(ctx, message, desk);
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

  /** Runs aside: Telegram is asked for rights, and nobody's answer waits for it. */
  function greet(ctx: BotContext, message: Message, desk: TelegramDesk): void {
    const work = welcome({ ctx, clock }, message, desk).then((what) => send(ctx, message, what));
    watch(log, "welcome after /pair", work);
  }

  function reply(ctx: BotContext, message: Message, what: Rendered): void {
    watch(log, "answer to /pair", send(ctx, message, what));
  }

  /** Told once, straight to the chat: it is no desk yet, so no governor knows it. */
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

/** What the bot found in the chat: how it will show SMS there, and what it still lacks. */
async function welcome(
  asking: { ctx: BotContext; clock: Clock },
  message: Message,
  desk: TelegramDesk,
): Promise<Rendered> {
  const { texts, settings } = desk;
  const isForum = "is_forum" in message.chat && message.chat.is_forum === true;
  const hasTopics = settings.layout === "topics" || (settings.layout === "auto" && isForum);
  const isGroup = message.chat.type !== "private";
  const missing = isGroup ? await findMissing(asking, message.chat, hasTopics) : undefined;
  const lines = [
    texts.say("pair-done", { desk: desk.id }),
    texts.say(hasTopics ? "pair-topics" : "pair-replies"),
    ...(isGroup && !isForum && settings.layout !== "replies" ? [texts.say("pair-forum-hint")] : []),
    ...(missing === undefined ? [] : [texts.say(`pair-missing-${missing}`)]),
  ];
  return { text: lines.join("\n") };
}

function usage(texts: Texts): Rendered {
  return withExample(texts, texts.say("pair-usage"), texts.say("pair-example"));
}
