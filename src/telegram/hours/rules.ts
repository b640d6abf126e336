import { cleanText } from "../../core/model/text.ts";
import type { DeskRules } from "../../core/registry.ts";
import type { DeskConfig } from "../config.ts";
import { withoutDirection } from "../texts/direction.ts";
import { openPhrases } from "../texts/i18n.ts";
import { deskHours } from "./config.ts";
import { createNextSpelling } from "./spell-next.ts";

type Opens = Pick<DeskConfig, "hours" | "holidays" | "away">;

/** When a desk is open, and what customers are told while it is not. */
export function openingRules(desk: Opens | undefined, timeZone: string): Pick<DeskRules, "hours" | "away"> {
  const hours = desk && deskHours(desk, timeZone);
  return {
    ...(hours ? { hours } : {}),
    ...(desk?.away ? { away: awayOf(desk.away, timeZone) } : {}),
  };
}

/**
 * What customers are told while a desk is closed. `{opens}` becomes a time in the language of the text, whatever the operators'
 * language is.
 */
export function awayOf(
  { text, everySeconds }: NonNullable<Opens["away"]>,
  timeZone: string,
): NonNullable<DeskRules["away"]> {
  const phrases = openPhrases(/[\u0600-\u06ff]/.test(text) ? "fa" : "en");
  const spellNext = createNextSpelling(phrases, timeZone);
  return {
    everyMs: 1000 * everySeconds,
    textAt(now, opensAt) {
      const opens = opensAt === undefined ? phrases.say("next-unknown") : spellNext(opensAt, now);
      // The marks that keep a screen in order cost letters in an SMS, and phones show them as boxes.
      return cleanText(text.replaceAll("{opens}", withoutDirection(opens)));
    },
  };
}
