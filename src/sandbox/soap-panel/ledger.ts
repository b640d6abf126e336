import { createJourneys, type Journey, type Journeys } from "../journey.ts";
import type { TakenSms } from "../panel-simulator.ts";
import { countParts } from "../parts.ts";
import type { Timers } from "../timers.ts";
import { deliveries, updates } from "./codes.ts";

/** An SMS that the panel took. Its id is past 2^53, so that a number in JavaScript cannot hold it. */
export interface AcceptedSms extends TakenSms {
  readonly isFlash: boolean;
  readonly udh: string;
  /** The same for all receivers of one call. */
  readonly batch: number;
}

/** Every SMS that the panel took, how far each has come, and how much of that it tells. */
export interface Ledger extends Omit<Journeys<number>, "begin"> {
  readonly all: readonly AcceptedSms[];
  openBatch(): number;
  /** With `isBlocked` it reaches no handset: the receiver has blocked advertising. */
  accept(sms: Omit<AcceptedSms, "id" | "at" | "parts">, isBlocked: boolean): AcceptedSms;
  /** How far it has really come; `undefined`: no such id. */
  deliveryOf(id: string): number | undefined;
  /** What `GetDelivery` says. */
  getDelivery(id: string): number;
  /** What `UpdateDelivery` does and says. */
  updateDelivery(id: string): number;
  /** Fixes how it ended, and shows it at once. */
  setDelivery(id: string, code: number): void;
}

/**
 * An SMS walks 0 → 8 within `deliverAfterMs`, is then handed to the network, and is 1 when the handset has it.
 * `GetDelivery` says 9 until `UpdateDelivery` was called for any SMS of the same call ("updating one recId updates its
 * whole batch"), and from then on what was true at that moment.
 */
export function createLedger(deps: {
  timers: Timers;
  deliverAfterMs: number | undefined;
  firstId: bigint;
  updateIntervalMs: number;
  onChange: (kind: "accepted" | "status", sms: AcceptedSms, delivery: number) => void;
}): Ledger {
  const { timers, onChange } = deps;
  const all: AcceptedSms[] = [];
  const entries = new Map<string, Entry>();
  const batches: Batch[] = [];
  const { begin, ...control } = createJourneys<number>({
    timers,
    deliverAfterMs: deps.deliverAfterMs,
    stages: [deliveries.sentToTelecom, deliveries.reachedTelecom],
    delivered: deliveries.delivered,
  });

  return {
    ...control,
    all,
    openBatch: () => batches.push({ entries: [], updatedAt: undefined }) - 1,
    accept(taken, isBlocked) {
      const { line, receiver, text, batch } = taken;
      const id = String(deps.firstId + BigInt(all.length));
      const sms: AcceptedSms = { id, ...taken, parts: countParts(text), at: timers.now() };
      const journey = begin({ from: line, to: receiver, text }, (end) => onChange("status", sms, end));
      const entry: Entry = { journey, batch, shown: deliveries.notUpdated };
      all.push(sms);
      entries.set(id, entry);
      batches[batch]?.entries.push(entry);
      onChange("accepted", sms, journey.status);
      if (isBlocked) journey.finish(deliveries.undelivered);
      return sms;
    },
    deliveryOf: (id) => entries.get(id)?.journey.status,
    getDelivery: (id) => entries.get(id)?.shown ?? deliveries.unknown,
    updateDelivery(id) {
      const entry = entries.get(id);
      const batch = entry && batches[entry.batch];
      if (!batch) return updates.badId;
      const now = timers.now();
      if (batch.updatedAt !== undefined && now - batch.updatedAt < deps.updateIntervalMs) return updates.tooSoon;
      batch.updatedAt = now;
      for (const one of batch.entries) one.shown = one.journey.status;
      return updates.updated;
    },
    setDelivery(id, code) {
      const entry = entries.get(id);
      if (!entry) throw new Error(`the panel took no SMS ${id}`);
      entry.shown = code;
      entry.journey.finish(code);
    },
  };
}

interface Entry {
  readonly journey: Journey<number>;
  readonly batch: number;
  shown: number;
}

interface Batch {
  readonly entries: Entry[];
  updatedAt: number | undefined;
}
