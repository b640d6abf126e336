import { createRule } from "../../core/model/rule.ts";
import { createWallClock } from "../../core/model/zone.ts";
import type { DigestTimes } from "../../core/notices/digests.ts";
import type { DeskRules } from "../../core/registry.ts";
import { dailyAt } from "../../support/daily.ts";
import { openingRules } from "../hours/rules.ts";
import type { TelegramDesk } from "../types.ts";
import type { SettingChanges } from "./desk-settings.ts";

/** When a desk without a digest hears what its rules have dropped. */
const tellDropsAt = "20:00";

/**
 * What core holds to at a desk: its settings in core's units, and the texts of its language that go to customers. Each is asked of
 * the desk whenever core asks, for settings change while the bridge runs; what no button changes is made once.
 */
export function desksRules(
  {
    settings,
    texts,
    changes,
  }: Pick<TelegramDesk, "settings" | "texts"> & { readonly changes: Pick<SettingChanges, "of"> },
  timeZone: string,
): DeskRules {
  let daily: { readonly at: string; readonly times: ReturnType<typeof dailyAt> } | undefined;
  const opening = openingRules(settings, timeZone);

  function timesOf(at: string): DigestTimes {
    if (daily?.at !== at) daily = { at, times: dailyAt(at, timeZone) };
    return { ...daily.times, from: changes.of("digestAt")?.at ?? 0 };
  }

  return {
    line: settings.line,
    get giveUpMs() {
      return 1000 * settings.giveUpSeconds;
    },
    get collisionMs() {
      return 1000 * settings.collisionSeconds;
    },
    get undoMs() {
      return 1000 * settings.undoSeconds;
    },
    get maxParts() {
      return settings.maxParts;
    },
    get followUp() {
      return {
        reminderMs: settings.reminderSeconds.map((seconds) => 1000 * seconds),
        hasChiefs: settings.chiefs.length > 0,
        closeAfterMs: 1000 * settings.closeAfterSeconds,
        ...(opening.hours ? { hours: opening.hours } : {}),
      };
    },
    rules: settings.rules.map(createRule),
    get dropTimes() {
      return timesOf(settings.digestAt ?? tellDropsAt);
    },
    ...opening,
    get digestTimes() {
      return settings.digestAt === undefined ? undefined : timesOf(settings.digestAt);
    },
    wallClock: createWallClock(timeZone),
    get confirmations() {
      return { out: texts.say("sms-opted-out"), back: texts.say("sms-returned") };
    },
  };
}
