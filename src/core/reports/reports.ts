import { higherReport, stateFromReports } from "../model/delivery.ts";
import type { Outbound, Receipt } from "../model/message.ts";
import type { Report, Reports, SendReceipt, SentId, SmsProvider } from "../ports/sms-provider.ts";

// What reports make of a record. Pure, like the steps of an attempt.

const shortestRestMs = 15_000;
const longestRestMs = 10 * 60_000;
/** How long after the last age a panel that did not answer is still asked. */
const lastChanceMs = 60 * 60_000;

/** What is kept of a panel's receipt for one attempt at one message. */
export function receiptOf(message: Outbound, { id }: SmsProvider, { ids, batch }: SendReceipt, at: number): Receipt {
  const known = ids.filter((one) => one !== undefined);
  const receipt = { attempt: message.attempt, provider: id, at, ids: known };
  return batch === undefined ? receipt : { ...receipt, batch };
}

/** When reports of it are asked for first. An SMS that the panel keeps until its time has none before that. */
export function firstAskAt(
  { sendAt = 0 }: Outbound,
  reports: Reports | undefined,
  receipt: Receipt,
): number | undefined {
  const first = reports?.askAtSeconds[0];
  if (first === undefined || receipt.ids.length === 0) return undefined;
  return Math.max(receipt.at, sendAt) + first * 1000;
}

/**
 * The ids of a message at one panel of which more may be heard: also of what failed, for a late `delivered` beats an
 * earlier `failed`.
 */
export function openIds(message: Outbound, provider: string): readonly SentId[] {
  return message.receipts
    .filter((receipt) => receipt.provider === provider)
    .flatMap(({ ids, batch }) => ids.map((id) => (batch === undefined ? { id } : { id, batch })))
    .filter(({ id }) => message.reports[id] === "pending" || message.reports[id] === "failed");
}

/** The next age at which to ask; `undefined` when the last one has passed and nothing more is expected. */
export function nextAsk(message: Outbound, reports: Reports, now: number): number | undefined {
  const takenAt = leftAt(message, now);
  const next = reports.askAtSeconds.find((seconds) => takenAt + seconds * 1000 > now);
  return next === undefined ? undefined : takenAt + next * 1000;
}

/** When to ask again after a question that was not answered, or that nobody could be asked; `undefined`: no more. */
export function askAgain(message: Outbound, reports: Reports | undefined, now: number): number | undefined {
  const takenAt = leftAt(message, now);
  const lastAgeMs = (reports?.askAtSeconds.at(-1) ?? 0) * 1000;
  if (now > takenAt + lastAgeMs + lastChanceMs) return undefined;
  return now + Math.min(longestRestMs, Math.max(shortestRestMs, (now - takenAt) / 10));
}

/** When the panel took it, or, where it keeps it until its time, when that has come. */
function leftAt(message: Outbound, now: number): number {
  return Math.max(message.receipts.at(-1)?.at ?? now, message.sendAt ?? 0);
}

/** @param next when to ask again; without it what is still pending becomes unknown for good. */
export function withReports(current: Outbound, told: ReadonlyMap<string, Report>, next: number | undefined): Outbound {
  const reports = Object.fromEntries(
    Object.entries(current.reports).map(([id, known]) => {
      const heard = higherReport(known, told.get(id)?.state ?? "pending");
      return [id, heard === "pending" && next === undefined ? ("unknown" as const) : heard];
    }),
  );
  const isOpen = Object.values(reports).some((report) => report === "pending" || report === "failed");
  const { reportDue: _, ...rest } = current;
  return withState({ ...rest, reports, ...(isOpen && next !== undefined ? { reportDue: next } : {}) }, told);
}

const reportable: ReadonlySet<Outbound["state"]> = new Set(["sent", "delivered", "partly", "failed", "expired"]);

/** The state that follows from the reports of the newest attempt, or from a late delivery of one that is asked for again. */
function withState(message: Outbound, told: ReadonlyMap<string, Report>): Outbound {
  const newest = message.receipts.at(-1);
  const reports = (newest?.ids ?? []).map((id) => message.reports[id] ?? "pending");
  const wasTaken = newest?.attempt === message.attempt && reportable.has(message.state);
  const isLateDelivery =
    message.state === "queued" && reports.length > 0 && reports.every((report) => report === "delivered");
  if (!wasTaken && !isLateDelivery) return message;
  const state = stateFromReports(reports);
  const { due: _due, failure, ...rest } = message;
  if (state !== "failed") return { ...rest, state };
  const vendor = newest?.ids.map((id) => told.get(id)?.vendor).find((one) => one !== undefined) ?? failure?.vendor;
  return { ...rest, state, failure: { code: "undelivered", ...(vendor === undefined ? {} : { vendor }) } };
}
