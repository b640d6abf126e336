import { toAsciiDigits } from "./text.ts";

const dayMs = 86_400_000;
/** The Julian day number of 1970-01-01. */
const julianDayOfEpoch = 2_440_588;
/** The Julian day number of the last day before the Persian year 1. */
const julianDayBeforePersianEra = 1_948_319;
/** Iran has had no summer time since 2022; panels write the wall time of Tehran. */
const tehranOffsetMs = 3.5 * 3_600_000;

const written =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const compact = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

export type Calendar = "persian" | "gregorian";

/** Year, month (1 to 12) and day of the month. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The Gregorian day of a day of the Persian calendar, years 1206 to 1498. `undefined` for a day that does not exist. */
export function persianToGregorian({ year, month, day }: CalendarDay): CalendarDay | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysOfPersianMonth(year, month)) return undefined;
  const yearStart = 365 * (year - 1) + Math.floor((8 * year + 21) / 33);
  const monthStart = month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6;
  const julianDay = julianDayBeforePersianEra + yearStart + monthStart + day;
  const date = new Date((julianDay - julianDayOfEpoch) * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Of which calendar a year is, as panels and people write it: 1379, in which 2000 ends, to 1499 is Persian, and 2000 to 2200 is not. */
export function calendarOf(year: number): Calendar | undefined {
  if (year >= 1379 && year < 1500) return "persian";
  return year >= 2000 && year <= 2200 ? "gregorian" : undefined;
}

/** The Gregorian day of a day of either calendar. `undefined` for one that does not exist. */
export function toGregorian(calendar: Calendar, day: CalendarDay): CalendarDay | undefined {
  if (calendar === "persian") return persianToGregorian(day);
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day));
  const exists =
    date.getUTCFullYear() === day.year && date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day;
  return exists ? day : undefined;
}

/**
 * Understands a time as Iranian panels write it, in epoch milliseconds: `2026-11-22 14:05:09`, `1405/09/01 14:05`, either with
 * `T`, with Persian digits, a date alone, `20261122140509`, epoch seconds or milliseconds. A year of 1379 to 1499 is Persian.
 * Without a zone it is the wall time of Tehran, +03:30. `undefined` for anything else, and for what is from before the year 2000:
 * no panel is that old, but `0000-00-00`, `0001-01-01` and `1970-01-01` all stand for no time.
 */
export function toEpochMs(time: string): number | undefined {
  const text = toAsciiDigits(time).trim();
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  const packed = compact.exec(text);
  if (packed) {
    const [, year, month, day, hour, minute, second] = packed;
    return fromParts({ year, month, day, hour, minute, second });
  }
  const [, year, , month, day, hour, minute, second, fraction, zone] = written.exec(text) ?? [];
  return fromParts({ year, month, day, hour, minute, second, fraction, zone });
}

interface WrittenParts {
  readonly year?: string | undefined;
  readonly month?: string | undefined;
  readonly day?: string | undefined;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  readonly fraction?: string | undefined;
  readonly zone?: string | undefined;
}

function fromParts({ year, month, day, hour = "0", minute = "0", second = "0", fraction, zone }: WrittenParts) {
  if (year === undefined) return undefined;
  const date = gregorianDay({ year: Number(year), month: Number(month), day: Number(day) });
  if (!date || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const millis = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const wall = Date.UTC(date.year, date.month - 1, date.day, Number(hour), Number(minute), Number(second), millis);
  return wall - offsetMs(zone);
}

function gregorianDay(day: CalendarDay): CalendarDay | undefined {
  const calendar = calendarOf(day.year);
  return calendar && toGregorian(calendar, day);
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined) return tehranOffsetMs;
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function daysOfPersianMonth(year: number, month: number): number {
  if (month <= 6) return 31;
  if (month <= 11) return 30;
  return (25 * year + 11) % 33 < 8 ? 30 : 29;
}
