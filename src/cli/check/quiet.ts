import type { Clock } from "../../core/ports/clock.ts";
import { renderTime } from "../time.ts";
import type { LastInbound } from "./last-inbound.ts";
import { type Row, row } from "./table.ts";

const longMs = 7 * 24 * 3_600_000;

export interface QuietFacts {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly lastInbound: LastInbound | undefined;
}

/** Of a panel that pushes: whether it has not done so yet, or not for a week. Where nobody can tell, nothing. */
export function checkQuiet(provider: string, { clock, timeZone, lastInbound }: QuietFacts): Row[] {
  if (lastInbound === undefined) return [];
  const about = { provider, what: "hook" };
  const last = lastInbound.at.get(provider);
  const advice = "send an SMS to the line; if it does not appear, see whether the URL is registered at the panel";
  if (last === undefined) {
    return lastInbound.isWhole ? [row("hook.quiet", about, "no SMS has come in from this panel yet", advice)] : [];
  }
  if (clock.now() - last < longMs) return [];
  return [row("hook.quiet", about, `the last SMS came in ${renderTime(last, timeZone)}`, advice)];
}
