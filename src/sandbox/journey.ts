import { isDeepStrictEqual } from "node:util";
import { type CarriedSms, type Carrier, silentCarrier } from "./carrier.ts";
import { toHandsetNumber } from "./number.ts";
import type { Timers } from "./timers.ts";

/** One SMS on its way from a panel to a handset. A status is what the panel itself calls it. */
export interface Journey<Status> {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** From the panel to the network. */
  readonly deliverAfterMs: number;
  /** How far it has come. */
  readonly status: Status;
  /** How it ended; `undefined` while it is on its way. */
  readonly end: Status | undefined;
  readonly deliveredAt: number | undefined;
  /** Ends it with this status, whatever it was before. One that failed before it left the panel reaches no handset. */
  finish(end: Status): void;
}

/** What every panel does with an SMS that it took: it walks for a time, then the network hands it to a handset. */
export interface Journeys<Status> {
  /** `before` is the end that it had until now, if any. */
  begin(sms: CarriedSms, onEnd: (end: Status, before: Status | undefined) => void): Journey<Status>;
  /** How every later SMS to this receiver ends; `undefined` lets it be delivered. */
  willEnd(receiver: string, end: Status | undefined): void;
  setDeliverAfter(ms: number): void;
  attach(carrier: Carrier): void;
}

export function createJourneys<Status>(deps: {
  timers: Timers;
  /** Default 200. */
  deliverAfterMs: number | undefined;
  /** What the panel says of an SMS on its way, each for the same time; the last until there is an end. */
  stages: readonly [Status, ...Status[]];
  /** "The handset has it". */
  delivered: Status;
  /** The end of an SMS of which the network never reports anything; a late report still counts. */
  noReport?: { readonly afterMs: number; readonly status: Status };
}): Journeys<Status> {
  const { timers, stages, delivered, noReport } = deps;
  const ends = new Map<string, Status>();
  let { deliverAfterMs = 200 } = deps;
  let carrier: Carrier = silentCarrier;

  function fails(end: Status | undefined): end is Status {
    return end !== undefined && !isDeepStrictEqual(end, delivered);
  }

  function handOver(sms: CarriedSms, journey: Journey<Status>): void {
    if (fails(journey.end)) return;
    const end = ends.get(toHandsetNumber(sms.to));
    if (fails(end)) {
      journey.finish(end);
      return;
    }
    carrier.carry(sms, () => journey.finish(delivered));
    if (!noReport || journey.end !== undefined) return;
    timers.after(noReport.afterMs, () => {
      if (journey.end === undefined) journey.finish(noReport.status);
    });
  }

  return {
    begin(sms, onEnd) {
      let end: Status | undefined;
      let deliveredAt: number | undefined;
      const journey: Journey<Status> = {
        startedAt: timers.now(),
        deliverAfterMs,
        get status() {
          const stageMs = journey.deliverAfterMs / stages.length;
          const age = timers.now() - journey.startedAt;
          return end ?? stages.findLast((_stage, index) => age >= index * stageMs) ?? stages[0];
        },
        get end() {
          return end;
        },
        get deliveredAt() {
          return deliveredAt;
        },
        finish(next) {
          if (timers.isStopped) return;
          const before = end;
          end = next;
          if (!fails(next)) deliveredAt = timers.now();
          onEnd(next, before);
        },
      };
      timers.after(journey.deliverAfterMs, () => handOver(sms, journey));
      return journey;
    },
    willEnd(receiver, end) {
      if (end === undefined) ends.delete(toHandsetNumber(receiver));
      else ends.set(toHandsetNumber(receiver), end);
    },
    setDeliverAfter(ms) {
      deliverAfterMs = ms;
    },
    attach(next) {
      carrier = next;
    },
  };
}
