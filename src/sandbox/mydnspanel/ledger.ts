import { createJourneys, type Journey, type Journeys } from "../journey.ts";
import type { TakenSms } from "../panel-simulator.ts";
import { countParts } from "../parts.ts";
import type { Timers } from "../timers.ts";
import { returnedProcessing, type SmsStatus, stages } from "./codes.ts";
import { toTenDigits } from "./receivers.ts";

/** An SMS that the panel took, for one receiver. Its id is the `sendID`, shared by all receivers of one call. */
export interface AcceptedSms extends TakenSms {
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
export interface Ledger extends Omit<Journeys<SmsStatus>, "begin"> {
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
}

/**
 * An SMS walks 0/-1 → 1/-1 → 2/0 → 2/1 (processing/send) within `deliverAfterMs` and is then handed to the network; it is
 * 2/3 when the handset has it. One that is returned gives its price back.
 */
export function createLedger(deps: {
  timers: Timers;
  deliverAfterMs: number | undefined;
  /** When a report is archived, from acceptance. */
  archiveAfterMs: number;
  firstId: bigint;
  refund: (parts: number) => void;
  onChange: (kind: "accepted" | "status", sms: AcceptedSms, status: SmsStatus) => void;
}): Ledger {
  const { timers, onChange } = deps;
  const all: AcceptedSms[] = [];
  const sends = new Map<string, Send>();
  const { begin, ...control } = createJourneys<SmsStatus>({
    timers,
    deliverAfterMs: deps.deliverAfterMs,
    stages: [stages.processing, stages.queued, stages.handedOver, stages.reachedTelecom],
    delivered: stages.delivered,
  });

  function take(sms: AcceptedSms): Entry {
    const { line, receiver, text, parts } = sms;
    const journey = begin({ from: line, to: receiver, text }, (end, before) => {
      const { processing } = end;
      if (processing === returnedProcessing && before?.processing !== processing) deps.refund(parts);
      onChange("status", sms, end);
    });
    all.push(sms);
    onChange("accepted", sms, stages.processing);
    return { sms, journey };
  }

  function entriesOf(id: string, receiver: string): Entry[] {
    const entries = sends.get(id)?.entries ?? [];
    return entries.filter(({ sms }) => toTenDigits(sms.receiver) === toTenDigits(receiver));
  }

  return {
    ...control,
    all,
    accept({ receivers, type, ...taken }) {
      const id = String(deps.firstId + BigInt(sends.size));
      const at = timers.now();
      const facts = { id, ...taken, parts: countParts(taken.text), at, ...(type !== undefined && { type }) };
      const entries: Entry[] = [];
      sends.set(id, { entries, at, isArchived: false });
      for (const receiver of receivers) entries.push(take({ ...facts, receiver }));
      return id;
    },
    reportOf(id) {
      const send = sends.get(id);
      if (!send) return undefined;
      const count = send.entries.length;
      const isArchived = send.isArchived || timers.now() - send.at >= deps.archiveAfterMs;
      if (isArchived) return { isArchived, count, receivers: [] };
      const receivers = send.entries.map((entry) => ({ receiver: entry.sms.receiver, status: entry.journey.status }));
      return { isArchived, count, receivers };
    },
    statusOf: (id, receiver) => entriesOf(id, receiver)[0]?.journey.status,
    setStatus(id, receiver, status) {
      const entries = entriesOf(id, receiver);
      if (entries.length === 0) throw new Error(`the panel took no SMS ${id} for ${receiver}`);
      for (const { journey } of entries) journey.finish(status);
    },
    archive(id) {
      const send = sends.get(id);
      if (!send) throw new Error(`the panel took no SMS ${id}`);
      send.isArchived = true;
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
  readonly journey: Journey<SmsStatus>;
}
