import type { Credit } from "../ports/sms-provider.ts";
import type { ProviderId } from "./ids.ts";

const dayMs = 86_400_000;
/** A week has its quiet days in it. */
const paceMs = 7 * dayMs;
/** Of a shorter time, such as one busy morning, nothing follows. */
const leastMs = dayMs;
/** Days left at which operators are warned, the most first. */
const warnAtDays = [7, 3, 1];
/** How far above a number of days credit has to rise so that it is warned of again: an SMS that was paid back is no top-up. */
const clearly = 1.2;

/** What a panel said of its credit, and how long that lasts. */
export interface CreditOutlook extends Credit {
  readonly provider: ProviderId;
  /** At the pace of the last days. Absent where too little is known of it, or nothing was spent. */
  readonly daysLeft?: number;
}

export interface CreditSample {
  readonly at: number;
  readonly amount: number;
}

/** What is remembered of one credit of one panel. */
export interface CreditCourse {
  /** The oldest first. */
  readonly samples: readonly CreditSample[];
  /** The fewest of the `warnAtDays` that operators were warned of since the credit rose. */
  readonly warnedAt?: number;
}

/** With a new reading. Once the credit has risen, what it has risen above may be warned of again. */
export function withSample({ samples, warnedAt }: CreditCourse, sample: CreditSample): CreditCourse {
  const kept = [...samples.filter(({ at }) => at > sample.at - paceMs && at < sample.at), sample];
  const hasRisen = sample.amount > (samples.at(-1)?.amount ?? sample.amount);
  if (warnedAt === undefined) return { samples: kept };
  const stands = hasRisen ? warningOf(daysLeftOf(kept), clearly) : warnedAt;
  return { samples: kept, ...(stands === undefined ? {} : { warnedAt: Math.max(stands, warnedAt) }) };
}

/** How long the last of these lasts. What was bought meanwhile is no spending; what was spent before it is. */
export function daysLeftOf(samples: readonly CreditSample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < leastMs) return undefined;
  // A panel may say 0 to a wrong login: what is gone for one reading was not spent.
  const amounts = samples.flatMap(({ amount }) => (amount > 0 ? amount : []));
  const spent = amounts.reduce((sum, amount, n) => sum + Math.max(0, (amounts[n - 1] ?? amount) - amount), 0);
  return spent === 0 ? undefined : Math.max(0, (last.amount * (last.at - first.at)) / spent / dayMs);
}

/** Which warning is due now; `undefined` where it has been given, or there is time. */
export function dueWarning({ samples, warnedAt }: CreditCourse): number | undefined {
  const due = warningOf(daysLeftOf(samples));
  return due !== undefined && (warnedAt === undefined || due < warnedAt) ? due : undefined;
}

function warningOf(daysLeft: number | undefined, margin = 1): number | undefined {
  return daysLeft === undefined ? undefined : warnAtDays.findLast((days) => daysLeft <= days * margin);
}
