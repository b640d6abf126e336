import { writeTime } from "../tehran.ts";

/**
 * Ways in which a panel may write a moment: `2026-11-25 12:30:00`, `1405/09/04 12:30` (both on the clocks of Tehran), or
 * counted from 1970.
 */
export type DateForm = "gregorian" | "jalali" | "epoch-seconds" | "epoch-milliseconds";

export function writeDate(at: number, form: DateForm): string | number {
  switch (form) {
    case "gregorian":
      return writeTime(at);
    case "jalali":
      return writeJalali(at);
    case "epoch-seconds":
      return Math.floor(at / 1000);
    case "epoch-milliseconds":
      return at;
  }
}

const jalali = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  timeZone: "Asia/Tehran",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function writeJalali(at: number): string {
  const parts = new Map(jalali.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}/${parts.get("month")}/${parts.get("day")} ${parts.get("hour")}:${parts.get("minute")}`;
}
