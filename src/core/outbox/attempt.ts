import type { Failure, Outbound, Receipt } from "../model/message.ts";
import type { NextStep } from "../panels/failover.ts";
import type { ProviderError } from "../ports/provider-error.ts";

// The steps of one attempt, each from a record to the next one, or `undefined` where it does not apply. They are pure: the
// ledger may run them again when another writer was faster.

/** Whether it waits for its turn and for nobody's word. */
export function isWaiting(message: Outbound): boolean {
  return message.state === "queued" || (message.state === "held" && message.due !== undefined);
}

/** Whether its waiting has ended: nobody wants it any more, or it would not be true. */
export function isTooLate({ giveUpAt, trueUntil = Number.POSITIVE_INFINITY }: Outbound, now: number): boolean {
  return now >= Math.min(giveUpAt, trueUntil);
}

/** The claim: the last thing that is committed before the bytes leave. A message that has waited too long fails instead. */
export function claim(message: Outbound, now: number, leaseMs: number): Outbound | undefined {
  if (!isWaiting(message) || (message.due ?? 0) > now) return undefined;
  const { hold: _, ...rest } = message;
  if (isTooLate(message, now)) return fail(rest, message.failure ?? { code: "gave-up" });
  return {
    ...rest,
    state: "sending",
    attempt: message.attempt + 1,
    claimedAt: now,
    due: now + leaseMs,
    triedSince: message.triedSince ?? now,
  };
}

/**
 * The panel took it. The answer to the newest attempt counts even when it comes after the lease, or after somebody asked
 * for another attempt that has not begun: it proves that the SMS is on its way.
 */
export function take(message: Outbound, receipt: Receipt, reportDue: number | undefined): Outbound | undefined {
  if (message.attempt !== receipt.attempt || message.receipts.some((known) => known.attempt === receipt.attempt)) {
    return undefined;
  }
  const { due: _due, failure: _failure, hold: _hold, doubted: _doubted, askUntil: _until, ...rest } = message;
  return {
    ...rest,
    state: "sent",
    receipts: [...message.receipts, receipt],
    reports: { ...message.reports, ...Object.fromEntries(receipt.ids.map((id) => [id, "pending" as const])) },
    ...(reportDue === undefined ? {} : { reportDue }),
  };
}

/** The attempt failed; `step` is what follows. Counts only for its own attempt. */
export function refuse(
  message: Outbound,
  attempt: number,
  error: ProviderError,
  step: NextStep,
  now: number,
): Outbound | undefined {
  const isOpen = message.state === "sending" || message.state === "uncertain";
  if (message.attempt !== attempt || !isOpen) return undefined;
  const failure = { code: error.code, ...(error.vendor === undefined ? {} : { vendor: error.vendor }) };
  // This attempt surely did not leave, whatever was thought of it when its lease ran out.
  const { askUntil: _until, ...open } = message;
  const { doubted, ...rest } = open;
  const settled = doubted === undefined || doubted === attempt ? rest : open;
  switch (step.do) {
    case "retry": {
      const due = Math.min(now + step.afterMs, message.giveUpAt);
      return { ...settled, state: "queued", due, tries: message.tries + 1, failure };
    }
    case "go-over": {
      const { triedSince: _, failure: _failure, ...fresh } = settled;
      const triedLines = [...message.triedLines, message.line];
      return { ...fresh, state: "queued", due: now, tries: 0, line: step.line, triedLines };
    }
    case "wait-for-its-time": {
      const { triedSince: _, failure: _failure, ...fresh } = settled;
      return { ...fresh, state: "held", hold: "scheduled", due: step.until };
    }
    case "fail":
      return fail(settled, failure);
    case "split": {
      const { failure: _, ...fresh } = settled;
      return { ...fresh, state: "queued", due: now };
    }
    case "doubt":
      return doubt(message, attempt, failure, step.asking);
  }
}

/** A panel that can tell whether it took an SMS is asked from `due` on, until `askUntil`. */
export interface Asking {
  readonly due: number;
  readonly askUntil: number;
}

/** Nobody knows whether it was sent: its answer never came, or the process that sent it is gone. */
export function doubt(message: Outbound, attempt: number, failure: Failure, asking?: Asking): Outbound | undefined {
  if (message.attempt !== attempt || message.state !== "sending") return undefined;
  const { due: _, ...rest } = message;
  return { ...rest, state: "uncertain", doubted: attempt, failure, ...asking };
}

/** Whether it leaves by itself, sooner or later, or may be leaving. */
export function isLeaving(message: Outbound): boolean {
  return isWaiting(message) || message.state === "sending";
}

/**
 * Its record is older than what has been done with it: it may have been sent since. That counts as an attempt, so that no
 * button from before, nor a press that the desk hands over once more, fits what comes after.
 */
export function doubtSince(message: Outbound): Outbound | undefined {
  if (!isOpen(message) && !isRepeatable(message)) return undefined;
  const { due: _due, hold: _hold, askUntil: _until, ...rest } = message;
  const attempt = message.attempt + 1;
  return { ...rest, state: "uncertain", attempt, doubted: attempt, failure: { code: "restored" } };
}

/** Nothing, or nothing certain, has come of it yet. */
function isOpen({ state }: Outbound): boolean {
  return state === "held" || state === "queued" || state === "sending";
}

/** Whether a person may have it sent once more: while its panel is asked whether it took it, nobody may. */
export function isRepeatable(message: Outbound): boolean {
  return message.state === "failed" || (message.state === "uncertain" && !isAsked(message));
}

/** Whether its panel is still asked whether it took it, so that nobody else is. */
export function isAsked(message: Outbound): boolean {
  return message.state === "uncertain" && message.due !== undefined;
}

/** The panel could not tell: from now on an operator is asked. */
export function stopAsking(message: Outbound): Outbound | undefined {
  if (!isAsked(message)) return undefined;
  const { due: _due, askUntil: _until, ...rest } = message;
  return rest;
}

/**
 * What waits since before the machine's clock was set back, found at a start: it waits no longer than it would have. What is
 * wanted at a time of day keeps it. `undefined` where the clock has gone on since. Several starts may do it again.
 */
export function afterSetBack(message: Outbound, now: number): Outbound | undefined {
  const { due, sendAt, hold, askUntil } = message;
  const byMs = Math.max(message.at, message.claimedAt ?? 0) - now;
  if (byMs <= 0 || due === undefined || sendAt !== undefined || hold === "quiet") return undefined;
  return {
    ...message,
    due: due - byMs,
    ...(askUntil === undefined ? {} : { askUntil: askUntil - byMs }),
  };
}

export function fail(message: Outbound, failure: Failure): Outbound {
  return end({ ...message, failure }, "failed");
}

export function cancel(message: Outbound): Outbound {
  const { failure: _, hold: _hold, ...rest } = message;
  return end(rest, "cancelled");
}

/** Nothing more will be sent. Where an earlier attempt may have been, that is what remains to be said. */
function end(message: Outbound, state: "failed" | "cancelled"): Outbound {
  const { due: _, ...rest } = message;
  return { ...rest, state: message.doubted === undefined ? state : "uncertain" };
}
