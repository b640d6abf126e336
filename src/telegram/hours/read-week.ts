import type { Span, WeekHours } from "../../core/model/hours.ts";
import { weekdays } from "../when/words.ts";
import { endsOf, itemsOf, phraseOf, plain, type Read } from "./written.ts";

const dayMinutes = 1440;
const noon = 720;
const everyDay = new Map([
  ["daily", true],
  ["every day", true],
  ["هر روز", true],
  ["همه روزه", true],
]);

/** The days of a key: `thu`, `sat-wed`, `sat, mon`, `daily`, «شنبه تا چهارشنبه». As `Date` counts them, Sunday 0. */
export function readDays(written: string): Read<readonly number[]> {
  if (phraseOf(plain(written), everyDay)) return { value: [0, 1, 2, 3, 4, 5, 6] };
  const days: number[] = [];
  for (const item of itemsOf(written)) {
    const ends = endsOf(item).map((end) => phraseOf(end, weekdays));
    const [first, last] = [ends[0], ends.at(-1)];
    if (first === undefined || last === undefined || ends.length > 2) {
      return { problem: `"${item}" is not a day: write days as sat, sat-wed, or daily` };
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) break;
    }
  }
  return days.length > 0 ? { value: days } : { problem: "names no day: write days as sat, sat-wed, or daily" };
}

/** The hours of a day: `9-17`, `9:30-13, 16-20`, `20-2` past midnight, `0-24`, «۹ تا ۱۷». */
export function readSpans(written: string): Read<readonly Span[]> {
  const spans: Span[] = [];
  for (const item of itemsOf(written)) {
    const span = readSpan(item);
    if ("problem" in span) return span;
    spans.push(span.value);
  }
  return spans.length > 0 ? { value: spans } : { problem: 'names no hours: write them as "9-17" or "9-13, 16-20"' };
}

function readSpan(item: string): Read<Span> {
  const [from, to, ...more] = endsOf(item.replace(/^(?:از|from)\s+/, "")).map(minutesOf);
  if (from === undefined || to === undefined || more.length > 0) {
    return {
      problem: `"${item}" is not understood: write hours of a clock of 24 hours, as "9-17" or "9:30-13, 16-20"`,
    };
  }
  if (from === to || from === dayMinutes) return { problem: `"${item}" is no time at all: a whole day is "0-24"` };
  if (from < to) return { value: { from, to } };
  // Whoever writes "9-5" means the afternoon, and not the whole night.
  if (from < noon || to > noon) {
    return { problem: `"${item}" ends before it begins: write the hours of a clock of 24 hours, such as 17 for five` };
  }
  return { value: { from, to: to + dayMinutes } };
}

/** `9`, `09:30`, «ساعت ۹»; 24:00 is the end of a day. */
function minutesOf(written: string): number | undefined {
  const [, hour, minute = "0"] = /^(?:ساعت\s+)?(\d{1,2})(?:[:.](\d{2}))?$/.exec(written.trim()) ?? [];
  if (hour === undefined || Number(minute) > 59) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= dayMinutes ? minutes : undefined;
}

/** Hours that are the same on every day. */
export function everyDayOf(spans: readonly Span[]): WeekHours {
  return [spans, spans, spans, spans, spans, spans, spans];
}

/** Whether nothing is left of a day. */
export function isWholeDay(spans: readonly Span[]): boolean {
  let reached = 0;
  const within = [...spans, ...spans.map(({ from, to }) => ({ from: from - dayMinutes, to: to - dayMinutes }))];
  for (const { from, to } of within.toSorted((a, b) => a.from - b.from)) {
    if (from > reached) return false;
    reached = Math.max(reached, to);
  }
  return reached >= dayMinutes;
}
