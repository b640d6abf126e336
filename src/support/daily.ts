import { Cron } from "croner";

/** A time of day, `8:30`, in a zone of the world, as moments in epoch milliseconds. */
export function dailyAt(time: string, timeZone: string) {
  const [hour, minute] = time.split(":").map(Number);
  const daily = new Cron(`0 ${minute} ${hour} * * *`, { timezone: timeZone, paused: true });
  const next = (at: number): number => daily.nextRun(new Date(at))?.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    next,
    /** The last one at or before a moment. */
    latest(at: number): number {
      let latest = next(at - 2 * 86_400_000);
      for (let later = next(latest); later <= at; later = next(later)) latest = later;
      return latest;
    },
  };
}
