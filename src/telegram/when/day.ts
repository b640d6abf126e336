import { calendarOf } from "../../core/model/calendar.ts";
import { dayOf, startOfDay, type Wall, yearOf } from "../../core/model/zone.ts";
import { type Found, isWord, phraseAt, type Written, whole, wholePhraseAt } from "./tokens.ts";
import { type DayPart, dayWords, type Month, months, nextWeeks, nextWords, ordinals, weekdays } from "./words.ts";

/** A day as it is written. */
export type Day =
  | { readonly kind: "shift"; readonly shift: number; readonly part?: DayPart }
  | { readonly kind: "weekday"; readonly weekday: number; readonly which: "coming" | "next" }
  /** Of the week after this one, which begins on `begins`. */
  | { readonly kind: "next-week"; readonly weekday?: number; readonly begins: number }
  | { readonly kind: "date"; readonly of: Month; readonly day: number; readonly year?: number }
  /** Numbers of which nobody can tell the day from the month, or the century. */
  | { readonly kind: "date-unclear" };

export type DayProblem = "day-impossible" | "date-unclear" | "weekday-today" | "weekday-twice" | "no-weekday" | "past";

const dayMs = 86_400_000;
/** A date without a year that was less than this ago is more likely a slip than one of the next year. */
const slipMs = 183 * dayMs;

export function dayAt(written: Written, at: number): Found<Day> | undefined {
  const word = wholePhraseAt(written, at, dayWords);
  if (word) return { value: { kind: "shift", ...word.value }, next: word.next };
  return weekdayAt(written, at) ?? dateAt(written, at);
}

function weekdayAt(written: Written, at: number): Found<Day> | undefined {
  const week = wholePhraseAt(written, at, nextWeeks);
  if (week) {
    const after = isWord(written, week.next, "on", "روز") ? week.next + 1 : week.next;
    const weekday = wholePhraseAt(written, after, weekdays);
    const begins = week.value;
    if (weekday) return { value: { kind: "next-week", weekday: weekday.value, begins }, next: weekday.next };
    return { value: { kind: "next-week", begins }, next: week.next };
  }
  const isNext = isWord(written, at, "next");
  const found = wholePhraseAt(written, isNext ? at + 1 : at, weekdays) ?? gluedWeekdayAt(written, at);
  if (!found) return undefined;
  const { value: weekday, next } = found;
  if (isNext) return { value: { kind: "weekday", weekday, which: "next" }, next };
  const itsWeek = wholePhraseAt(written, next, nextWeeks);
  if (itsWeek) return { value: { kind: "next-week", weekday, begins: itsWeek.value }, next: itsWeek.next };
  const isAfternoon = isWord(written, next, "بعد") && isWord(written, next + 1, "از");
  const after = isAfternoon ? undefined : wholePhraseAt(written, next, nextWords);
  return after
    ? { value: { kind: "weekday", weekday, which: "next" }, next: after.next }
    : { value: { kind: "weekday", weekday, which: "coming" }, next };
}

/** «۵شنبه», in one piece: with a space it is five o'clock on Saturday. */
function gluedWeekdayAt(written: Written, at: number): Found<number> | undefined {
  const [digit, name] = written.tokens.slice(at, at + 2);
  const isGlued = digit && name && (digit.end === name.start || name.isJoined);
  const weekday = isGlued ? weekdays.get(digit.text + name.text) : undefined;
  return weekday === undefined ? undefined : whole(written, { value: weekday, next: at + 2 });
}

function dateAt(written: Written, at: number): Found<Day> | undefined {
  return numericDateAt(written, at) ?? namedDateAt(written, at);
}

function numericDateAt(written: Written, at: number): Found<Day> | undefined {
  const text = written.tokens[at]?.text ?? "";
  const [, year, , month, day] = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? [];
  const calendar = calendarOf(Number(year));
  if (calendar) {
    const of = { calendar, month: Number(month) };
    return whole(written, { value: { kind: "date", of, day: Number(day), year: Number(year) }, next: at + 1 });
  }
  const isDate = /^\d+([-/.])\d+(\1\d+)?$/.test(text);
  return isDate ? { value: { kind: "date-unclear" }, next: at + 1 } : undefined;
}

/** `۱۲ آذر ۱۴۰۵`, `3rd of December`, `Dec 3`. */
function namedDateAt(written: Written, at: number): Found<Day> | undefined {
  const day = numberOfDay(written, at);
  const name = phraseAt(written, day ? (isWord(written, day.next, "of") ? day.next + 1 : day.next) : at, months);
  const number = day ?? (name && numberOfDay(written, name.next));
  if (!name || !number) return undefined;
  const next = Math.max(name.next, number.next);
  const comma = isWord(written, next, ",", "،") ? next + 1 : next;
  const year = /^\d{4}$/.exec(written.tokens[comma]?.text ?? "")?.[0];
  const value: Day = { kind: "date", of: name.value, day: number.value };
  if (year === undefined) return whole(written, { value, next });
  return whole(written, { value: { ...value, year: Number(year) }, next: comma + 1 });
}

function numberOfDay(written: Written, at: number): Found<number> | undefined {
  const text = written.tokens[at]?.text ?? "";
  if (!/^\d{1,2}$/.test(text)) return phraseAt(written, at, ordinals);
  const next = isWord(written, at + 1, "st", "nd", "rd", "th", "م", "ام", "ُم") ? at + 2 : at + 1;
  return { value: Number(text), next };
}

/** The start of the day that is meant, on the wall clock `now`. */
export function startOf(day: Day, now: Wall): Wall | DayProblem {
  const today = startOfDay(now);
  switch (day.kind) {
    case "shift":
      return day.shift < 0 ? "past" : today + day.shift * dayMs;
    case "weekday":
      return startOfWeekday(day.weekday, day.which, today);
    case "next-week":
      if (day.weekday === undefined) return "no-weekday";
      return inNextWeek(day.weekday, day.begins, today);
    case "date-unclear":
      return "date-unclear";
    case "date":
      return day.year === undefined ? startWithoutYear(day, today) : startInYear(day, day.year);
  }
}

function startOfWeekday(weekday: number, which: "coming" | "next", today: Wall): Wall | DayProblem {
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
  if (which === "coming") return ahead === 0 ? "weekday-today" : today + ahead * dayMs;
  if (ahead === 0) return today + 7 * dayMs;
  // "Next Monday", said on a Saturday, is the day after tomorrow to some and in nine days to others.
  const coming = today + ahead * dayMs;
  return inNextWeek(weekday, 6, today) === coming ? coming : "weekday-twice";
}

function inNextWeek(weekday: number, begins: number, today: Wall): Wall {
  const sinceBegin = (new Date(today).getUTCDay() - begins + 7) % 7;
  return today + (7 - sinceBegin + ((weekday - begins + 7) % 7)) * dayMs;
}

function startInYear({ of, day }: Extract<Day, { kind: "date" }>, year: number): Wall | DayProblem {
  if (calendarOf(year) !== of.calendar) return "day-impossible";
  return dayOf(of.calendar, { year, month: of.month, day }) ?? "day-impossible";
}

function startWithoutYear(date: Extract<Day, { kind: "date" }>, today: Wall): Wall | DayProblem {
  const year = yearOf(date.of.calendar, today);
  const now = startInYear(date, year);
  if (typeof now === "number" && now >= today) return now;
  if (typeof now === "number" && today - now < slipMs) return "past";
  return startInYear(date, year + 1);
}
