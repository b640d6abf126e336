import { type Calendar, type CalendarDay, toGregorian } from "./calendar.ts";

const minuteMs = 60_000;
/** One for each zone and calendar: making one costs a hundred times what asking it does. */
const forms = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows, as if it were UTC, in epoch milliseconds: days and hours are counted in it. */
export type Wall = number;

/** What the wall clock of a time zone (IANA name) shows at a moment, to the millisecond. */
export function wallAt(at: number, timeZone: string): Wall {
  const form = formOf(timeZone);
  const parts = Object.fromEntries(form.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

/** The moment; `undefined` for an hour that is left out where summer time begins. Of an hour that comes twice, the first. */
export function momentOf(wall: Wall, timeZone: string): number | undefined {
  const offsets = [-24, 24].map((hours) => {
    const near = wall + hours * 60 * minuteMs;
    return wallAt(near, timeZone) - near;
  });
  const moments = offsets.map((offset) => wall - offset).filter((at) => wallAt(at, timeZone) === wall);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** The moment, also of an hour that is left out where summer time begins: it is the one after it. */
export function momentAt(wall: Wall, timeZone: string): number {
  return momentOf(wall, timeZone) ?? momentOf(wall + 60 * minuteMs, timeZone) ?? wall;
}

/** When the day of a moment began, by the wall clock of the zone. */
export function midnightBefore(at: number, timeZone: string): number {
  return momentAt(startOfDay(wallAt(at, timeZone)), timeZone);
}

/** The wall clock of one zone, for many moments in their order. */
export type WallClock = (at: number) => Wall;

/** Keeps what it found: `wallAt` is slow, and summer time begins and ends with a quarter of an hour. */
export function createWallClock(timeZone: string): WallClock {
  const quarterMs = 15 * minuteMs;
  let known: { readonly quarter: number; readonly offsetMs: number } | undefined;
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    if (known?.quarter !== quarter) known = { quarter, offsetMs: wallAt(at, timeZone) - at };
    return at + known.offsetMs;
  };
}

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / (1440 * minuteMs)) * 1440 * minuteMs;
}

/** The start of a day that exists. */
export function dayOf(calendar: Calendar, day: CalendarDay): Wall | undefined {
  const date = toGregorian(calendar, day);
  return date && Date.UTC(date.year, date.month - 1, date.day);
}

export function yearOf(calendar: Calendar, wall: Wall): number {
  return dayIn(calendar, wall).year;
}

/** The day that a calendar shows. */
export function dayIn(calendar: Calendar, wall: Wall): CalendarDay {
  const parts = Object.fromEntries(
    formOf("UTC", calendar)
      .formatToParts(wall)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0 } = parts;
  return { year, month, day };
}

function formOf(timeZone: string, calendar: Calendar = "gregorian"): Intl.DateTimeFormat {
  const key = `${calendar} ${timeZone}`;
  const form =
    forms.get(key) ??
    new Intl.DateTimeFormat(calendar === "persian" ? "en-US-u-ca-persian" : "en-US-u-ca-gregory", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  forms.set(key, form);
  return form;
}
