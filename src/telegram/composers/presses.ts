import { Composer } from "grammy";
import { createBulkPresses, parseBulkPress } from "../bulk/press.ts";
import { parseCannedPress } from "../canned/press.ts";
import { createCannedPresses } from "../canned/presses.ts";
import { parseCardPress } from "../cards/press.ts";
import { createCardPresses } from "../cards/presses.ts";
import type { BotContext, Handling } from "../context.ts";
import { parseForgetPress } from "../journal/forget-press.ts";
import { createForgetPresses } from "../journal/forget-presses.ts";
import { parsePress } from "../marks/press.ts";
import { createMarkPresses } from "../marks/presses.ts";
import { createOptOutPresses, parseOptOutPress } from "../posts/opt-out-press.ts";
import { createPressReader, type Pressing } from "../pressing.ts";
import { parseTemplatePress } from "../templates/press.ts";
import { createTemplatePresses } from "../templates/presses.ts";
import { parseTimePress } from "../when/press.ts";
import { createTimePresses } from "../when/presses.ts";

/** Takes a press whose data is of its kind; `undefined`: it is of another one. */
type Kind = (pressing: Pressing, data: string | undefined) => Promise<void> | undefined;

/** Buttons of operators, each of one kind, which the first letters of its data tell. */
export function createPressesComposer(handling: Handling): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const readPress = createPressReader(handling);
  const kinds: readonly Kind[] = [
    kindOf(parsePress, createMarkPresses(handling)),
    kindOf(parseCardPress, createCardPresses(handling)),
    kindOf(parseTimePress, createTimePresses(handling)),
    kindOf(parseCannedPress, createCannedPresses(handling)),
    kindOf(parseTemplatePress, createTemplatePresses(handling)),
    kindOf(parseOptOutPress, createOptOutPresses(handling)),
    kindOf(parseBulkPress, createBulkPresses(handling)),
    kindOf(parseForgetPress, createForgetPresses(handling)),
  ];

  composer.on("callback_query", async (ctx) => {
    const pressing = await readPress(ctx);
    if (!pressing) return;
    for (const kind of kinds) {
      const taken = kind(pressing, ctx.callbackQuery.data);
      if (taken) return taken;
    }
    pressing.say(pressing.desk.texts.say("press-unknown"), true);
  });

  return composer;
}

function kindOf<T>(
  parse: (data: string | undefined) => T | undefined,
  press: (pressing: Pressing, what: T) => Promise<void>,
): Kind {
  return (pressing, data) => {
    const what = parse(data);
    return what === undefined ? undefined : press(pressing, what);
  };
}
