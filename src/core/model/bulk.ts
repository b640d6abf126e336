import type { OutboundState } from "./delivery.ts";
import { type DeskId, hashKey, type MessageId } from "./ids.ts";
import type { Failure, Operator } from "./message.ts";
import type { Line, Peer } from "./phone.ts";

/**
 * `planned`: it waits for a person to say **Send**. `running`: its receivers are handed to the outbox, some at a time.
 * `stopping`: nobody new is, and what waits is called back. The others are over; `dropped` is one that was never sent.
 */
export type BulkState = "planned" | "running" | "stopping" | "done" | "stopped" | "dropped";

/** One text, with or without fields, to many receivers. Its receivers are kept apart, in pages. */
export interface BulkRun {
  /** Made from where the command was written. */
  readonly id: MessageId;
  readonly desk: DeskId;
  readonly line: Line;
  /** With its fields. */
  readonly text: string;
  readonly by: Operator;
  readonly at: number;
  readonly state: BulkState;
  /** Receivers. */
  readonly total: number;
  /** How many of them, from the first, have been handed to the outbox. What lies before is never handed over again. */
  readonly next: number;
  readonly startedAt?: number;
  readonly stoppedBy?: Operator;
  /** A restored store does not know how far it came, and so it did not go on. */
  readonly isRestored?: true;
  /** The message with its buttons, as the desk names places. */
  readonly place?: string;
  /** The topic that it stands in, if any. */
  readonly topic?: string;
  /** What came of it, once it is over. */
  readonly counts?: BulkCounts;
  /** `bulkKey` of what the desk shows. */
  readonly shown?: string;
  /** While there is something left to do about it; of a plan, the moment at which it lapses. */
  readonly due?: number;
}

export interface BulkReceiver {
  readonly peer: Peer;
  /** What its fields hold, in the order in which the text names them. */
  readonly values: readonly string[];
}

/** How many receivers are where. They add up to the total. */
export interface BulkCounts {
  /** Not in the outbox yet, or waiting there; when all is over, called back or never handed over. */
  readonly waiting: number;
  /** On their way to the panel at this moment. */
  readonly leaving: number;
  readonly sent: number;
  readonly failed: number;
  /** Nobody knows whether the panel took them. */
  readonly uncertain: number;
}

export interface BulkProgress {
  readonly run: BulkRun;
  readonly counts: BulkCounts;
  /** Its line is quiet at this hour, and so nothing leaves. */
  readonly isQuiet?: boolean;
}

/** A row of the list that nothing is sent by. */
export interface RefusedRow {
  readonly row: number;
  readonly written: string;
  readonly why: "bad-number" | "duplicate" | "empty-field" | "opted-out" | "blocked";
  /** The empty one. */
  readonly field?: string;
}

/** What became of one receiver. `not-sent`: it was stopped before; `blocked`: was blocked by an operator when its turn came. */
export interface BulkOutcome {
  readonly peer: Peer;
  readonly state: OutboundState | "not-sent" | "blocked";
  readonly failure?: Failure;
}

/** Of one receiver's SMS. The same receiver gets it once, however often it is handed over. */
export function bulkMessageId(run: MessageId, peer: Peer): MessageId {
  return hashKey("bulk", run, peer);
}

export function isOver({ state }: Pick<BulkRun, "state">): boolean {
  return state === "done" || state === "stopped" || state === "dropped";
}

const step = 20;

/** Equal for what looks the same: progress is shown in steps, for every edit costs a message of Telegram's limit. */
export function bulkKey({ run, counts, isQuiet = false }: BulkProgress): string {
  const settled = run.total - counts.waiting - counts.leaving;
  if (isOver(run)) return run.state;
  return `${run.state}:${Math.floor((step * settled) / Math.max(1, run.total))}${isQuiet ? ":quiet" : ""}`;
}
