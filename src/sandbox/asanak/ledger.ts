import { createJourneys, type Journey, type Journeys } from "../journey.ts";
import type { TakenSms } from "../panel-simulator.ts";
import { countParts } from "../parts.ts";
import type { Timers } from "../timers.ts";
import { statuses } from "./codes.ts";

/** An SMS that the panel took. Its id is past 2^32, as the real ones are. */
export interface AcceptedSms extends TakenSms {
  readonly method: "sendsms" | "p2psendsms" | "template";
}

export interface Progress {
  readonly status: number;
  readonly sentAt: number | undefined;
  readonly deliveredAt: number | undefined;
}

/** Every SMS that the panel took, and how far each has come. */
export interface Ledger extends Omit<Journeys<number>, "begin"> {
  readonly all: readonly AcceptedSms[];
  accept(sms: Omit<AcceptedSms, "id" | "at" | "parts">): AcceptedSms;
  /** `undefined`: no such id. */
  progressOf(id: string): Progress | undefined;
  /** Fixes the status of one SMS. */
  setStatus(id: string, status: number): void;
}

/**
 * An SMS walks 1 → 4 → 2 → 9 within `deliverAfterMs` and is then handed to the network; it is 6 when the handset has it.
 * Without a report from there it becomes 13 after `noReportAfterMs`.
 */
export function createLedger(deps: {
  timers: Timers;
  deliverAfterMs: number | undefined;
  noReportAfterMs: number;
  firstId: number;
  onChange: (kind: "accepted" | "status", sms: AcceptedSms, status: number) => void;
}): Ledger {
  const { timers, onChange } = deps;
  const all: AcceptedSms[] = [];
  const journeyOf = new Map<string, Journey<number>>();
  const { begin, ...control } = createJourneys<number>({
    timers,
    deliverAfterMs: deps.deliverAfterMs,
    stages: [statuses.inQueue, statuses.pending, statuses.sent, statuses.sentToDest],
    delivered: statuses.success,
    noReport: { afterMs: deps.noReportAfterMs, status: statuses.noDelivery },
  });

  return {
    ...control,
    all,
    accept(taken) {
      const id = String(deps.firstId + all.length);
      const sms: AcceptedSms = { id, ...taken, parts: countParts(taken.text), at: timers.now() };
      const { line, receiver, text } = sms;
      const journey = begin({ from: line, to: receiver, text }, (end) => onChange("status", sms, end));
      all.push(sms);
      journeyOf.set(id, journey);
      onChange("accepted", sms, statuses.inQueue);
      return sms;
    },
    progressOf(id) {
      const journey = journeyOf.get(id);
      if (!journey) return undefined;
      const { startedAt, status, end, deliveredAt } = journey;
      const leftAt = startedAt + journey.deliverAfterMs * 0.5;
      const endedAt = end === undefined ? undefined : startedAt;
      return { status, sentAt: timers.now() >= leftAt ? leftAt : endedAt, deliveredAt };
    },
    setStatus(id, status) {
      const journey = journeyOf.get(id);
      if (!journey) throw new Error(`the panel took no SMS ${id}`);
      journey.finish(status);
    },
  };
}
