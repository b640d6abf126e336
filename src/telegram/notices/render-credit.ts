import type { CreditOutlook } from "../../core/model/credit-pace.ts";
import type { Words } from "../texts/i18n.ts";
import { spellDays } from "../texts/spell-duration.ts";

/** A panel's credit, with how long it lasts where that is known. */
export function spellCredit(words: Pick<Words, "say">, { provider, unit, amount, daysLeft }: CreditOutlook): string {
  const credit = words.say(`credit-${unit}`, { provider, amount });
  if (daysLeft === undefined || amount <= 0) return credit;
  if (daysLeft < 1) return words.say("credit-lasts-day", { credit });
  return words.say("credit-lasts", { credit, duration: spellDays(words, daysLeft) });
}
