import { Composer } from "grammy";
import { type CommandName, commandsOf } from "../commands.ts";
import { answer, type DeskContext, type Handling } from "../context.ts";
import { layoutSeen } from "../message.ts";
import type { Rendered, Texts } from "../types.ts";
import { isCommand } from "./on-command.ts";

/** `/start` and `/help`: how to answer here, what the signs mean, and the commands that can be served. */
export function createHelpComposer(deps: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.filter(isCommand("start"), (ctx) => answer(ctx, guide(ctx, true)));
  composer.filter(isCommand("help"), (ctx) => answer(ctx, guide(ctx, false)));

  function guide(ctx: DeskContext, greets: boolean): Rendered {
    const { desk } = ctx.scene;
    const { texts, settings } = desk;
    const layout = ctx.chat ? layoutSeen(desk, ctx.chat) : "replies";
    const how = settings.sends === "all" ? `help-sends-all-${layout}` : `help-sends-${settings.sends}`;
    const lines = [
      ...(greets ? [texts.say("start")] : []),
      texts.say(`help-${layout}`),
      texts.say(how),
      texts.say("help-note"),
      "",
      texts.say(settings.ticks === "reaction" ? "help-reactions" : "help-signs"),
      "",
      texts.say("help-commands"),
      ...commandsOf(deps, desk).map((name) => commandLine(texts, name)),
    ];
    return { text: lines.join("\n") };
  }

  return composer;
}

function commandLine(texts: Texts, name: CommandName): string {
  return texts.say("help-command", { command: `/${name}`, does: texts.say(`command-${name}`) });
}
