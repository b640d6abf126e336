import type { ReportState } from "../model/delivery.ts";
import type { ProviderId } from "../model/ids.ts";
import type { Line, Peer } from "../model/phone.ts";
import type { History, Inbox } from "./inbox.ts";
import type { FailureCode } from "./provider-error.ts";

/**
 * One account at one SMS panel. `send` is what every panel can do; each optional object is a capability, and its presence
 * is the whole truth about it: core never asks what kind of panel it has. Where only the panel itself can tell whether it
 * can do a thing, the capability is there and its call throws `unsupported`.
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
  /**
   * Whether a receiver may share a call with others. One that the panel would leave out makes the whole call uncertain, so it
   * goes alone. Absent: all may.
   */
  readonly sharesCall?: (peer: Peer) => boolean;
  readonly templates?: TemplateSending;
  readonly schedule?: ScheduledSending;
  readonly reports?: Reports;
  readonly sentList?: SentList;
  readonly credit?: CreditReading;
  readonly contacts?: ContactKeeping;
  readonly status?: StatusReading;
  readonly inbox?: Inbox;
  readonly history?: History;
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

/** The panel took it. */
export interface SendReceipt {
  /**
   * The panel's id for each receiver, in their order; `undefined` where it took the SMS and named none, so that nothing more
   * can be asked about it. Where their number differs from the receivers', nobody knows which is whose.
   */
  readonly ids: readonly (string | undefined)[];
  /** The panel's name for the call as a whole, where one question tells the reports of all its receivers. */
  readonly batch?: string;
}

/** Different texts in one call. */
export interface BatchSending {
  readonly rowsPerCall: number;
  send(rows: readonly { line: Line; peer: Peer; text: string }[], signal: AbortSignal): Promise<SendReceipt>;
}

/** Texts that the panel has approved before; the panel fills in the values. `template` is the configuration's form of one. */
export interface TemplateSending {
  /** The names of the values that it takes, in order. */
  valuesOf(template: unknown): readonly string[];
  send(
    sms: { line: Line; peer: Peer; template: unknown; values: readonly string[] },
    signal: AbortSignal,
  ): Promise<SendReceipt>;
}

/** The panel keeps an SMS until its time. What it has taken cannot be called back. */
export interface ScheduledSending {
  /** `at` is in epoch milliseconds. */
  send(sms: OutgoingSms & { readonly at: number }, signal: AbortSignal): Promise<SendReceipt>;
}

/** Delivery news, asked by the ids of receipts. Ids that the panel leaves out of its answer are left out here too. */
export interface Reports {
  readonly idsPerCall: number;
  /** One question tells of a whole batch, so that a batch counts as one id. */
  readonly countsBatches?: true;
  /** Ages of a message at which to ask, in seconds since its receipt; after the last one nothing more is expected. */
  readonly askAtSeconds: readonly number[];
  /** At most `idsPerCall`, or ids of that many batches; ids of one batch stand together. */
  fetch(ids: readonly SentId[], signal: AbortSignal): Promise<readonly Report[]>;
}

/** An id as a receipt gave it, with the name of its batch. */
export interface SentId {
  readonly id: string;
  readonly batch?: string;
}

export interface Report {
  readonly id: string;
  /** Absent where the panel used a code that we do not know: no change. */
  readonly state?: ReportState;
  /** The panel's own code and words. */
  readonly vendor: string;
}

/** What the panel itself says that it has sent: where its answer to a send was lost, this tells whether it took the SMS. */
export interface SentList {
  /** What lately left from a line, as far back as the panel lists. */
  read(line: Line, signal: AbortSignal): Promise<readonly SentSms[]>;
}

export interface SentSms {
  /** As a receipt would have given it. */
  readonly id: string;
  readonly peer: Peer;
  readonly text: string;
  /** Epoch milliseconds; absent where the panel's time cannot be read. */
  readonly at?: number;
}

export interface CreditReading {
  read(signal: AbortSignal): Promise<readonly Credit[]>;
}

/** `messages` is a number of SMS, `rial` is money, `raw` is a number of which the panel does not say what it counts. */
export interface Credit {
  readonly unit: "messages" | "rial" | "raw";
  readonly amount: number;
}

/** The panel keeps a phone book. */
export interface ContactKeeping {
  /** The names of what can be kept beside the number, as the configuration has them. */
  readonly fields: readonly string[];
  add(
    contact: { readonly peer: Peer; readonly fields: Readonly<Record<string, string>> },
    signal: AbortSignal,
  ): Promise<ContactAdded>;
}

export interface ContactAdded {
  /** Fields that the panel did not keep, with its code; the contact itself is kept all the same. */
  readonly refused: readonly { readonly field: string; readonly vendor: string }[];
}

/** Looks at the account without sending anything, for whoever sets it up. */
export interface StatusReading {
  /** Never throws for what the panel answers: each answer is a fact. `lines` are those that the configuration gives it. */
  read(lines: readonly Line[], signal: AbortSignal): Promise<readonly StatusFact[]>;
  /**
   * Reads what came in, to tell how it is understood. The panel may count it as handed over and never list it again, so it is
   * called only where somebody asks for just that. Present where it tells more than `read`.
   */
  readInbox?(lines: readonly Line[], signal: AbortSignal): Promise<readonly StatusFact[]>;
}

/** One thing that was looked at. `access`: whether the service is open to us; `contract`: whether it is as we know it. */
export interface StatusFact {
  readonly aspect: "access" | "line" | "inbox" | "contract";
  /** Absent for what is about the whole account. */
  readonly line?: Line;
  /** `unknown`: it could not be told. */
  readonly outcome: "good" | "bad" | "unknown";
  /** Where a question failed, or was answered like one that did: how. */
  readonly failure?: FailureCode;
  /** In English, for the one who runs the bridge. */
  readonly detail: string;
  /** What to do, in English, where that does not follow from the aspect and the failure. */
  readonly advice?: string;
}
