import type { Language } from "../types.ts";

/** A moment as a spreadsheet wants it, `1405/09/12 18:30:05` or `2026-12-03 18:30:05`: in the calendar of the language, sortable as a text. */
export function createStamp(language: Language, timeZone: string): (at: number) => string {
  const isPersian = language === "fa";
  const format = new Intl.DateTimeFormat(isPersian ? "en-u-ca-persian-nu-latn" : "en-u-ca-gregory-nu-latn", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const dash = isPersian ? "/" : "-";
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => (parts.get(type) ?? "").padStart(2, "0");
    return `${of("year")}${dash}${of("month")}${dash}${of("day")} ${of("hour")}:${of("minute")}:${of("second")}`;
  };
}
