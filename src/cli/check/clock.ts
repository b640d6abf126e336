import { type Finding, found } from "./finding.ts";

/** A call may take a while, and Telegram's times are in whole seconds. */
const tolerated = 5 * 60_000;

/** By how much our clock is ahead of Telegram's, where Telegram told its time. */
export function checkClock(skewMs: number | undefined): Finding[] {
  if (skewMs === undefined || !(Math.abs(skewMs) > tolerated)) return [];
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  const text = `clock: ${minutes} minutes ${skewMs > 0 ? "ahead of" : "behind"} Telegram's`;
  return [found("clock.off", "clock", text)];
}
