import { momentOf, startOfDay, type Wall, wallAt } from "../../core/model/zone.ts";
import { type Clock, clockAt, type HourProblem, hourOf, partAt } from "./clock.ts";
import { type Day, type DayProblem, dayAt, startOf } from "./day.ts";
import { type Span, spanAt } from "./span.ts";
import { type Found, isWord, tokensOf, type Written } from "./tokens.ts";
import type { DayPart } from "./words.ts";

/** Why a time is not taken. What could be read in two ways is never guessed. */
export type WhenProblem =
  | HourProblem
  | DayProblem
  /** Nothing was written, or nothing that is a time. */
  | "nothing"
  | "no-time"
  | "no-hour"
  /** "2 hours": from now on, or two o'clock? */
  | "span-open"
  /** What follows might still be a part of the time. */
  | "end-unclear"
  | "too-far";

export type When =
  /** `at` in epoch milliseconds. `text` is what stands behind the time, as it was written; it may be empty. */
  | { readonly kind: "moment"; readonly at: number; readonly text: string }
  /** `written` is what was taken for the time. */
  | { readonly kind: "refused"; readonly why: WhenProblem; readonly written: string };

const dayMs = 86_400_000;
const farthestMs = 366 * dayMs;

interface Parts {
  readonly span?: Span;
  readonly day?: Day;
  readonly clock?: Clock;
  readonly part?: DayPart;
}

/**
 * Reads a time in Persian or English, in the Jalali or the Gregorian calendar, at the beginning of a text. It ends with its line
 * at the latest. `now` in epoch milliseconds, from which "tomorrow" counts; `timeZone` an IANA name.
 */
export function readWhen(source: string, now: number, timeZone: string): When {
  const text = source.trimStart();
  const line = text.split("\n", 1)[0] ?? "";
  const written = tokensOf(line);
  const { value: parts, next } = partsOf(written);
  const end = written.tokens[next - 1]?.end ?? 0;
  const refuse = (why: WhenProblem): When => ({ kind: "refused", why, written: line.slice(0, end).trim() });
  if (text === "") return refuse("nothing");
  if (parts === "span-open") return refuse("span-open");
  if (next === 0) return { kind: "refused", why: "no-time", written: written.source.split(/\s/, 1)[0] ?? "" };
  const meant = momentOfParts(parts, now, timeZone);
  if (typeof meant === "string") return refuse(meant);
  if (goesOn(written, next, parts)) return refuse("end-unclear");
  if (meant <= now) return refuse("past");
  if (meant - now > farthestMs) return refuse("too-far");
  return { kind: "moment", at: meant, text: textBehind(text.slice(end)) };
}

function partsOf(written: Written): Found<Parts | "span-open"> {
  const span = spanAt(written, 0);
  if (span?.value === "bare") return { value: "span-open", next: span.next };
  let parts: Parts = span ? { span: span.value } : {};
  let next = span?.next ?? 0;
  for (;;) {
    // A span of hours has said everything.
    const more = parts.span && parts.span.ms > 0 ? undefined : partAfter(written, next, parts);
    if (!more) return { value: parts, next };
    parts = { ...parts, ...more.value };
    next = more.next;
  }
}

function partAfter(written: Written, from: number, known: Parts): Found<Parts> | undefined {
  let at = from;
  let isTold = false;
  while (isWord(written, at, "ساعت", "روز", "در", "at", "on", "in", "the", "this", "این", ",", "،")) {
    isTold = isWord(written, at, "ساعت", "at");
    at += 1;
  }
  const day = known.day || known.span ? undefined : dayAt(written, at);
  if (day) return { value: { day: day.value }, next: day.next };
  const part = known.part ? undefined : partAt(written, at);
  if (part) return { value: { part: part.value }, next: part.next };
  const clock = known.clock ? undefined : clockAt(written, at, isTold);
  return clock && { value: { clock: clock.value }, next: clock.next };
}

/** Whether the rest of the line may still be meant for the time: a second day, "9 to 11", "9 30". */
function goesOn(written: Written, next: number, { clock, part }: Parts): boolean {
  if (partAfter(written, next, { clock: { hour: 0, minute: 0, isOf24: true, isBare: false } })) return true;
  const follows = written.tokens[next]?.text ?? "";
  const isRange = isWord(written, next, "-", "–", "—", "تا", "to", "until", "till", "or", "یا");
  if (isRange) return /^\d/.test(written.tokens[next + 1]?.text ?? "");
  if (/^\d{1,2}:\d{2}$/.test(follows)) return true;
  return /^\d/.test(follows) && clock?.isBare === true && part === undefined;
}

function momentOfParts(parts: Parts, now: number, timeZone: string): number | WhenProblem {
  const { span, day, clock } = parts;
  const part = parts.part ?? (day?.kind === "shift" ? day.part : undefined);
  const wall = wallAt(now, timeZone);
  if (span && (span.days === 0 || (!clock && !part))) {
    const moved = span.days === 0 ? now : momentOf(wall + span.days * dayMs, timeZone);
    return moved === undefined ? "hour-impossible" : moved + span.ms;
  }
  const start = span ? startOfDay(wall) + span.days * dayMs : startOf(day ?? { kind: "shift", shift: 0 }, wall);
  if (typeof start === "string") return start;
  const hour = hourOf(clock, part);
  if (hour === "midnight") return clock?.minute ? "midnight" : comingMidnight(parts, start, timeZone);
  if (typeof hour === "string") return hour;
  return inZone(start + (hour * 60 + (clock?.minute ?? 0)) * 60_000, timeZone);
}

/** Tonight's is clear. That of another day may be where it begins or where it ends. */
function comingMidnight({ day, span }: Parts, start: Wall, timeZone: string): number | WhenProblem {
  const isTonight = !span && (!day || (day.kind === "shift" && day.shift === 0));
  return isTonight ? inZone(start + dayMs, timeZone) : "midnight";
}

function inZone(wall: Wall, timeZone: string): number | WhenProblem {
  return momentOf(wall, timeZone) ?? "hour-impossible";
}

/** A sign that only parts the time from the text is not sent. */
function textBehind(rest: string): string {
  return rest.replace(/^[ \t]*[,،:؛;]?\s*/, "").trimEnd();
}
