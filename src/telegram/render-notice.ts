import { spellNumber } from "../core/model/phone.ts";
import type { Notice } from "../core/ports/desk.ts";
import type { Words } from "./i18n.ts";
import { shortVendor } from "./render-mark.ts";
import type { Rendered } from "./types.ts";

/** News of the bridge itself, in words. */
export function renderNotice(words: Words, notice: Notice): Rendered {
  return { text: sentences(words, notice).join("\n") };
}

function sentences(phrases: Words, notice: Notice): string[] {
  switch (notice.kind) {
    case "provider-down": {
      const reason = phrases.say(`failure-${notice.code}`);
      const advice = `advice-${notice.code}`;
      return [
        phrases.say("notice-provider-down", { provider: notice.provider, reason }),
        ...(phrases.has(advice) ? [phrases.say(advice)] : []),
        ...(notice.vendor ? [phrases.say("mark-vendor", { vendor: shortVendor(notice.vendor) })] : []),
        phrases.say("notice-provider-down-wait"),
      ];
    }
    case "provider-up":
      return [phrases.say("notice-provider-up", { provider: notice.provider })];
    case "unreadable":
      return [phrases.say("notice-unreadable", { provider: notice.provider })];
    case "hidden-sms":
      return [phrases.say("notice-hidden-sms", { provider: notice.provider, count: notice.count })];
    case "damaged":
      return [phrases.say("notice-damaged")];
    case "restored":
      return [
        phrases.say("notice-restored", { time: phrases.spellTime(notice.copiedAt) }),
        phrases.say("notice-restored-sms"),
        phrases.say("notice-restored-topics"),
      ];
    case "skipped-backlog":
      return [phrases.say("notice-skipped-backlog", { line: spellNumber(notice.line), count: notice.count })];
  }
}
