import type { FailureCode } from "../ports/provider-error.ts";
import type { OutboundState, ReportState } from "./delivery.ts";
import type { DeskId, MessageId, ProviderId } from "./ids.ts";
import type { WordEffect } from "./opt-out.ts";
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
  /** When it was found to be waiting to be shown. Present until it has been; absent on what is kept as seen and not shown. */
  readonly postDue?: number;
  /** Another process brought it to be shown, and the running bridge has not taken it up yet. */
  readonly handed?: number;
  /** SMS that are shown in one post with it, itself the first: from before that post leaves until it stands. */
  readonly joined?: readonly MessageId[];
  /** Since when it waits to be acted on as a word of opting out. */
  readonly wordDue?: number;
  /** What came of that. */
  readonly word?: WordEffect;
  /** It came while its desk was closed: since when it waits for its peer to be told so. */
  readonly awayDue?: number;
  /** When it was kept without being shown, because its peer is blocked. */
  readonly hidden?: number;
  /** Brought from the past when somebody asked for it: its post tells its time. */
  readonly past?: true;
  /** By a rule it is shown in a topic of this name, together with others. */
  readonly topic?: string;
  /** By a rule its post makes no sound. */
  readonly silent?: true;
  /** By a rule it is kept and not shown. */
  readonly dropped?: true;
  /** When it was dropped. Present until the desk was told. */
  readonly dropDue?: number;
  /** By a rule its one-time codes are hidden so long after it was shown. */
  readonly hideCodesAfterMs?: number;
  /** When they are hidden. Present from its post until they are. */
  readonly codesDue?: number;
  /** Its one-time codes are hidden: a hash of what it was (`contentOf`), by which a repeat is known. */
  readonly content?: string;
  /**
   * Its time is over and everything of it is gone but its key, so that a panel that lists it for years brings nothing new, and
   * this hash of its peer and text, by which another SMS with the same id is told from it.
   */
  readonly swept?: string;
}

/** Who did something. */
export interface Operator {
  readonly id: string;
  readonly name: string;
}

/**
 * Why a message is held: an undo window, it was old when first read, it is a forward, its time has not come, somebody else has just
 * answered the same customer, the customer has opted out of its line, it is the first to a number that never wrote, it has more
 * parts than its desk lets go unasked, or its line is quiet at this hour.
 */
export type Hold = "undo" | "stale" | "forward" | "scheduled" | "collision" | "opted-out" | "first" | "long" | "quiet";

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
  /** The panel's ids for this message; reports are asked by them. None where it gave none. */
  readonly ids: readonly string[];
  /** The panel's name for the call in which it went together with others. */
  readonly batch?: string;
}

/** A text that the panel has approved before, by its name in the configuration, and the values for it. */
export interface TemplateUse {
  readonly name: string;
  readonly values: readonly string[];
}

/** With the names of its values, in their order: another panel's form of the template may want them in another one. */
export interface NamedTemplateUse extends TemplateUse {
  readonly names: readonly string[];
}

/** An SMS that goes out, or went. Its id is made from where the operator wrote it. */
export interface Outbound {
  readonly id: MessageId;
  readonly desk: DeskId;
  readonly thread: ThreadId;
  readonly peer: Peer;
  /** The line it leaves from; a fallback changes it. */
  readonly line: Line;
  /** Of a template, what a person reads of it here: the panel makes the text. */
  readonly text: string;
  /** What the operator wrote, where somebody has chosen a shorter spelling of it since. */
  readonly written?: string;
  readonly template?: NamedTemplateUse;
  /** Wanted at this time, and not before: the panel may keep it until then, where it can. */
  readonly sendAt?: number;
  readonly lane: Lane;
  /** The SMS that it answers by itself. */
  readonly answers?: MessageId;
  /** The run of one text to many that it belongs to. */
  readonly bulk?: MessageId;
  /** It tells its receiver that they have opted out, and so leaves in spite of it. */
  readonly evenOptedOut?: true;
  /** It tells its receiver that the desk is closed. Nobody wrote it, so its mark shows it in the thread. */
  readonly away?: true;
  /** What it says holds until then. Later it leaves on a person's word only. */
  readonly trueUntil?: number;
  /** Somebody has said to send it although its line is quiet. */
  readonly evenQuiet?: true;
  /** The operator's message, as the desk names places. Absent for SMS that did not come from a desk. */
  readonly origin?: string;
  /** Its text stands nowhere in the chat, so its mark quotes it. */
  readonly quoted?: true;
  /**
   * It was written elsewhere than in its thread: `wanted` once it was sent, and then, from `echoDue` on, `shown` there.
   */
  readonly echo?: "wanted" | "shown";
  readonly echoDue?: number;
  readonly by?: Operator;
  readonly at: number;
  /** Its place in its thread, taken when it enters `queued` or an undo window. Rises with every taking. */
  readonly order: number;
  readonly state: OutboundState;
  readonly hold?: Hold;
  /** Who had answered just before, and when. */
  readonly collision?: { readonly by: Operator; readonly at: number };
  /** Counts the claims: 0 before the first. */
  readonly attempt: number;
  /** When the newest attempt was claimed. */
  readonly claimedAt?: number;
  /** The latest attempt of which nobody knows whether it was sent. While it stands, nothing may say that none was. */
  readonly doubted?: number;
  /** Until when the panel is asked whether it took the doubted attempt; after that an operator is. */
  readonly askUntil?: number;
  /**
   * When it must be looked at again: its turn, the end of a hold, or of the lease of a send. On an `uncertain` one, when the
   * panel is asked again.
   */
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
  /** Its time is over: nothing of it is left but its key, which never becomes another SMS. */
  readonly swept?: true;
  /** What the desk shows now (see `markOf`), and where, as the desk names places. */
  readonly shown?: string;
  readonly markPost?: string;
  readonly markDue?: number;
}

/** It left, or may have: while it is being sent nobody knows. */
export function mayHaveLeft({ receipts, state }: Pick<Outbound, "receipts" | "state">): boolean {
  return receipts.length > 0 || state === "sending" || state === "uncertain";
}

/** Lanes in the order in which a panel serves them. */
export type Lane = "answer" | "automatic" | "bulk";
