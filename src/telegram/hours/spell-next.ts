import { startOfDay, wallAt } from "../../core/model/zone.ts";
import type { Phrases } from "../texts/i18n.ts";

const dayMs = 86_400_000;

/**
 * A moment that comes soon, as people say it: «امروز ساعت ۱۶», `tomorrow at 9:00`, `on Saturday at 9:00`, and after six days with its
 * date, in the calendar and the digits of the language. Fit to stand within a sentence.
 */
export function createNextSpelling(phrases: Phrases, timeZone: string): (at: number, now: number) => string {
  const isPersian = phrases.language === "fa";
  const locale = isPersian ? "fa-IR-u-ca-persian" : "en-GB";
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: "long" });
  const date = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long" });
  const digits = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 1 });
  const twoDigits = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 2 });

  function clockOf(at: number): string {
    const wall = new Date(wallAt(at, timeZone));
    const [hour, minute] = [wall.getUTCHours(), wall.getUTCMinutes()];
    return minute === 0 && isPersian ? digits.format(hour) : `${digits.format(hour)}:${twoDigits.format(minute)}`;
  }

  return (at, now) => {
    const [then, today] = [at, now].map((moment) => startOfDay(wallAt(moment, timeZone)));
    const days = ((then ?? 0) - (today ?? 0)) / dayMs;
    const time = clockOf(at);
    if (days <= 0) return phrases.say("next-today", { time });
    if (days === 1) return phrases.say("next-tomorrow", { time });
    if (days < 7) return phrases.say("next-weekday", { time, day: weekday.format(at) });
    return phrases.say("next-date", { time, day: date.format(at) });
  };
}
