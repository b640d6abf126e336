import { Composer } from "grammy";
import { hasTopics } from "../chat/lacks.ts";
import { createLacksNews } from "../chat/lacks-news.ts";
import type { BotContext, Handling } from "../context.ts";

/**
 * Follows a desk's group when it becomes a supergroup (told twice, once on each side of the move; either is enough), when its
 * topics are switched on or off, and when the bot's place in it changes.
 */
export function createMovesComposer(deps: Handling): Composer<BotContext> {
  const { bridge, desks, log } = deps;
  const composer = new Composer<BotContext>();
  const news = createLacksNews(deps);

  async function follow(from: number, to: number): Promise<void> {
    const desk = desks.byChat(String(from));
    if (!desk) return;
    await desk.moveTo(String(to));
    log.info({ desk: desk.id }, "group migrated");
    bridge.wake(desk.id);
  }

  composer.use(async (ctx, next) => {
    const { chat } = ctx;
    const desk = chat && desks.byChat(String(chat.id));
    if (desk) {
      desk.refresh(hasTopics(chat));
      await news.sawChat(ctx, desk, chat);
    }
    return next();
  });
  composer.on("message:migrate_to_chat_id", (ctx) => follow(ctx.chat.id, ctx.message.migrate_to_chat_id));
  composer.on("message:migrate_from_chat_id", (ctx) => follow(ctx.message.migrate_from_chat_id, ctx.chat.id));
  composer.on("my_chat_member", async (ctx) => {
    const desk = desks.byChat(String(ctx.chat.id));
    const { old_chat_member: before, new_chat_member: now } = ctx.myChatMember;
    log.info({ desk: desk?.id, status: now.status }, "bot's place in a chat changed");
    if (!desk) return;
    desk.refresh();
    bridge.wake(desk.id);
    // Whoever is out cannot say so, and one that reads everything misses nothing.
    const isStillIn = now.status === "member" || now.status === "restricted";
    if (before.status === "administrator" && isStillIn && !ctx.me.can_read_all_group_messages) {
      return desk.tell({ text: desk.texts.say("notice-demoted") });
    }
    await news.lookAgain(ctx, desk, ctx.chat);
  });
  return composer;
}
