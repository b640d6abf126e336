import { type Carrier, silentCarrier } from "../carrier.ts";
import { countParts } from "../parts.ts";
import type { Timers } from "../timers.ts";
import { returnedProcessing, type SmsStatus, stages } from "./codes.ts";
import { toTenDigits } from "./receivers.ts";

/** An SMS that the panel took, for one receiver. */
export interface AcceptedSms {
  /** The `sendID`, shared by all receivers of one call. */
  readonly id: string;
  readonly line: string;
  /** As it was sent to us. */
  readonly receiver: string;
  readonly text: string;
  readonly parts: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: string;
  /** How often the panel itself would try again. */
  readonly trySend: number;
  readonly type?: string;
}

export interface Sending extends Pick<AcceptedSms, "line" | "text" | "action" | "trySend"> {
  readonly receivers: readonly string[];
  readonly type?: string | undefined;
}

export interface SendReport {
  /** An archived send has no receivers any more. */
  readonly isArchived: boolean;
  /** How many it went to, archived or not. */
  readonly count: number;
  readonly receivers: readonly { readonly receiver: string; readonly status: SmsStatus }[];
}

/** Every SMS that the panel took, and how far each has come. */
export interface Ledger {
  readonly all: readonly AcceptedSms[];
  /** Gives the `sendID`. */
  accept(sending: Sending): string;
  /** `undefined`: no such id. */
  reportOf(id: string): SendReport | undefined;
  /** `undefined`: this send did not go to that receiver. */
  statusOf(id: string, receiver: string): SmsStatus | undefined;
  /** Fixes the status of one receiver. */
  setStatus(id: string, receiver: string, status: SmsStatus): void;
  archive(id: string): void;
  attach(carrier: Carrier): void;
}

/**
 * An SMS walks 0/-1 → 1/-1 → 2/0 → 2/1 (processing/send) within `deliverAfterMs` and is then handed to the network; it is
 * 2/3 when the handset has it. `endOf` may name another end for a receiver. One that is returned gives its price back.
 */
export function createLedger(deps: {
  timers: Timers;
  deliverAfterMs: () => number;
  /** When a report is archived, from acceptance. */
  archiveAfterMs: number;
  firstId: bigint;
  endOf: (receiver: string) => SmsStatus | undefined;
  refund: (parts: number) => void;
  onChange: (kind: "accepted" | "status", sms: AcceptedSms, status: SmsStatus) => void;
}): Ledger {
  const { timers } = deps;
  const all: AcceptedSms[] = [];
  const sends = new Map<string, Send>();
  let carrier: Carrier = silentCarrier;

  function handOver(entry: Entry): void {
    if (entry.end && !isDelivered(entry.end)) return;
    const end = deps.endOf(entry.sms.receiver);
    if (end && !isDelivered(end)) {
      finish(entry, end);
      return;
    }
    const { line, receiver, text } = entry.sms;
    carrier.carry({ from: line, to: receiver, text }, () => finish(entry, stages.delivered));
  }

  function finish(entry: Entry, end: SmsStatus): void {
    if (timers.isStopped) return;
    const wasReturned = entry.end?.processing === returnedProcessing;
    if (end.processing === returnedProcessing && !wasReturned) deps.refund(entry.sms.parts);
    entry.end = end;
    deps.onChange("status", entry.sms, end);
  }

  function statusNow({ sms, deliverAfterMs, end }: Entry): SmsStatus {
    return end ?? stageOf(timers.now() - sms.at, deliverAfterMs);
  }

  function entriesOf(id: string, receiver: string): Entry[] {
    const entries = sends.get(id)?.entries ?? [];
    return entries.filter(({ sms }) => toTenDigits(sms.receiver) === toTenDigits(receiver));
  }

  return {
    all,
    accept({ receivers, type, ...taken }) {
      const id = String(deps.firstId + BigInt(sends.size));
      const deliverAfterMs = deps.deliverAfterMs();
      const facts = {
        id,
        ...taken,
        parts: countParts(taken.text),
        at: timers.now(),
        ...(type !== undefined && { type }),
      };
      const entries = receivers.map((receiver): Entry => ({ sms: { ...facts, receiver }, deliverAfterMs }));
      sends.set(id, { entries, at: facts.at, isArchived: false });
      for (const entry of entries) {
        all.push(entry.sms);
        deps.onChange("accepted", entry.sms, stages.processing);
        timers.after(deliverAfterMs, () => handOver(entry));
      }
      return id;
    },
    reportOf(id) {
      const send = sends.get(id);
      if (!send) return undefined;
      const count = send.entries.length;
      const isArchived = send.isArchived || timers.now() - send.at >= deps.archiveAfterMs;
      if (isArchived) return { isArchived, count, receivers: [] };
      const receivers = send.entries.map((entry) => ({ receiver: entry.sms.receiver, status: statusNow(entry) }));
      return { isArchived, count, receivers };
    },
    statusOf(id, receiver) {
      const [entry] = entriesOf(id, receiver);
      return entry && statusNow(entry);
    },
    setStatus(id, receiver, status) {
      const entries = entriesOf(id, receiver);
      if (entries.length === 0) throw new Error(`the panel took no SMS ${id} for ${receiver}`);
      for (const entry of entries) finish(entry, status);
    },
    archive(id) {
      const send = sends.get(id);
      if (!send) throw new Error(`the panel took no SMS ${id}`);
      send.isArchived = true;
    },
    attach(next) {
      carrier = next;
    },
  };
}

interface Send {
  readonly entries: readonly Entry[];
  readonly at: number;
  isArchived: boolean;
}

interface Entry {
  readonly sms: AcceptedSms;
  readonly deliverAfterMs: number;
  end?: SmsStatus;
}

function isDelivered({ processing, send }: SmsStatus): boolean {
  return processing === stages.delivered.processing && send === stages.delivered.send;
}

function stageOf(age: number, deliverAfterMs: number): SmsStatus {
  if (age < deliverAfterMs * 0.25) return stages.processing;
  if (age < deliverAfterMs * 0.5) return stages.queued;
  return age < deliverAfterMs * 0.75 ? stages.handedOver : stages.reachedTelecom;
}
