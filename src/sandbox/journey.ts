import { type CarriedSms, type Carrier, silentCarrier } from "./carrier.ts";
import type { Timers } from "./timers.ts";

/** One SMS on its way from a panel to a handset. Codes are the panel's own. */
export interface Journey {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** From the panel to the network. */
  readonly deliverAfterMs: number;
  /** How it ended; `undefined` while it is on its way. */
  readonly end: number | undefined;
  readonly deliveredAt: number | undefined;
  /** Ends it with this code, whatever it was before. One that failed before it left the panel reaches no handset. */
  finish(code: number): void;
}

/** What every panel does with an SMS that it took: it walks for a time, then the network hands it to a handset. */
export interface Journeys {
  begin(sms: CarriedSms, onEnd: (code: number) => void): Journey;
  attach(carrier: Carrier): void;
}

export function createJourneys(deps: {
  timers: Timers;
  deliverAfterMs: () => number;
  /** The panel's code for "the handset has it". */
  deliveredCode: number;
  /** May name another end for a receiver. */
  endOf: (receiver: string) => number | undefined;
  /** The end of an SMS of which the network never reports anything; a late report still counts. */
  noReport?: { readonly afterMs: number; readonly code: number };
}): Journeys {
  const { timers, deliveredCode, noReport } = deps;
  let carrier: Carrier = silentCarrier;

  function handOver(sms: CarriedSms, journey: Journey): void {
    if (journey.end !== undefined && journey.end !== deliveredCode) return;
    const end = deps.endOf(sms.to);
    if (end !== undefined && end !== deliveredCode) {
      journey.finish(end);
      return;
    }
    carrier.carry(sms, () => journey.finish(deliveredCode));
    if (!noReport || journey.end !== undefined) return;
    timers.after(noReport.afterMs, () => {
      if (journey.end === undefined) journey.finish(noReport.code);
    });
  }

  return {
    begin(sms, onEnd) {
      let end: number | undefined;
      let deliveredAt: number | undefined;
      const journey: Journey = {
        startedAt: timers.now(),
        deliverAfterMs: deps.deliverAfterMs(),
        get end() {
          return end;
        },
        get deliveredAt() {
          return deliveredAt;
        },
        finish(code) {
          if (timers.isStopped) return;
          end = code;
          if (code === deliveredCode) deliveredAt = timers.now();
          onEnd(code);
        },
      };
      timers.after(journey.deliverAfterMs, () => handOver(sms, journey));
      return journey;
    },
    attach(next) {
      carrier = next;
    },
  };
}
