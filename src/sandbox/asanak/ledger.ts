import type { Carrier } from "../carrier.ts";
import { createJourneys, type Journey } from "../journey.ts";
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
  const { timers, deliverAfterMs, endOf } = deps;
  const all: AcceptedSms[] = [];
  const journeyOf = new Map<string, Journey>();
  const journeys = createJourneys({
    timers,
    deliverAfterMs,
    endOf,
    deliveredCode: statuses.success,
    noReport: { afterMs: deps.noReportAfterMs, code: statuses.noDelivery },
  });

  return {
    all,
    accept(taken) {
      const id = String(deps.firstId + all.length);
      const sms: AcceptedSms = { id, ...taken, parts: countParts(taken.text), at: timers.now() };
      const { line, receiver, text } = sms;
      all.push(sms);
      journeyOf.set(
        id,
        journeys.begin({ from: line, to: receiver, text }, (end) => deps.onChange(sms, end)),
      );
      deps.onChange(sms, statuses.inQueue);
      return sms;
    },
    progressOf(id) {
      const journey = journeyOf.get(id);
      if (!journey) return undefined;
      const { startedAt, end, deliveredAt } = journey;
      const age = timers.now() - startedAt;
      const sentAt = age >= journey.deliverAfterMs * 0.5 ? startedAt + journey.deliverAfterMs * 0.5 : undefined;
      if (end !== undefined) return { status: end, sentAt: sentAt ?? startedAt, deliveredAt };
      return { status: stageOf(age, journey.deliverAfterMs), sentAt, deliveredAt: undefined };
    },
    setStatus(id, status) {
      const journey = journeyOf.get(id);
      if (!journey) throw new Error(`the panel took no SMS ${id}`);
      journey.finish(status);
    },
    attach: journeys.attach,
  };
}

function stageOf(age: number, deliverAfterMs: number): number {
  if (age < deliverAfterMs * 0.25) return statuses.inQueue;
  if (age < deliverAfterMs * 0.5) return statuses.pending;
  return age < deliverAfterMs * 0.75 ? statuses.sent : statuses.sentToDest;
}
