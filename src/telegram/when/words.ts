import type { Calendar } from "../../core/model/calendar.ts";
import { fold } from "./tokens.ts";

// The words of both languages in which people write times. Each table is read as a person would: both languages in one text.

export type Unit = "minute" | "hour" | "day" | "week";

/** A part of the day: the hours it can mean, 0 to 23, both included; and the one it means alone. */
export interface DayPart {
  readonly name: "dawn" | "morning" | "noon" | "afternoon" | "evening" | "night" | "midnight" | "am" | "pm";
  readonly from: number;
  readonly to: number;
  readonly alone?: number;
}

const dawn: DayPart = { name: "dawn", from: 0, to: 6 };
const morning: DayPart = { name: "morning", from: 1, to: 11, alone: 9 };
const noon: DayPart = { name: "noon", from: 11, to: 15, alone: 12 };
const afternoon: DayPart = { name: "afternoon", from: 12, to: 20, alone: 15 };
const asr: DayPart = { name: "evening", from: 13, to: 20, alone: 17 };
const sunset: DayPart = { name: "evening", from: 16, to: 20, alone: 18 };
const evening: DayPart = { name: "evening", from: 16, to: 23, alone: 18 };
export const night: DayPart = { name: "night", from: 18, to: 23, alone: 20 };
const midnight: DayPart = { name: "midnight", from: 0, to: 0, alone: 0 };
const am: DayPart = { name: "am", from: 0, to: 11 };
const pm: DayPart = { name: "pm", from: 12, to: 23 };

export const dayParts = table<DayPart>([
  ["بامداد|سحر", dawn],
  ["صبح|morning", morning],
  ["ظهر|noon|midday", noon],
  ["بعد از ظهر|بعدازظهر|بعد ازظهر|afternoon", afternoon],
  ["عصر", asr],
  ["غروب", sunset],
  ["evening", evening],
  ["شب|night", night],
  ["نیمه شب|نیمهشب|نصف شب|midnight", midnight],
  ["ق . ظ|ق . ظ .|قبل از ظهر|am|a . m|a . m .", am],
  ["ب . ظ|ب . ظ .|pm|p . m|p . m .", pm],
]);

/** What makes a greeting of a part of the day. */
export const greetings = new Set(["بخیر", "به خیر", "خوش", "شما"].map(fold));

export const dayWords = table<{ readonly shift: number; readonly part?: DayPart }>([
  ["دیروز|yesterday|دیشب|last night", { shift: -1 }],
  ["امروز|today", { shift: 0 }],
  ["امشب|tonight", { shift: 0, part: night }],
  ["فردا|tomorrow|tmr|tmrw|tomorow", { shift: 1 }],
  ["فرداشب", { shift: 1, part: night }],
  ["پس فردا|پسفردا|day after tomorrow|the day after tomorrow", { shift: 2 }],
]);

/** As `Date` counts them, Sunday 0. */
export const weekdays = table<number>([
  ["یکشنبه|یک شنبه|1شنبه|sunday|sun", 0],
  ["دوشنبه|دو شنبه|2شنبه|monday|mon", 1],
  ["سه شنبه|سهشنبه|3شنبه|tuesday|tue|tues", 2],
  ["چهارشنبه|چهار شنبه|4شنبه|wednesday|wed", 3],
  ["پنجشنبه|پنج شنبه|5شنبه|thursday|thu|thur|thurs", 4],
  ["جمعه|friday|fri", 5],
  ["شنبه|saturday|sat", 6],
]);

export const nextWords = table<true>([["بعد|بعدی|آینده|دیگر|دیگه", true]]);
/** With the day on which that week begins. */
export const nextWeeks = table<number>([
  ["هفته بعد|هفته ی بعد|هفته بعدی|هفته آینده|هفته ی آینده|هفته دیگر|هفته ی دیگر|هفته دیگه", 6],
  ["next week|of next week", 1],
]);

export interface Month {
  readonly calendar: Calendar;
  readonly month: number;
}

const persianMonths = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند".split("|");
const latinPersianMonths = "farvardin|ordibehesht|khordad|tir|mordad|shahrivar|mehr|aban|azar|dey|bahman|esfand".split(
  "|",
);
const gregorianMonths = "january|february|march|april|may|june|july|august|september|october|november|december".split(
  "|",
);
const persianGregorianMonths = "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر".split("|");

export const months = table<Month>([
  ...[persianMonths, latinPersianMonths].flatMap((names) => monthsOf("persian", names)),
  ...[gregorianMonths, persianGregorianMonths].flatMap((names) => monthsOf("gregorian", names)),
  ...monthsOf(
    "gregorian",
    gregorianMonths.map((name) => name.slice(0, 3)),
  ),
  ["امرداد", { calendar: "persian", month: 5 }],
  ["sept", { calendar: "gregorian", month: 9 }],
]);

export const units = table<Unit>([
  ["m|min|mins|minute|minutes|دقیقه|دقه", "minute"],
  ["h|hr|hrs|hour|hours|ساعت", "hour"],
  ["d|day|days|روز", "day"],
  ["w|week|weeks|هفته", "week"],
]);

export const numbers = table<number>([
  ["صفر|zero", 0],
  ["یک|یه|one|an|a", 1],
  ...["دو|two", "سه|three", "چهار|four", "پنج|five", "شش|شیش|six", "هفت|seven"].map(numbered),
  ...["هشت|eight", "نه|nine", "ده|ten", "یازده|eleven", "دوازده|twelve"].map((word, at) => numbered(word, at + 6)),
  ["پانزده|fifteen", 15],
  ["بیست|twenty", 20],
  ["سی|thirty", 30],
  ["چهل|forty", 40],
  ["چهل و پنج|forty five", 45],
]);

/** The first days of a month as words. */
export const ordinals = table<number>([
  ["اول|یکم", 1],
  ...["دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم"].map(numbered),
]);

function numbered(words: string, at: number): [string, number] {
  return [words, at + 2];
}

function monthsOf(calendar: Month["calendar"], names: readonly string[]): [string, Month][] {
  return names.map((name, at) => [name, { calendar, month: at + 1 }]);
}

function table<T>(rows: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(rows.flatMap(([words, value]) => words.split("|").map((word): [string, T] => [fold(word), value])));
}
