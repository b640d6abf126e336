import { createWindow } from "../../support/window.ts";
import type { Lane } from "../model/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { SmsProvider } from "../ports/sms-provider.ts";

const spanMs = 1000;
/** Whatever the wire does, the panel has counted a call by then. */
const countedMs = 1000;

/** The way in to one panel: so many calls a second, so many at once. */
export interface Door {
  readonly provider: SmsProvider;
  /** When one more call may begin; `Infinity` while that depends on one that is under way. */
  freeAt(now: number): number;
  isOpen(lane: Lane, now: number): boolean;
  /** Takes a place for one call. */
  enter(): Place;
}

export interface Place {
  /** The bytes leave now. */
  calls(): void;
  /** The call is over, or was never made. Safe to call twice. */
  leave(): void;
}

export function createDoor(provider: SmsProvider, clock: Clock): Door {
  const { limits } = provider;
  const window = createWindow(limits.perSecond, spanMs);
  let active = 0;

  return {
    provider,
    freeAt: (now) => window.freeAt(now),
    isOpen(lane, now) {
      // Where there is more than one place, bulk leaves the last one free: an answer waits for no bulk call that hangs.
      const places = lane === "bulk" ? Math.max(1, limits.inFlight - 1) : limits.inFlight;
      return active < places && window.freeAt(now) <= now;
    },
    enter() {
      active += 1;
      window.begin();
      let state: "waits" | "calls" | "counted" | "left" = "waits";
      let stopTimer = () => {};
      // The panel counts it at some time between its bytes and its answer.
      const count = () => {
        if (state === "calls") window.end(clock.now(), "counts");
        state = "counted";
      };
      return {
        calls() {
          state = "calls";
          stopTimer = clock.after(countedMs, count);
        },
        leave() {
          if (state === "left") return;
          stopTimer();
          if (state === "waits") window.end(clock.now(), "refused");
          else count();
          state = "left";
          active -= 1;
        },
      };
    },
  };
}
