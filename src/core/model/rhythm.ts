import type { WallClock } from "./zone.ts";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Days back from today of which a line is judged. */
const judgedDays = 14;
/** A line must have been known for so many days: each day of the week has been seen then. */
const leastDays = 8;
/** In the judged days; a line that gets fewer SMS has no rhythm. */
const leastSms = 50;
/** A day with less than this share of the SMS of a common day is a holiday: it says nothing of the others. */
const holidayShare = 1 / 3;
/** So many of the longest silences of an hour count as unusual themselves, such as one in which the bridge was down. */
const unusualDays = 1;

/** When the SMS of one line come: learned from them, told in their order. */
export interface Rhythm {
  readonly last: number | undefined;
  note(at: number): void;
  /**
   * How long a silence has usually been at this time of day, in milliseconds: on other days, and on this day of the week. Absent
   * for a line that is young or rarely used.
   */
  usualMs(now: number): number | undefined;
}

interface Day {
  sms: number;
  /** For each hour, how long the longest silence had become in it. */
  readonly silences: (number | undefined)[];
}

export function createRhythm(wallClock: WallClock): Rhythm {
  const days = new Map<number, Day>();
  let firstDay: number | undefined;
  let last: number | undefined;

  function dayOf(number: number): Day {
    const known = days.get(number) ?? { sms: 0, silences: [] };
    days.set(number, known);
    return known;
  }

  function noteSilence(from: number, to: number): void {
    let at = Math.max(from, to - judgedDays * dayMs);
    while (at < to) {
      const wall = wallClock(at);
      const end = Math.min(to, at + hourMs - (wall % hourMs));
      const { silences } = dayOf(Math.floor(wall / dayMs));
      const hour = hourOf(wall);
      silences[hour] = Math.max(silences[hour] ?? 0, end - from);
      at = end;
    }
  }

  return {
    get last() {
      return last;
    },
    note(at) {
      const today = Math.floor(wallClock(at) / dayMs);
      firstDay ??= today;
      if (last !== undefined) noteSilence(last, at);
      dayOf(today).sms += 1;
      last = Math.max(last ?? at, at);
      for (const day of days.keys()) if (day < today - judgedDays) days.delete(day);
    },
    usualMs(now) {
      const wall = wallClock(now);
      const today = Math.floor(wall / dayMs);
      if (firstDay === undefined || today - firstDay < leastDays) return undefined;
      const judged = [...days].filter(([day]) => day < today && day >= today - judgedDays);
      if (judged.reduce((sum, [, { sms }]) => sum + sms, 0) < leastSms) return undefined;
      const silencesOf = (some: typeof judged) => some.flatMap(([, day]) => silenceAt(day, hourOf(wall)) ?? []);
      const counts = judged.map(([, { sms }]) => sms).toSorted((one, other) => one - other);
      const common = counts[Math.floor(counts.length / 2)] ?? 0;
      const workdays = silencesOf(judged.filter(([, { sms }]) => sms > common * holidayShare));
      const sameWeekday = silencesOf(judged.filter(([day]) => (today - day) % 7 === 0));
      const usual = workdays.toSorted((one, other) => other - one)[unusualDays];
      return usual === undefined ? undefined : Math.max(usual, ...sameWeekday);
    },
  };
}

/** With that of the hour before: what ends at nine on most days may end a minute later today. */
function silenceAt({ silences }: Day, hour: number): number | undefined {
  const [before, own] = [silences[hour - 1], silences[hour]];
  return own === undefined ? undefined : Math.max(own, before ?? 0);
}

export function hourOf(wall: number): number {
  return Math.floor((wall % dayMs) / hourMs);
}
