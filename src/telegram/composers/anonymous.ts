import type { Message } from "grammy/types";
import { parseSlash } from "../commands.ts";
import { answerIn, type BotContext, type Handling } from "../context.ts";
import { meantText } from "../drafts.ts";
import { findTarget } from "../targets.ts";
import type { TelegramDesk } from "../types.ts";

/** An administrator who writes anonymously, where only people on a list may send, is told why nothing happens. */
export async function refuseAnonymous(
  deps: Pick<Handling, "bridge">,
  ctx: BotContext,
  at: { desk: TelegramDesk; message: Message },
): Promise<void> {
  const { desk, message } = at;
  if (ctx.message?.text === undefined) return;
  const text = message.text ?? "";
  const isCommand = parseSlash(text, ctx.me.username)?.kind === "command";
  if (!isCommand && meantText(desk.settings.sends, { message, text, bot: ctx.me.id }) === undefined) return;
  const target = await findTarget({ bridge: deps.bridge, desk, bot: ctx.me.id }, message);
  // What administrators say to each other elsewhere is not for us.
  if (!isCommand && target.kind === "elsewhere") return;
  await answerIn(desk, message, { text: desk.texts.say("anonymous-refused") });
}
