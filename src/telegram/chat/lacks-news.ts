import type { Chat } from "grammy/types";
import type { DeskId } from "../../core/model/ids.ts";
import { type BotContext, type Handling, watch } from "../context.ts";
import type { TelegramDesk } from "../types.ts";
import { findLacks, hasTopics } from "./lacks.ts";
import { renderLacks } from "./welcome.ts";

/**
 * Tells a desk that heard after its pairing what its bot lacks, once, when that is there or has become something else. Both
 * resolve at once where nothing was lacking, as it mostly is.
 */
export interface LacksNews {
  /** The bot's place in the chat has changed. */
  lookAgain(ctx: BotContext, desk: TelegramDesk, chat: Chat): Promise<void>;
  /** Any update came from the chat: nobody tells a bot that topics were switched on. */
  sawChat(ctx: BotContext, desk: TelegramDesk, chat: Chat): Promise<void>;
}

export function createLacksNews({ memory, clock, log }: Pick<Handling, "memory" | "clock" | "log">): LacksNews {
  /** What each desk's chat was at the last look that Telegram answered. */
  const seen = new Map<DeskId, string>();
  // One after the other: each look is then newer than what the one before it kept.
  let looking: Promise<unknown> = Promise.resolve();

  async function lookAgain(ctx: BotContext, desk: TelegramDesk, chat: Chat): Promise<void> {
    if ((await memory.lacksOf(desk.id)).length === 0) return;
    looking = looking.catch(() => undefined).then(() => look(ctx, desk, chat));
    watch(log, "look at what the bot lacks", looking);
  }

  async function look(ctx: BotContext, desk: TelegramDesk, chat: Chat): Promise<void> {
    const lacks = await findLacks({ ctx, clock }, chat, desk.settings.layout);
    if (!lacks || desk.chatId() !== String(chat.id)) return void seen.delete(desk.id);
    if (!(await memory.keepLacks(desk.id, lacks))) return;
    log.info({ desk: desk.id, lacks }, "what the bot lacks in a chat changed");
    desk.tell(renderLacks({ desk, chat, lacks, bot: ctx.me.username }));
  }

  return {
    lookAgain,
    async sawChat(ctx, desk, chat) {
      const now = `${chat.id}/${hasTopics(chat)}`;
      if (seen.get(desk.id) === now) return;
      seen.set(desk.id, now);
      await lookAgain(ctx, desk, chat);
    },
  };
}
