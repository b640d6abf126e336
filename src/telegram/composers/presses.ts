import { Composer } from "grammy";
import { createBulkPresses, parseBulkPress } from "../bulk-press.ts";
import { parseCannedPress } from "../canned-press.ts";
import { createCannedPresses } from "../canned-presses.ts";
import { parseCardPress } from "../card-press.ts";
import { createCardPresses } from "../card-presses.ts";
import type { BotContext, Handling } from "../context.ts";
import { parseForgetPress } from "../forget-press.ts";
import { createForgetPresses } from "../forget-presses.ts";
import { createMarkPresses } from "../mark-presses.ts";
import { createOptOutPresses, parseOptOutPress } from "../opt-out-press.ts";
import { parsePress } from "../press.ts";
import { createPressReader, type Pressing } from "../pressing.ts";
import { parseTemplatePress } from "../template-press.ts";
import { createTemplatePresses } from "../template-presses.ts";
import { parseTimePress } from "../time-press.ts";
import { createTimePresses } from "../time-presses.ts";

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
