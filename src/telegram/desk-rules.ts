import type { DigestTimes } from "../core/digests.ts";
import type { DeskRules } from "../core/registry.ts";
import { dailyAt } from "../support/daily.ts";
import type { TelegramDesk } from "./types.ts";

/**
 * What core holds to at a desk: its settings in core's units, and the texts of its language that go to customers. Each is asked of
 * the desk whenever core asks, for settings change while the bridge runs.
 */
export function desksRules({ settings, texts, changes }: TelegramDesk, timeZone: string): DeskRules {
  let digest: { readonly at: string; readonly times: ReturnType<typeof dailyAt> } | undefined;

  function digestTimes(at: string): DigestTimes {
    if (digest?.at !== at) digest = { at, times: dailyAt(at, timeZone) };
    return { ...digest.times, from: changes.of("digestAt")?.at ?? 0 };
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
      };
    },
    get digestTimes() {
      return settings.digestAt === undefined ? undefined : digestTimes(settings.digestAt);
    },
    get confirmations() {
      return { out: texts.say("sms-opted-out"), back: texts.say("sms-returned") };
    },
  };
}
