const wallClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Tehran",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** `2012-10-31 11:56:04` on the clocks of Tehran, Gregorian; zeros where there is no moment. */
export function writeTime(at: number | undefined): string {
  return at === undefined ? "0000-00-00 00:00:00" : wallClock.format(at);
}

export function dayIn(at: number): string {
  return writeTime(at).slice(0, 10);
}

export function hourIn(at: number): number {
  return Number(writeTime(at).slice(11, 13));
}

/** `11:56`. */
export function timeIn(at: number): string {
  return writeTime(at).slice(11, 16);
}
