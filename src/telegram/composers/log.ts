import { Composer } from "grammy";
import { midnightBefore } from "../../core/model/zone.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { renderLog } from "../journal/render-log.ts";
import { findTarget } from "../targets.ts";
import { isCommand } from "./on-command.ts";

const mostLines = 15;

/** `/log`: who did what last in this thread, or in General today at this desk. */
export function createLogComposer({ bridge, clock, timeZone, spellTime }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("log"), async (ctx) => {
    const { message } = ctx;
    const { desk } = ctx.scene;
    if (!message) return;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    const namesThread = target.kind !== "thread";
    const deeds =
      target.kind === "thread"
        ? await bridge.journal.ofThread(target.thread, mostLines)
        : await bridge.journal.ofDesk(desk.id, midnightBefore(clock.now(), timeZone), mostLines);
    await answer(ctx, renderLog(desk.texts, deeds, { namesThread, spellTime: spellTime[desk.texts.language] }));
  });
  return composer;
}
