import { z } from "zod";
import type { Holiday, Hours, Span, WeekHours } from "../../core/model/hours.ts";
import { readHoliday } from "./read-holiday.ts";
import { everyDayOf, isWholeDay, readDays, readSpans } from "./read-week.ts";

const awayPeriod = 43_200;

/** `desks.<id>.hours`: days, and for each the hours in which the desk is open. */
export const weekConfig = z.record(z.string(), z.string()).transform((written, context): WeekHours => {
  const week: (readonly Span[])[] = [[], [], [], [], [], [], []];
  const taken = new Set<number>();
  const refuse = (key: string, message: string) => context.addIssue({ code: "custom", message, path: [key] });
  for (const [key, hours] of Object.entries(written)) {
    const days = readDays(key);
    const spans = readSpans(hours);
    if ("problem" in days) refuse(key, days.problem);
    else if (days.value.some((day) => taken.has(day))) refuse(key, "names a day that another entry names, too");
    if ("problem" in spans) refuse(key, spans.problem);
    if ("problem" in days || "problem" in spans) continue;
    for (const day of days.value) {
      taken.add(day);
      week[day] = spans.value;
    }
  }
  if (Object.keys(written).length === 0) {
    context.addIssue({ code: "custom", message: "names no hours, so that the desk would never be open" });
  }
  return week;
});

/** One of `desks.<id>.holidays`. */
export const holidayConfig = z.string().transform((written, context): Holiday => {
  const read = readHoliday(written);
  if ("value" in read) return read.value;
  context.addIssue({ code: "custom", message: read.problem });
  return z.NEVER;
});

const awayText = z
  .string()
  .min(1)
  .refine((text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, name]) => name === "opens"), {
    error: "may hold no other braces than {opens}, which becomes the time at which the desk opens next",
  });

/** `desks.<id>.away`: the text, or with it how long a customer who got it gets it no more. */
export const awayConfig = z
  .union([
    awayText,
    z.strictObject({
      text: awayText.describe("What they are told; `{opens}` becomes the time at which the desk opens next."),
      everySeconds: z
        .number()
        .positive()
        .default(awayPeriod)
        .describe("Seconds for which a customer who has got it does not get it again."),
    }),
  ])
  .transform((away) => (typeof away === "string" ? { text: away, everySeconds: awayPeriod } : away));

/** `lines.<number>.quiet`: hours of every day. */
export const quietConfig = z.string().transform((written, context): readonly Span[] => {
  const read = readSpans(written);
  const problem =
    "problem" in read
      ? read.problem
      : isWholeDay(read.value) && "leaves no time of the day in which anything could be sent";
  if (problem) context.addIssue({ code: "custom", message: problem });
  return "value" in read ? read.value : z.NEVER;
});

/** When a desk is open; `undefined`: always. A desk with holidays and without hours is open on all other days. */
export function deskHours(
  desk: { readonly hours?: WeekHours | undefined; readonly holidays?: readonly Holiday[] | undefined },
  timeZone: string,
): Hours | undefined {
  const { hours: week = everyDayOf([{ from: 0, to: 1440 }]), holidays = [] } = desk;
  return holidays.length === 0 && week.every(isWholeDay) ? undefined : { timeZone, week, holidays };
}

export function quietHours(quiet: readonly Span[] | undefined, timeZone: string): Hours | undefined {
  return quiet && { timeZone, week: everyDayOf(quiet), holidays: [] };
}
