import { Composer } from "grammy";
import type { BotContext, Handling } from "../context.ts";

/** Follows a desk's group when it becomes a supergroup. Told twice, once on each side of the move; either is enough. */
export function createMovesComposer({ bridge, desks, log }: Handling): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  async function follow(from: number, to: number): Promise<void> {
    const desk = desks.byChat(String(from));
    if (!desk) return;
    await desk.moveTo(String(to));
    log.info({ desk: desk.id }, "group migrated");
    bridge.wake(desk.id);
  }

  composer.on("message:migrate_to_chat_id", (ctx) => follow(ctx.chat.id, ctx.message.migrate_to_chat_id));
  composer.on("message:migrate_from_chat_id", (ctx) => follow(ctx.message.migrate_from_chat_id, ctx.chat.id));
  composer.on("my_chat_member", (ctx) => {
    const desk = desks.byChat(String(ctx.chat.id));
    log.info({ desk: desk?.id, status: ctx.myChatMember.new_chat_member.status }, "bot's place in a chat changed");
    if (desk) bridge.wake(desk.id);
  });
  return composer;
}
