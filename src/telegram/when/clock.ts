import { type Found, isWord, phraseAt, type Written, whole, wholePhraseAt } from "./tokens.ts";
import { type DayPart, dayParts, greetings, months, numbers, units, weekdays } from "./words.ts";

/** An hour as it is written: 4 may still be either of two. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  /** `04:30` and `18` are of a clock of 24 hours, whatever stands beside them. */
  readonly isOf24: boolean;
  /** With nothing behind it that only a clock has. */
  readonly isBare: boolean;
}

/** Why an hour is not understood. */
export type HourProblem = "hour-twice" | "hour-impossible" | "midnight" | "after-midnight";

/** An hour. A word is one only where `isTold` (a word such as «ساعت» stands before it) or something of a clock follows. */
export function clockAt(written: Written, at: number, isTold: boolean): Found<Clock> | undefined {
  const before = relativeToHour(written, at);
  if (before) return before;
  const token = written.tokens[at];
  const digits = /^(\d{1,2})(?::(\d{2}))?$/.exec(token?.text ?? "");
  if (digits) {
    const [, hour = "", minute] = digits;
    const isOf24 = hour.startsWith("0") || Number(hour) > 12;
    return minutesAfter(
      written,
      { hour: Number(hour), minute: Number(minute ?? 0), isOf24, isBare: minute === undefined },
      at + 1,
    );
  }
  const word = isWord(written, at, "a", "an") ? undefined : phraseAt(written, at, numbers);
  if (!word || word.value > 12) return undefined;
  const found = minutesAfter(written, { hour: word.value, minute: 0, isOf24: false, isBare: true }, word.next);
  const isClock = isTold || (found && (!found.value.isBare || partAt(written, found.next)));
  return isClock ? found : undefined;
}

/** A part of the day that is no greeting. */
export function partAt(written: Written, at: number): Found<DayPart> | undefined {
  const found = wholePhraseAt(written, at, dayParts);
  if (!found || isWord(written, at, "good")) return undefined;
  const [next, afterNext] = [written.tokens[found.next]?.text ?? "", written.tokens[found.next + 1]?.text ?? ""];
  const isGreeting = greetings.has(next) || greetings.has(`${next} ${afterNext}`);
  return isGreeting ? undefined : found;
}

/** The hour of the day, 0 to 23; `midnight` and others: it may be one of two days, or two hours. */
export function hourOf(clock: Clock | undefined, part: DayPart | undefined): number | HourProblem | "no-hour" {
  if (!clock) return part?.name === "midnight" ? "midnight" : (part?.alone ?? "no-hour");
  const { hour, isOf24 } = clock;
  if (hour > 23 || clock.minute > 59) return "hour-impossible";
  if (!part) return !isOf24 && hour >= 1 && hour <= 7 ? "hour-twice" : hour;
  const isTwelve = hour === 12 || hour === 0;
  if (isTwelve && ["midnight", "night", "am"].includes(part.name)) return "midnight";
  const within = [hour, hour + 12].filter(
    (one) => one >= part.from && one <= part.to && (one === hour || !hourIsOf24(hour)),
  );
  if (within[0] !== undefined) return within[0];
  return part.name === "night" && hour < 6 ? "after-midnight" : "hour-impossible";
}

function hourIsOf24(hour: number): boolean {
  return hour === 0 || hour > 12;
}

/** `half past 9`, `quarter to 9`, «یک ربع به ۹». */
function relativeToHour(written: Written, at: number): Found<Clock> | undefined {
  const start = at + (isWord(written, at, "یک", "یه", "a") ? 1 : 0);
  const isHalf = isWord(written, start, "half");
  const isQuarter = isWord(written, start, "quarter", "ربع");
  const isTo = isWord(written, start + 1, "to", "به");
  if (!(isHalf || isQuarter) || !(isTo || isWord(written, start + 1, "past")) || (isHalf && isTo)) return undefined;
  const hour = clockAt(written, start + 2, true);
  if (!hour?.value.isBare) return undefined;
  const minutes = hour.value.hour * 60 + (isHalf ? 30 : isTo ? -15 : 15);
  const value = { ...hour.value, hour: Math.floor(minutes / 60), minute: minutes % 60, isBare: false };
  return minutes < 0 ? undefined : { ...hour, value };
}

function minutesAfter(written: Written, clock: Clock, at: number): Found<Clock> | undefined {
  const more = clock.isBare ? fractionAt(written, at) : undefined;
  const found = more
    ? { value: { ...clock, minute: more.value, isBare: false }, next: more.next }
    : { value: clock, next: at };
  if (isWord(written, found.next, "o'clock", "o’clock", "oclock")) found.next += 1;
  // What counts something else is no hour: "9 boxes" cannot be told from one, but "9 hours" and "9kg" can.
  const isSpan = phraseAt(written, found.next, units) && !isWord(written, found.next, "روز");
  const isDay = phraseAt(written, found.next, months);
  if (isSpan || isDay || phraseAt(written, at - 1, weekdays)) return undefined;
  return partAt(written, found.next) || whole(written, found) ? found : undefined;
}

function fractionAt(written: Written, at: number): Found<number> | undefined {
  if (!isWord(written, at, "و")) return undefined;
  if (isWord(written, at + 1, "نیم")) return { value: 30, next: at + 2 };
  if (isWord(written, at + 1, "ربع")) return { value: 15, next: at + 2 };
  const text = written.tokens[at + 1]?.text ?? "";
  const minutes = /^\d{1,2}$/.test(text) ? { value: Number(text), next: at + 2 } : phraseAt(written, at + 1, numbers);
  return minutes && isWord(written, minutes.next, "دقیقه") ? { ...minutes, next: minutes.next + 1 } : undefined;
}
