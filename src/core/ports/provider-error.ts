/**
 * What went wrong, in words that every panel shares. The first group says nothing of the message and may be over later;
 * the second is about the line or the account; the third about this text or this receiver; of the fourth nobody knows
 * whether it was sent; `undelivered` is what a report said after the panel had taken it; the last are ours.
 */
export const failureCodes = [
  "unreachable",
  "rate-limited",
  "busy",
  "wrong-time",

  "bad-credentials",
  "address-refused",
  "no-credit",
  "over-quota",
  "account-closed",
  "bad-line",
  "bad-template",

  "bad-recipient",
  "blacklisted",
  "rejected",
  "bad-request",

  "no-answer",
  "bad-reply",
  "interrupted",

  "undelivered",

  "gave-up",
  "line-gone",
  "unsupported",
  "restored",
  "opted-out",
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** The account is closed to us: no waiting mends it, and asking on may lock it. */
export const accessFaults: ReadonlySet<FailureCode> = new Set(["bad-credentials", "account-closed", "address-refused"]);

/** What often passes by itself. */
export const passingFaults: ReadonlySet<FailureCode> = new Set([
  "unreachable",
  "busy",
  "rate-limited",
  "no-answer",
  "bad-reply",
]);

export interface ProviderErrorFacts {
  /** `true`: the SMS was surely not sent. `false`: it may have been. For calls that send nothing it is `true`. */
  readonly certain: boolean;
  /** The panel's own code and words, without secrets: `1010 Destination list is not valid.` */
  readonly vendor?: string;
  readonly httpStatus?: number;
  /** How long the panel asked us to wait. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** The one error of every provider. Its message is for developers; people get `code`, translated. */
export class ProviderError extends Error {
  override name = "ProviderError";
  readonly code: FailureCode;
  readonly certain: boolean;
  readonly vendor?: string;
  readonly httpStatus?: number;
  readonly retryAfterMs?: number;

  constructor(code: FailureCode, message: string, facts: ProviderErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.certain = facts.certain;
    if (facts.vendor !== undefined) this.vendor = facts.vendor;
    if (facts.httpStatus !== undefined) this.httpStatus = facts.httpStatus;
    if (facts.retryAfterMs !== undefined) this.retryAfterMs = facts.retryAfterMs;
  }
}
