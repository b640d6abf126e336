import type { Calendar, CalendarDay } from "./calendar.ts";
import { dayIn, momentAt, startOfDay, type Wall, wallAt } from "./zone.ts";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Further ahead nobody looks: a desk that has holidays for longer is closed for good. */
const farthestDays = 400;

/** Minutes of a day, from its midnight on; `to` is beyond 1440 where it goes on past the next midnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** For each day of the week, as `Date` counts them, Sunday 0. */
export type WeekHours = readonly (readonly Span[])[];

/** A day of a calendar, of one year or of every year. */
export interface HolidayDate extends Omit<CalendarDay, "year"> {
  readonly year?: number;
}

/** Days on which nothing opens, both included. Of every year, one that ends before it begins goes over the new year. */
export interface Holiday {
  readonly calendar: Calendar;
  readonly from: HolidayDate;
  readonly to: HolidayDate;
}

/** When something is open: a desk, or the hours in which a line is quiet. */
export interface Hours {
  /** IANA name of the zone in which all of it is written. */
  readonly timeZone: string;
  readonly week: WeekHours;
  readonly holidays: readonly Holiday[];
}

/** From a moment on, until another; in epoch milliseconds. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

export function isOpenAt(hours: Hours, at: number): boolean {
  return openingAt(hours, at) !== undefined;
}

/** The opening in which a moment lies. What follows without a gap is one opening. */
export function openingAt(hours: Hours, at: number): Opening | undefined {
  const next = openingsFrom(hours, at).next().value;
  return next && next.from <= at ? next : undefined;
}

/** The first moment after `at` at which it opens; `undefined` where it does not within a year. */
export function nextOpening(hours: Hours, at: number): number | undefined {
  for (const { from } of openingsFrom(hours, at)) if (from > at) return from;
  return undefined;
}

/** For how many seconds it is open between two moments. */
export function openSecondsBetween(hours: Hours, from: number, to: number): number {
  let openMs = 0;
  for (const opening of openingsFrom(hours, from)) {
    if (opening.from >= to) break;
    openMs += Math.min(opening.to, to) - Math.max(opening.from, from);
  }
  return openMs / 1000;
}

/** The moment at which it has been open for so long since `from`; `undefined` where that is beyond a year. */
export function afterOpenMs(hours: Hours, from: number, ms: number): number | undefined {
  let left = ms;
  for (const opening of openingsFrom(hours, from)) {
    const begins = Math.max(opening.from, from);
    if (opening.to - begins >= left) return begins + left;
    left -= opening.to - begins;
  }
  return undefined;
}

/** Openings that end after `at`, in their order, none touching the next. */
function* openingsFrom(hours: Hours, at: number): Generator<Opening, undefined> {
  const today = startOfDay(wallAt(at, hours.timeZone));
  let pending: Opening | undefined;
  // What opened yesterday may go on past midnight.
  for (let day = -1; day < farthestDays; day++) {
    for (const opening of openingsOn(hours, today + day * dayMs)) {
      if (pending && opening.from <= pending.to) pending = { ...pending, to: Math.max(pending.to, opening.to) };
      else {
        if (pending && pending.to > at) yield pending;
        pending = opening;
      }
    }
  }
  if (pending && pending.to > at) yield pending;
  return undefined;
}

function openingsOn({ timeZone, week, holidays }: Hours, day: Wall): Opening[] {
  if (holidays.some((holiday) => isWithin(holiday, day))) return [];
  const spans = week[new Date(day).getUTCDay()] ?? [];
  return spans
    .map(({ from, to }) => ({
      from: momentAt(day + from * minuteMs, timeZone),
      to: momentAt(day + to * minuteMs, timeZone),
    }))
    .toSorted((a, b) => a.from - b.from);
}

function isWithin({ calendar, from, to }: Holiday, day: Wall): boolean {
  const { year, month, day: number } = dayIn(calendar, day);
  if (from.year !== undefined && to.year !== undefined) {
    const at = rank({ year, month, day: number });
    return rank({ ...from, year: from.year }) <= at && at <= rank({ ...to, year: to.year });
  }
  const [at, begins, ends] = [{ month, day: number }, from, to].map((one) => rank({ ...one, year: 0 }));
  if (at === undefined || begins === undefined || ends === undefined) return false;
  return begins <= ends ? begins <= at && at <= ends : begins <= at || at <= ends;
}

function rank({ year, month, day }: CalendarDay): number {
  return (year * 100 + month) * 100 + day;
}
