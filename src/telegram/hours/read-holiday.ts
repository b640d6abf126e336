import { type Calendar, calendarOf, toGregorian } from "../../core/model/calendar.ts";
import type { Holiday, HolidayDate } from "../../core/model/hours.ts";
import { months } from "../when/words.ts";
import { phraseOf, plain, type Read } from "./written.ts";

type Dated = HolidayDate & { readonly calendar: Calendar };

const forms = 'write it as "1405/01/13", "2026-12-25", "13 Farvardin" or "1405/01/01 to 1405/01/04"';
/** A leap year of each calendar, so that its longest months count for days of every year. */
const leap: Readonly<Record<Calendar, number>> = { persian: 1403, gregorian: 2024 };

/**
 * A day or a range of days: `1405/01/13`, `2026-12-25`, «۱۳ فروردین», `29 Esfand to 4 Farvardin`. Without a year they come back
 * every year, and digits without one (`01/13`) are of the Persian calendar.
 */
export function readHoliday(written: string): Read<Holiday> {
  const ends = endsOfDates(plain(written));
  const last = readDate(ends.at(-1) ?? "");
  const first = ends.length === 1 ? last : (readDate(ends[0] ?? "") ?? borrowed(ends[0] ?? "", last));
  if (!first || !last || ends.length > 2) return { problem: `"${written}" is not understood: ${forms}` };
  const absent = [first, last].find((date) => !exists(date));
  if (absent) return { problem: `"${written}" is not a day of the calendar` };
  if (first.calendar !== last.calendar) return { problem: `"${written}" begins in one calendar and ends in another` };
  if ((first.year === undefined) !== (last.year === undefined)) {
    return { problem: `"${written}" has a year at one end only: write it at both, or at none` };
  }
  if (first.year !== undefined && last.year !== undefined && rank(first, first.year) > rank(last, last.year)) {
    return { problem: `"${written}" ends before it begins` };
  }
  return { value: { calendar: first.calendar, from: dateOf(first), to: dateOf(last) } };
}

/** A minus is a range only where it cannot stand within a date. */
function endsOfDates(written: string): string[] {
  const ends = written.split(/\s+(?:تا|الی|to)\s+|\s*[–—]\s*|\s+-\s+/);
  const isOne = ends.length === 1 && (written.includes("/") || /\p{L}/u.test(written));
  return isOne ? written.split(/\s*-\s*/) : ends;
}

function readDate(written: string): Dated | undefined {
  return readDigits(written) ?? readNamed(written);
}

function readDigits(written: string): Dated | undefined {
  const [, yearText, , month, day] = /^(?:(\d{4})([-/.]))?(\d{1,2})[-/.](\d{1,2})$/.exec(written) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const numbers = { month: Number(month), day: Number(day) };
  if (yearText === undefined) return { calendar: "persian", ...numbers };
  const calendar = calendarOf(Number(yearText));
  return calendar && { calendar, year: Number(yearText), ...numbers };
}

/** `13 Farvardin`, `25 December 2026`, `December 25`, «۱۳ فروردین ۱۴۰۵». */
function readNamed(written: string): Dated | undefined {
  const [, day, name = "", year] =
    /^(\d{1,2})\s*(\p{L}[\p{L}\s]*?)(?:\s+(\d{4}))?$/u.exec(written) ??
    turned(/^(\p{L}+)\s*(\d{1,2})(?:\s+(\d{4}))?$/u.exec(written));
  const month = phraseOf(name, months);
  if (day === undefined || month === undefined) return undefined;
  if (year !== undefined && calendarOf(Number(year)) !== month.calendar) return undefined;
  return { ...month, day: Number(day), ...(year === undefined ? {} : { year: Number(year) }) };
}

function turned(match: RegExpExecArray | null): (string | undefined)[] {
  const [whole, name, day, year] = match ?? [];
  return [whole, day, name, year];
}

/** «۱ تا ۴ فروردین»: the month stands behind the second day only. */
function borrowed(day: string, last: Dated | undefined): Dated | undefined {
  return last && /^\d{1,2}$/.test(day) ? { ...last, day: Number(day) } : undefined;
}

function exists({ calendar, year = leap[calendar], month, day }: Dated): boolean {
  return toGregorian(calendar, { year, month, day }) !== undefined;
}

function dateOf({ calendar: _, ...date }: Dated): HolidayDate {
  return date;
}

function rank({ month, day }: HolidayDate, year: number): number {
  return (year * 100 + month) * 100 + day;
}
