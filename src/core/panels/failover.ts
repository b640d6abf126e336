import { backoffMs } from "../../support/backoff.ts";
import type { Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import type { Asking } from "../outbox/attempt.ts";
import type { FailureCode, ProviderError } from "../ports/provider-error.ts";

/** What to do after an attempt that failed (DESIGN 2.3). */
export type NextStep =
  | { readonly do: "retry"; readonly afterMs: number }
  | { readonly do: "go-over"; readonly line: Line }
  /** The panel cannot keep it until its time, so we do. */
  | { readonly do: "wait-for-its-time"; readonly until: number }
  | { readonly do: "fail" }
  /** Of which of the call's receivers or texts the panel says this, nobody knows: they go again, in smaller calls. */
  | { readonly do: "split" }
  /** Nobody knows: the panel is asked, where it can tell, and then the operator. */
  | { readonly do: "doubt"; readonly asking?: Asking };

interface Rule {
  /** Tries again on the same line; a number is a fixed pause in milliseconds. */
  readonly retries: "with-back-off" | number | false;
  /** When another line may take it. */
  readonly goesOver: "at-once" | "after-a-minute" | "never";
}

const passing: Rule = { retries: "with-back-off", goesOver: "after-a-minute" };
const ofTheLine: Rule = { retries: false, goesOver: "at-once" };
const ofTheMessage: Rule = { retries: false, goesOver: "never" };

/** Failures that are certain; one that is not certain is never decided here. */
const rules: Readonly<Record<FailureCode, Rule>> = {
  unreachable: passing,
  "rate-limited": passing,
  busy: passing,
  interrupted: passing,
  "wrong-time": { retries: 5 * 60_000, goesOver: "at-once" },
  "bad-credentials": ofTheLine,
  "address-refused": ofTheLine,
  "no-credit": ofTheLine,
  "over-quota": ofTheLine,
  "account-closed": ofTheLine,
  "bad-line": ofTheLine,
  "bad-template": ofTheMessage,
  "bad-recipient": ofTheMessage,
  blacklisted: ofTheMessage,
  rejected: ofTheMessage,
  "bad-request": ofTheMessage,
  "no-answer": ofTheMessage,
  "bad-reply": ofTheMessage,
  undelivered: ofTheMessage,
  "gave-up": ofTheMessage,
  "line-gone": ofTheMessage,
  unsupported: ofTheLine,
  restored: ofTheMessage,
  "opted-out": ofTheMessage,
};

const triedLongMs = 60_000;
const pauses = { firstMs: 2000, maxMs: 60_000 };

export interface FailureFacts {
  /** The lines that come after the message's own and can send it, in order, as configured for the line it began on. */
  readonly fallbacks: readonly Line[];
  /** Where the panel can tell whether it took what it did not answer. */
  readonly asking?: Asking;
  readonly now: number;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

/** A refusal of one text or one receiver, which no other line would take either. */
export function isOfTheMessage({ code, certain }: ProviderError): boolean {
  return certain && rules[code] === ofTheMessage;
}

/** Claimed before its time, for a panel that keeps it until then. */
export function isEarly({ sendAt, claimedAt }: Outbound): boolean {
  return sendAt !== undefined && claimedAt !== undefined && claimedAt < sendAt;
}

export function nextStep(error: ProviderError, message: Outbound, facts: FailureFacts): NextStep {
  if (!error.certain) return { do: "doubt", ...(facts.asking ? { asking: facts.asking } : {}) };
  if (error.code === "unsupported" && message.sendAt !== undefined && isEarly(message)) {
    return { do: "wait-for-its-time", until: message.sendAt };
  }
  const rule = rules[error.code];
  const next = facts.fallbacks.find((line) => line !== message.line && !message.triedLines.includes(line));
  const triedMs = facts.now - (message.triedSince ?? facts.now);
  const mayGoOver = rule.goesOver === "at-once" || (rule.goesOver === "after-a-minute" && triedMs >= triedLongMs);
  if (next !== undefined && mayGoOver) return { do: "go-over", line: next };
  if (rule.retries === false || facts.now >= message.giveUpAt) return { do: "fail" };
  const backOff = backoffMs(message.tries + 1, { ...pauses, random: facts.random });
  const pauseMs = Math.max(rule.retries === "with-back-off" ? backOff : rule.retries, error.retryAfterMs ?? 0);
  // However long the panel wants us to wait, another line need not.
  const longestMs = next === undefined ? pauseMs : triedLongMs - triedMs;
  return { do: "retry", afterMs: Math.min(pauseMs, longestMs) };
}
