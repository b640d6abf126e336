import { Composer } from "grammy";
import { type BotContext, type Handling, watch } from "../context.ts";
import type { Language } from "../types.ts";

const dayMs = 24 * 60 * 60_000;

/** Chats that are no desk end here. Someone who writes to the bot in private gets one line, at most once a day. */
export function createStrangersComposer({ desks, memory, texts, log }: Handling): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.use(async (ctx, next) => {
    if (ctx.chat && desks.byChat(String(ctx.chat.id))) return next();
    const { message, from } = ctx;
    if (message?.chat.type !== "private" || !from || from.is_bot) return;
    if (!(await memory.isFirst(`stranger/${from.id}`, dayMs))) return;
    // A desk's chief starts the bot in order to be written to; nothing else can be done here.
    const chiefOf = desks.all.find(({ settings }) => settings.chiefs?.includes(from.id));
    if (chiefOf) {
      const { texts: words, id } = chiefOf;
      watch(log, "answer to a chief", ctx.api.sendMessage(message.chat.id, words.say("chief-welcome", { desk: id })));
      return;
    }
    const language = languageOf(from.language_code, desks.all[0]?.settings.language ?? "fa");
    watch(log, "answer to a stranger", ctx.api.sendMessage(message.chat.id, texts[language].say("stranger")));
  });
  return composer;
}

/** Of a person whose app tells its language: Persian, or English for all others. */
export function languageOf(code: string | undefined, otherwise: Language): Language {
  if (code === undefined) return otherwise;
  return code.toLowerCase().startsWith("fa") ? "fa" : "en";
}
