import { type Carrier, silentCarrier } from "../carrier.ts";
import { countParts } from "../parts.ts";
import type { Timers } from "../timers.ts";
import { statuses } from "./codes.ts";

/** An SMS that the panel took. */
export interface AcceptedSms {
  /** Past 2^32, as the real ones are. */
  readonly id: string;
  readonly line: string;
  /** As it was sent to us. */
  readonly receiver: string;
  readonly text: string;
  readonly parts: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: "sendsms" | "p2psendsms" | "template";
}

export interface Progress {
  readonly status: number;
  readonly sentAt: number | undefined;
  readonly deliveredAt: number | undefined;
}

/** Every SMS that the panel took, and how far each has come. */
export interface Ledger {
  readonly all: readonly AcceptedSms[];
  accept(sms: Omit<AcceptedSms, "id" | "at" | "parts">): AcceptedSms;
  /** `undefined`: no such id. */
  progressOf(id: string): Progress | undefined;
  /** Fixes the status of one SMS. */
  setStatus(id: string, status: number): void;
  attach(carrier: Carrier): void;
}

/**
 * An SMS walks 1 → 4 → 2 → 9 within `deliverAfterMs` and is then handed to the network; it is 6 when the handset has it.
 * Without a report from there it becomes 13 after `noReportAfterMs`. `endOf` may name another end for a receiver.
 */
export function createLedger(deps: {
  timers: Timers;
  deliverAfterMs: () => number;
  noReportAfterMs: number;
  firstId: number;
  endOf: (receiver: string) => number | undefined;
  onChange: (sms: AcceptedSms, status: number) => void;
}): Ledger {
  const { timers, noReportAfterMs } = deps;
  const all: AcceptedSms[] = [];
  const entries = new Map<string, Entry>();
  let carrier: Carrier = silentCarrier;

  function handOver(entry: Entry): void {
    if (entry.end !== undefined && entry.end !== statuses.success) return;
    const end = deps.endOf(entry.sms.receiver);
    if (end !== undefined && end !== statuses.success) {
      finish(entry, end);
      return;
    }
    const { line, receiver, text } = entry.sms;
    carrier.carry({ from: line, to: receiver, text }, () => finish(entry, statuses.success));
    if (entry.end === undefined) {
      timers.after(noReportAfterMs, () => {
        if (entry.end === undefined) finish(entry, statuses.noDelivery);
      });
    }
  }

  function finish(entry: Entry, end: number): void {
    if (timers.isStopped) return;
    entry.end = end;
    if (end === statuses.success) entry.deliveredAt = timers.now();
    deps.onChange(entry.sms, end);
  }

  return {
    all,
    accept(taken) {
      const id = String(deps.firstId + all.length);
      const sms: AcceptedSms = { id, ...taken, parts: countParts(taken.text), at: timers.now() };
      const entry: Entry = { sms, deliverAfterMs: deps.deliverAfterMs() };
      all.push(sms);
      entries.set(id, entry);
      deps.onChange(sms, statuses.inQueue);
      timers.after(entry.deliverAfterMs, () => handOver(entry));
      return sms;
    },
    progressOf(id) {
      const entry = entries.get(id);
      if (!entry) return undefined;
      const { sms, deliverAfterMs } = entry;
      const age = timers.now() - sms.at;
      const sentAt = age >= deliverAfterMs * 0.5 ? sms.at + deliverAfterMs * 0.5 : undefined;
      if (entry.end !== undefined)
        return { status: entry.end, sentAt: sentAt ?? sms.at, deliveredAt: entry.deliveredAt };
      return { status: stageOf(age, deliverAfterMs), sentAt, deliveredAt: undefined };
    },
    setStatus(id, status) {
      const entry = entries.get(id);
      if (!entry) throw new Error(`the panel took no SMS ${id}`);
      finish(entry, status);
    },
    attach(next) {
      carrier = next;
    },
  };
}

interface Entry {
  readonly sms: AcceptedSms;
  readonly deliverAfterMs: number;
  end?: number;
  deliveredAt?: number;
}

function stageOf(age: number, deliverAfterMs: number): number {
  if (age < deliverAfterMs * 0.25) return statuses.inQueue;
  if (age < deliverAfterMs * 0.5) return statuses.pending;
  return age < deliverAfterMs * 0.75 ? statuses.sent : statuses.sentToDest;
}
