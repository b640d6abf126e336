import { toEpochMs } from "../core/model/calendar.ts";
import { UsageError } from "./arguments.ts";

const dayMs = 86_400_000;

/**
 * A moment as it was written after an option: `2026-11-26 09:00`, `2026-11-26T09:00Z`, `1405/09/05 09:00`. Without a zone it is the
 * wall time of Tehran. At most `mostDays` ahead; whether it is over is for the caller to see to (`overAlready`).
 */
export function readMoment(
  name: string,
  written: string,
  { now, mostDays }: { now: number; mostDays: number },
): number {
  // A day alone would be its first second, which nobody means.
  const at = written.includes(":") ? toEpochMs(written) : undefined;
  if (at === undefined) {
    const forms = "2026-11-26T09:00, 1405/09/05 09:00, or with a zone 2026-11-26T05:30Z";
    throw new UsageError(`--${name} needs a day and a time, such as ${forms}; without a zone it is Tehran's time`);
  }
  if (at > now + mostDays * dayMs) throw new UsageError(`--${name} may be at most ${mostDays} days ahead`);
  return at;
}

/** Where a moment would have to be one to come. */
export function overAlready(name: string, written: string): UsageError {
  return new UsageError(`--${name} is over already: ${written}; without a zone it is Tehran's time`);
}
