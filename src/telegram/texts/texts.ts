import type { Conversation } from "../../core/model/conversation.ts";
import type { MarkSign } from "../../core/model/mark.ts";
import { isTelephone, type Peer } from "../../core/model/phone.ts";
import { renderActions, renderCard, renderCustomer } from "../cards/render.ts";
import { createNextSpelling } from "../hours/spell-next.ts";
import { renderMark } from "../marks/render.ts";
import { drawDigestChart } from "../notices/chart/digest-chart.ts";
import { renderNotice } from "../notices/render-notice.ts";
import { renderReminder, renderReminders } from "../notices/render-reminder.ts";
import { renderCodes } from "../posts/render-codes.ts";
import { renderEcho } from "../posts/render-echo.ts";
import { renderPost } from "../posts/render-post.ts";
import type { DeskSettings, Language, Texts } from "../types.ts";
import { renderLater } from "../when/render.ts";
import { suggestTimes } from "../when/suggest.ts";
import { withoutDirection } from "./direction.ts";
import { commaOf, openPhrases, type Times, type Words } from "./i18n.ts";
import { spellPeer } from "./spell-peer.ts";

// Only emoji that Telegram lets a bot set as a reaction (DESIGN 1.4).
const reactions: Readonly<Record<MarkSign, string | undefined>> = {
  waiting: "👀",
  sent: "✍",
  delivered: "👍",
  partly: "👌",
  failed: "👎",
  uncertain: "🤔",
  expired: "😴",
  cancelled: undefined,
};
const longestTopicName = 128;

export interface TextsOptions {
  /** The desk's rule for what becomes an SMS, read whenever a card is made. Default `all`. */
  readonly settings?: { readonly sends: DeskSettings["sends"] };
  /** IANA name, of the times that people see. Default `Asia/Tehran`, as in the configuration. */
  readonly timeZone?: string;
  /** Whether marks must tell from which line an SMS leaves. Default `false`. */
  readonly hasSeveralLines?: boolean;
}

/** Every sentence and sign that operators see, in one language. Reads the locale file, so it throws when that is missing. */
export function createTexts(language: Language, options: TextsOptions = {}): Texts {
  const { settings = { sends: "all" }, timeZone = "Asia/Tehran", hasSeveralLines = false } = options;
  const phrases = openPhrases(language);
  const words: Words = {
    ...phrases,
    ...createTimeSpelling(language, timeZone),
    spellNext: createNextSpelling(phrases, timeZone),
    suggestTimes: (now) => suggestTimes(now, timeZone),
  };
  const topicName = ({ peer, name }: Pick<Conversation, "peer" | "name">) => {
    const number = unbroken(peer, spellPeer(phrases, peer));
    return cut(name === undefined ? number : `${withoutDirection(name)} · ${number}`);
  };
  return {
    language,
    topicName,
    card: (conversation) => renderCard(words, settings.sends, conversation),
    customer: (conversation) => renderCustomer(words, conversation),
    actions: (conversation, asks) => renderActions(words, conversation, asks),
    post: (sms, facts) => renderPost(words, sms, facts),
    codes: (sms) => renderCodes(words, sms),
    mark: (message, { isAlone = false, now = message.at } = {}) =>
      renderMark(words, message, { now, tellsLine: hasSeveralLines, ...(isAlone ? { to: topicName(message) } : {}) }),
    echo: (message) => renderEcho(words, message),
    later: (waiting, facts) => renderLater(words, waiting, { ...facts, nameOf: topicName }),
    reaction: (sign) => reactions[sign],
    notice: (notice) => renderNotice(words, notice),
    chart: (digest) => drawDigestChart(words, digest),
    reminder: (reminder, now) => renderReminder(words, reminder, now),
    reminders: (reminders, list) => renderReminders(words, reminders, list),
    spellDay: words.spellDay,
    say: phrases.say,
  };
}

/** Moments for people: `1 آذر، 14:05` in the digits and the calendar of the language, and `14:05`. */
export function createTimeSpelling(language: Language, timeZone: string): Omit<Times, "spellNext" | "suggestTimes"> {
  const locale = language === "fa" ? "fa-IR-u-ca-persian" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long" });
  const dayOfYear = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long", year: "numeric" });
  const year = new Intl.DateTimeFormat(locale, { timeZone, year: "numeric" });
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: "long" });
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  function spellTime(at: number, seenAt = at): string {
    const date = year.format(at) === year.format(seenAt) ? day : dayOfYear;
    return `${date.format(at)}${commaOf(language)}${time.format(at)}`;
  }
  return {
    spellTime,
    spellDate: (at) => day.format(at),
    spellWeekday: (at) => weekday.format(at),
    spellDay: (at, seenAt) => `${weekday.format(at)} ${spellTime(at, seenAt)}`,
    spellClock: (at, beside) =>
      dayOfYear.format(at) === dayOfYear.format(beside) ? time.format(at) : spellTime(at, beside),
  };
}

/**
 * A number in one piece: in right-to-left text its groups would stand in the opposite order. A name of a topic is plain and
 * may be copied, so no isolate does it, but a no-break space, which leaves digits in their order (Unicode bidi class CS).
 */
function unbroken(peer: Peer, spelled: string): string {
  return isTelephone(peer) ? spelled.replaceAll(" ", "\u00a0") : spelled;
}

function cut(name: string): string {
  const letters = [...name];
  let length = 0;
  const kept = letters.filter((letter) => {
    length += letter.length;
    return length <= longestTopicName;
  });
  return kept.join("");
}
