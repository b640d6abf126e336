import { spellNumber } from "../../core/model/phone.ts";
import type { Notice } from "../../core/ports/desk.ts";
import { shortVendor } from "../marks/render.ts";
import type { Words } from "../texts/i18n.ts";
import { spellDays, spellDuration } from "../texts/spell-duration.ts";
import { spellPeer } from "../texts/spell-peer.ts";
import type { Rendered } from "../types.ts";
import { linesOfDigest } from "./render-digest.ts";

/** News of the bridge itself, in words. */
export function renderNotice(words: Words, notice: Notice): Rendered {
  return { text: sentences(words, notice).join("\n") };
}

function sentences(words: Words, notice: Notice): string[] {
  switch (notice.kind) {
    case "provider-down": {
      const reason = words.say(`failure-${notice.code}`);
      const advice = `advice-${notice.code}`;
      return [
        words.say("notice-provider-down", { provider: notice.provider, reason }),
        ...(words.has(advice) ? [words.say(advice)] : []),
        ...(notice.vendor ? [words.say("mark-vendor", { vendor: shortVendor(notice.vendor) })] : []),
        words.say("notice-provider-down-wait"),
      ];
    }
    case "provider-up":
      return [words.say("notice-provider-up", { provider: notice.provider })];
    case "unreadable":
      return [words.say("notice-unreadable", { provider: notice.provider })];
    case "hidden-sms":
      return [words.say("notice-hidden-sms", { provider: notice.provider, count: notice.count })];
    case "damaged":
      return [words.say("notice-damaged")];
    case "restored":
      return [
        words.say("notice-restored", { time: words.spellTime(notice.copiedAt) }),
        words.say("notice-restored-sms"),
        words.say("notice-restored-topics"),
      ];
    case "dropped":
      return [
        words.say("notice-dropped", { count: notice.count, time: words.spellTime(notice.since) }),
        ...notice.senders.map(({ peer, count }) =>
          words.say("notice-dropped-of", { number: spellPeer(words, peer), count }),
        ),
      ];
    case "digest":
      return linesOfDigest(words, notice);
    case "low-credit": {
      const { provider, unit, amount, daysLeft = 0 } = notice.credit;
      const head = amount <= 0 ? "none" : "day";
      return [
        amount > 0 && daysLeft >= 1
          ? words.say("notice-low-credit", { provider, duration: spellDays(words, daysLeft) })
          : words.say(`notice-low-credit-${head}`, { provider }),
        words.say(`credit-${unit}`, { provider, amount }),
        words.say("advice-no-credit"),
      ];
    }
    case "silent-line": {
      const { line, provider, isPushed, silentMs, usualMs } = notice;
      const duration = spellDuration(words, silentMs);
      return [
        words.say("notice-silent-line", { line: spellNumber(line), duration, usual: spellDuration(words, usualMs) }),
        words.say(`notice-silent-line-${isPushed ? "push" : "poll"}`, { provider }),
      ];
    }
    case "forgotten":
      return [
        words.say("notice-forgotten", { count: notice.count }),
        ...(notice.erased === "gone" ? [] : [words.say(`notice-forgotten-${notice.erased}`)]),
      ];
    case "skipped-backlog":
      return [words.say("notice-skipped-backlog", { line: spellNumber(notice.line), count: notice.count })];
  }
}
