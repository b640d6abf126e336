import type { DeskRules } from "../core/registry.ts";
import { dailyAt } from "../support/daily.ts";
import type { DeskConfig } from "./config.ts";
import { openingRules } from "./hours/rules.ts";
import type { TelegramDesk } from "./types.ts";

/** What core holds to at a desk: its configuration in core's units, and the texts of its language that go to customers. */
export function desksRules({ settings, texts }: TelegramDesk, desk: DeskConfig, timeZone: string): DeskRules {
  const { giveUpSeconds, collisionSeconds, maxParts, reminderSeconds, chiefs, closeAfterSeconds, digestAt } = desk;
  const opening = openingRules(desk, timeZone);
  return {
    line: settings.line,
    giveUpMs: 1000 * giveUpSeconds,
    collisionMs: 1000 * collisionSeconds,
    undoMs: 1000 * settings.undoSeconds,
    maxParts,
    followUp: {
      reminderMs: reminderSeconds.map((seconds) => 1000 * seconds),
      hasChiefs: chiefs.length > 0,
      closeAfterMs: 1000 * closeAfterSeconds,
      ...(opening.hours ? { hours: opening.hours } : {}),
    },
    ...opening,
    ...(digestAt === undefined ? {} : { digestTimes: dailyAt(digestAt, timeZone) }),
    confirmations: { out: texts.say("sms-opted-out"), back: texts.say("sms-returned") },
  };
}
