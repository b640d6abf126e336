import type { ReportState } from "../model/delivery.ts";
import type { ProviderId } from "../model/ids.ts";
import type { Line, Peer } from "../model/phone.ts";

/**
 * One account at one SMS panel. `send` is what every panel can do; each optional object is a capability, and its presence
 * is the whole truth about it: core never asks what kind of panel it has.
 *
 * Every method throws `ProviderError` and nothing else.
 */
export interface SmsProvider {
  readonly id: ProviderId;
  readonly kind: string;
  readonly limits: ProviderLimits;
  /** One text from one line to one or more peers, at most `limits.receiversPerCall`. */
  send(sms: OutgoingSms, signal: AbortSignal): Promise<SendReceipt>;
  readonly batch?: BatchSending;
  readonly templates?: TemplateSending;
  readonly reports?: Reports;
  readonly credit?: CreditReading;
  readonly inbox?: PushInbox;
  /** Releases sockets. Safe to call twice. */
  close(): Promise<void>;
}

export interface ProviderLimits {
  readonly receiversPerCall: number;
  /** Calls that send, a second. */
  readonly perSecond: number;
  /** Calls that send, under way at once. */
  readonly inFlight: number;
  /** The longest that `send` can take before it gives up, in milliseconds. */
  readonly sendTimeoutMs: number;
}

export interface OutgoingSms {
  readonly line: Line;
  readonly peers: readonly Peer[];
  readonly text: string;
}

/** The panel took it. `ids` are in the order of the receivers; where their number differs from the receivers', nobody knows which is whose. */
export interface SendReceipt {
  readonly ids: readonly string[];
}

/** Different texts in one call. */
export interface BatchSending {
  readonly rowsPerCall: number;
  send(rows: readonly { line: Line; peer: Peer; text: string }[], signal: AbortSignal): Promise<SendReceipt>;
}

/** Texts that the panel has approved before; the panel fills in the values. */
export interface TemplateSending {
  send(
    sms: { line: Line; peer: Peer; template: unknown; values: readonly string[] },
    signal: AbortSignal,
  ): Promise<SendReceipt>;
}

/** Delivery news, asked by the ids of receipts. Ids that the panel leaves out of its answer are left out here too. */
export interface Reports {
  readonly idsPerCall: number;
  /** Ages of a message at which to ask, in seconds since its receipt; after the last one nothing more is expected. */
  readonly askAtSeconds: readonly number[];
  fetch(ids: readonly string[], signal: AbortSignal): Promise<readonly Report[]>;
}

export interface Report {
  readonly id: string;
  /** Absent where the panel used a code that we do not know: no change. */
  readonly state?: ReportState;
  /** The panel's own code and words. */
  readonly vendor: string;
}

export interface CreditReading {
  read(signal: AbortSignal): Promise<readonly Credit[]>;
}

/** `messages` is a number of SMS, `rial` is money, `raw` is a number of which the panel does not say what it counts. */
export interface Credit {
  readonly unit: "messages" | "rial" | "raw";
  readonly amount: number;
}

/** The panel calls us. */
export interface PushInbox {
  readonly mode: "push";
  /** Reads one call. Throws `ProviderError("bad-request")` when no SMS can be read from it. Pure. */
  parse(call: PushCall): readonly IncomingSms[];
}

/** An HTTP call as it came: nothing decoded, nothing lost. */
export interface PushCall {
  readonly method: string;
  /** The part after the first `?`, undecoded, without it. */
  readonly query: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** An SMS as a panel hands it over. */
export interface IncomingSms {
  readonly line: Line;
  readonly peer: Peer;
  readonly text: string;
  /** The panel's id of it, as a string; empty or `0` is no id. */
  readonly panelId?: string;
  /** The panel's time as it was written, and as understood. */
  readonly time?: { readonly written: string; readonly at?: number };
}

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
  "unsupported",
] as const;

export type FailureCode = (typeof failureCodes)[number];

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
