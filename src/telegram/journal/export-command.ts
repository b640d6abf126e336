import { toEpochMs } from "../../core/model/calendar.ts";
import { toAsciiDigits } from "../../core/model/text.ts";
import type { ExportForm } from "./export-file.ts";

/** What `/export` was asked for, or what is wrong with it. */
export type ExportCommand =
  | { readonly kind: "export"; readonly form: ExportForm; readonly from?: number; readonly to?: number }
  | { readonly kind: "unreadable"; readonly written: string }
  | { readonly kind: "backwards" };

const dayMs = 86_400_000;
const isDay = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/;

/**
 * Reads `[csv|json] [from] [to]` in any order of the form; days of either calendar, in any digits, both included. With one day,
 * from then till now.
 */
export function parseExport(args: string): ExportCommand {
  let form: ExportForm = "csv";
  const days: number[] = [];
  for (const word of args.split(/\s+/).filter(Boolean)) {
    const lower = word.toLowerCase();
    if (lower === "csv" || lower === "json") form = lower;
    else {
      const day = isDay.test(toAsciiDigits(word)) ? toEpochMs(word) : undefined;
      if (day === undefined || days.length === 2) return { kind: "unreadable", written: word };
      days.push(day);
    }
  }
  const [from, last] = days;
  if (from !== undefined && last !== undefined && last < from) return { kind: "backwards" };
  const to = last === undefined ? undefined : last + dayMs - 1;
  return { kind: "export", form, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
