import { Bot, type Transformer } from "grammy";
import type { Message, Update, UserFromGetMe } from "grammy/types";
import { createRecent } from "../support/recent.ts";
import { offerCommands } from "./commands.ts";
import { refuseAnonymous } from "./composers/anonymous.ts";
import { useAtDesk } from "./composers/at-desk.ts";
import { createDeskComposer } from "./composers/desk.ts";
import { createMovesComposer } from "./composers/moves.ts";
import { createPairComposer } from "./composers/pair.ts";
import { createPressesComposer } from "./composers/presses.ts";
import { createStrangersComposer } from "./composers/strangers.ts";
import { answerIn, type BotContext, type DeskContext, type Handling, watch } from "./context.ts";
import { sendingForm } from "./drafts.ts";
import { authorOf } from "./guards.ts";
import { draftId } from "./message.ts";
import { createStamp } from "./texts/stamp.ts";
import { createTexts, createTimeSpelling } from "./texts/texts.ts";
import type { TelegramDesk } from "./types.ts";

const mostHandled = 5_000;

export interface BotParts extends Omit<Handling, "texts" | "spellTime" | "stamp" | "handledText"> {
  /** An edit never comes before its message: so it is with polling. */
  readonly inOrder?: boolean;
  readonly apiRoot?: string;
  /** Carries the calls of the bot; see `createTelegramApi`. */
  readonly transport?: Transformer;
  /** Absent: asked from Telegram before the first update. */
  readonly me?: UserFromGetMe;
}

/** What comes from Telegram, wired. It reads no updates by itself: `createPolling` or `createWebhook` hand them over. */
export interface TelegramBot {
  readonly bot: Bot<BotContext>;
  /** Everything that waited at Telegram at that moment, by our clock, has been handed over. */
  drained(at: number): void;
  /** Tells Telegram which commands to offer. Harmless to repeat; failures are only logged. */
  offerCommands(): void;
  /** Answers, where an operator wrote or pressed it, that an update could not be handled. Never throws. */
  apologize(update: Update): void;
}

/** Builds the bot. Handlers only write to the store and hand answers to the desk, so none of them waits for Telegram's limits. */
export function createBot(parts: BotParts): TelegramBot {
  const { token, timeZone, apiRoot, transport, me, bridge, desks, memory, clock, log } = parts;
  const handled = createRecent<string>(mostHandled);
  const handling: Handling = {
    ...parts,
    handledText: (id) => handled.get(id) ?? (parts.inOrder ? "" : undefined),
    texts: { fa: createTexts("fa", { timeZone }), en: createTexts("en", { timeZone }) },
    stamp: { fa: createStamp("fa", timeZone), en: createStamp("en", timeZone) },
    spellTime: { fa: createTimeSpelling("fa", timeZone).spellTime, en: createTimeSpelling("en", timeZone).spellTime },
  };
  let drainedAt: number | undefined;
  const bot = new Bot<BotContext>(token, {
    ...(me ? { botInfo: me } : {}),
    ...(apiRoot === undefined ? {} : { client: { apiRoot } }),
  });
  if (transport) bot.api.config.use(transport);

  // A handler that waits for the store is called again with the same update; its age counts from the first time.
  const firstRead = new WeakMap<Update, number>();
  bot.use((ctx, next) => {
    const readAt = firstRead.get(ctx.update) ?? readingTime(ctx);
    firstRead.set(ctx.update, readAt);
    ctx.readAt = readAt;
    return next();
  });

  /** Now; but nothing is older than the moment at which Telegram had nothing more for us, whatever our clock says. */
  function readingTime({ message, editedMessage }: BotContext): number {
    const now = clock.now();
    const date = (message ?? editedMessage)?.date;
    return date === undefined || drainedAt === undefined ? now : Math.min(now, date * 1000 + now - drainedAt);
  }

  bot.use(createMovesComposer(handling));
  bot.use(createPairComposer(handling));
  bot.use(createDeskComposer(handling));
  // Before the strangers: in a chat that is no desk any more a press still waits for its answer.
  bot.use(createPressesComposer(handling));
  bot.use(createStrangersComposer(handling));
  bot.use(async (ctx, next) => {
    const message = ctx.message ?? ctx.editedMessage;
    const desk = message && desks.byChat(String(message.chat.id));
    if (!message || !desk) return;
    const author = authorOf(desk.settings, message);
    if (author.kind === "anonymous") return refuseAnonymous(handling, ctx, { desk, message });
    if (author.kind === "nobody") return;
    ctx.scene = { desk, operator: author.operator, text: await textOf(desk, message, ctx) };
    await next();
    if (ctx.message?.text !== undefined) handled.set(draftId(ctx.message), ctx.message.text);
  });

  /** An edit that overtook its message counts; but it may only change or stop an SMS, never make one. */
  async function textOf(desk: TelegramDesk, message: Message, ctx: BotContext): Promise<string> {
    const { text = "" } = message;
    if (ctx.message?.text === undefined) return text;
    const at = { bridge, desk, bot: ctx.me.id };
    const reading = { message, botName: ctx.me.username };
    const own = await sendingForm(at, { ...reading, text });
    if (own === undefined) return text;
    const early = await memory.findEdit(draftId(message));
    if (early === undefined) return text;
    const edited = await sendingForm(at, { ...reading, text: early });
    return edited === undefined || edited === own ? early : text;
  }

  const atDesk = bot.filter((ctx): ctx is DeskContext => ctx.scene !== undefined);
  useAtDesk(atDesk, handling);

  return {
    bot,
    drained(at) {
      drainedAt = at;
    },
    offerCommands: () => offerCommands(bot.api, handling),
    apologize(update) {
      const query = update.callback_query;
      if (query) watch(log, "answerCallbackQuery", bot.api.answerCallbackQuery(query.id));
      const message = update.message ?? update.edited_message;
      const desk = message && desks.byChat(String(message.chat.id));
      if (!message || !desk || authorOf(desk.settings, message).kind !== "operator") return;
      watch(log, "answer", answerIn(desk, message, { text: desk.texts.say("passed-over") }));
    },
  };
}
