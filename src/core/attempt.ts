import type { NextStep } from "./failover.ts";
import type { Outbound, Receipt } from "./model/message.ts";
import type { ProviderError } from "./ports/sms-provider.ts";

// The steps of one attempt, each from a record to the next one, or `undefined` where it does not apply. They are pure: the
// ledger may run them again when another writer was faster.

/** Whether it waits for its turn and for nobody's word. */
export function isWaiting(message: Outbound): boolean {
  return message.state === "queued" || (message.state === "held" && message.due !== undefined);
}

/** The claim: the last thing that is committed before the bytes leave. A message that has waited too long fails instead. */
export function claim(message: Outbound, now: number, leaseMs: number): Outbound | undefined {
  if (!isWaiting(message) || (message.due ?? 0) > now) return undefined;
  const { hold: _, ...rest } = message;
  if (now >= message.giveUpAt) return fail(rest, message.failure ?? { code: "gave-up" });
  return {
    ...rest,
    state: "sending",
    attempt: message.attempt + 1,
    due: now + leaseMs,
    triedSince: message.triedSince ?? now,
  };
}

/**
 * The panel took it. The answer to the newest attempt counts even when it comes after the lease, or after somebody asked
 * for another attempt that has not begun: it proves that the SMS is on its way. An older one only leaves its ids.
 */
export function take(message: Outbound, receipt: Receipt, reportDue: number | undefined): Outbound | undefined {
  if (message.receipts.some((known) => known.attempt === receipt.attempt)) return undefined;
  const pending = Object.fromEntries(receipt.ids.map((id) => [id, "pending" as const]));
  const { due, failure, hold: _hold, ...rest } = message;
  const isOver = message.attempt !== receipt.attempt;
  return {
    ...rest,
    ...(isOver && due !== undefined ? { due } : {}),
    ...(isOver && failure ? { failure } : {}),
    state: isOver ? message.state : "sent",
    receipts: [...message.receipts, receipt],
    reports: isOver ? { ...message.reports, ...pending } : pending,
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
  switch (step.do) {
    case "retry": {
      const due = Math.min(now + step.afterMs, message.giveUpAt);
      return { ...message, state: "queued", due, tries: message.tries + 1, failure };
    }
    case "go-over": {
      const { triedSince: _, failure: _failure, ...rest } = message;
      const triedLines = [...message.triedLines, message.line];
      return { ...rest, state: "queued", due: now, tries: 0, line: step.line, triedLines };
    }
    case "fail":
      return fail(message, failure);
    case "ask-the-operator":
      return doubt(message, attempt, failure);
  }
}

/** Nobody knows whether it was sent: its answer never came, or the process that sent it is gone. */
export function doubt(message: Outbound, attempt: number, failure: Outbound["failure"]): Outbound | undefined {
  if (message.attempt !== attempt || message.state !== "sending") return undefined;
  const { due: _, ...rest } = message;
  return { ...rest, state: "uncertain", ...(failure ? { failure } : {}) };
}

export function fail(message: Outbound, failure: NonNullable<Outbound["failure"]>): Outbound {
  const { due: _, ...rest } = message;
  return { ...rest, state: "failed", failure };
}
