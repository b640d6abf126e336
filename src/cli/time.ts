/** A moment for people's eyes: `2026-11-26 09:00 (Asia/Tehran)`. */
export function renderTime(epochMs: number, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return `${format.format(epochMs)} (${timeZone})`;
}
