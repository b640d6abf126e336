import type { FailureCode } from "../ports/sms-provider.ts";
import type { OutboundState, ReportState } from "./delivery.ts";
import type { DeskId, MessageId, ProviderId } from "./ids.ts";
import type { Line, Peer } from "./phone.ts";
import type { ThreadId } from "./thread.ts";

// Every time is in epoch milliseconds. A `…Due` field is present exactly while that work is open, so an index on it is the
// list of unfinished work, after a restart too.

/** An SMS that came in. Its id is the key by which a repeat is known. */
export interface Inbound {
  readonly id: MessageId;
  readonly desk: DeskId;
  readonly thread: ThreadId;
  readonly provider: ProviderId;
  readonly line: Line;
  readonly peer: Peer;
  readonly text: string;
  /** When the panel says it came. */
  readonly panelTime?: number;
  /** When we stored it. */
  readonly at: number;
  /** Rises with every accepted SMS; tells their order where the panel's times are equal. */
  readonly seq: number;
  /** Equal texts of one peer without any time share this; it finds the newest of them. */
  readonly twin?: string;
  /** How often the panel has handed it out again. */
  readonly repeats: number;
  /** Where it was posted, as the desk names places. Present once it was. */
  readonly post?: string;
  /** When it was found to be waiting to be shown. Present until it has been. */
  readonly postDue?: number;
}

/** Who did something. */
export interface Operator {
  readonly id: string;
  readonly name: string;
}

/** Why a message is held: an undo window, it was old when first read, or it is a forward. */
export type Hold = "undo" | "stale" | "forward";

/** Why an attempt did not succeed; `vendor` is the panel's own code and words. */
export interface Failure {
  readonly code: FailureCode;
  readonly vendor?: string;
}

/** What a panel answered to one attempt. */
export interface Receipt {
  readonly attempt: number;
  readonly provider: ProviderId;
  readonly at: number;
  /** The panel's ids for this message; reports are asked by them. */
  readonly ids: readonly string[];
}

/** An SMS that goes out, or went. Its id is made from where the operator wrote it. */
export interface Outbound {
  readonly id: MessageId;
  readonly desk: DeskId;
  readonly thread: ThreadId;
  readonly peer: Peer;
  /** The line it leaves from; a fallback changes it. */
  readonly line: Line;
  readonly text: string;
  readonly lane: Lane;
  /** The operator's message, as the desk names places. Absent for SMS that did not come from a desk. */
  readonly origin?: string;
  readonly by?: Operator;
  readonly at: number;
  /** Its place in its thread, taken when it enters `queued` or an undo window. Rises with every taking. */
  readonly order: number;
  readonly state: OutboundState;
  readonly hold?: Hold;
  /** Counts the claims: 0 before the first. */
  readonly attempt: number;
  /** The latest attempt of which nobody knows whether it was sent. While it stands, nothing may say that none was. */
  readonly doubted?: number;
  /** When the outbox must look at it again: its turn, the end of a hold, or of the lease of a send. */
  readonly due?: number;
  /** When waiting ends as a failure. */
  readonly giveUpAt: number;
  /** Since when it is being tried, for fallback and giving up. */
  readonly triedSince?: number;
  /** Tries of this attempt chain that certainly did not send, for back-off. */
  readonly tries: number;
  readonly failure?: Failure;
  /** Lines tried and given up before `line`. */
  readonly triedLines: readonly Line[];
  readonly receipts: readonly Receipt[];
  readonly reports: Readonly<Record<string, ReportState>>;
  readonly reportDue?: number;
  /** The customer had last written to another line than before; the mark names the line. */
  readonly namesLine?: boolean;
  /** Who settled an uncertain one, or asked for another attempt. */
  readonly settledBy?: Operator;
  /** What the desk shows now (see `markOf`), and where, as the desk names places. */
  readonly shown?: string;
  readonly markPost?: string;
  readonly markDue?: number;
}

/** Lanes in the order in which a panel serves them. */
export type Lane = "answer" | "automatic" | "bulk";
