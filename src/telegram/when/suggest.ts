import { momentOf, startOfDay, wallAt } from "../../core/model/zone.ts";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** When people are written to who are not to be disturbed now: in the morning, and when work is over. */
const hours = [9, 20];
/** Sooner than that, "in an hour" is as good. */
const soonestMs = 90 * minuteMs;
const mostSuggested = 4;

/** Times that come to mind for what is not to leave now: in an hour, and the next mornings and evenings. */
export function suggestTimes(now: number, timeZone: string): readonly number[] {
  const inAnHour = Math.ceil(now / minuteMs) * minuteMs + 60 * minuteMs;
  const today = startOfDay(wallAt(now, timeZone));
  const slots = [0, 1, 2]
    .flatMap((day) => hours.map((hour) => today + day * dayMs + hour * 60 * minuteMs))
    .flatMap((wall) => momentOf(wall, timeZone) ?? [])
    .filter((at) => at - now >= soonestMs);
  return [inAnHour, ...slots].slice(0, mostSuggested);
}
