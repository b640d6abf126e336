import { Composer } from "grammy";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { meantText } from "../drafts.ts";
import { isMedia } from "../message.ts";
import { findTarget } from "../targets.ts";

const albumMs = 60 * 60_000;

/** Pictures, voice, files and the like where a text would have been an SMS: one short answer, one for a whole album, and nothing is sent. */
export function createMediaComposer({ bridge, memory }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();

  composer.on("message", async (ctx, next) => {
    const { message } = ctx;
    if (!isMedia(message)) return next();
    const { desk } = ctx.scene;
    const caption = message.caption ?? "";
    // Whoever put a command there counts on it.
    if (!message.forward_origin && parseSlash(caption, ctx.me.username)?.kind === "command") {
      return answer(ctx, { text: desk.texts.say("media-command-refused") });
    }
    // Without a caption there is no dot to look for: a picture in a customer's topic is meant for the customer.
    const sends = desk.settings.sends === "prefix" && caption === "" ? "all" : desk.settings.sends;
    if (meantText(sends, { message, text: caption || "-", bot: ctx.me.id }) === undefined) return;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    if (target.kind === "elsewhere" && message.chat.type !== "private") return;
    const album = message.media_group_id;
    if (album !== undefined && !(await memory.isFirst(`album/${message.chat.id}/${album}`, albumMs))) return;
    const refusal = caption === "" && album === undefined ? "media-refused" : "media-caption-refused";
    const key = target.kind === "thread" || target.kind === "elsewhere" ? refusal : target.kind;
    await answer(ctx, { text: desk.texts.say(key) });
  });

  return composer;
}
