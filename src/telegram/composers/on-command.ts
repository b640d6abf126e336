import type { Composer } from "grammy";
import { parseSlash } from "../commands.ts";
import { answer, type DeskContext } from "../context.ts";

/** Whether a new message is this command, addressed to us, in the operator's own words: a forward commands nothing. */
export function isCommand(name: string): (ctx: DeskContext) => boolean {
  return (ctx) => commandOf(ctx)?.name === name;
}

/** What stands after the command. */
export function argsOf(ctx: DeskContext): string {
  return commandOf(ctx)?.args ?? "";
}

/** The end of every text that begins with `/`: notes and other bots' commands are silent, a mistyped one is answered. */
export function refuseOtherCommands(composer: Composer<DeskContext>): void {
  composer.on("message:text", async (ctx, next) => {
    if (!ctx.scene.text.startsWith("/")) await next();
    else if (commandOf(ctx)) await answer(ctx, { text: ctx.scene.desk.texts.say("command-unknown") });
  });
}

function commandOf(ctx: DeskContext): { name: string; args: string } | undefined {
  if (ctx.message?.text === undefined || ctx.message.forward_origin) return undefined;
  const slash = parseSlash(ctx.scene.text, ctx.me.username);
  return slash?.kind === "command" ? slash : undefined;
}
