import { type WorldClock, worldClock } from "../src/sandbox/timers.ts";

/** The time of everybody but the bridge, which has it from `clock-ahead.js`. */
export interface TeamClock extends WorldClock {
  aheadMs(): number;
  /** An hour of lunch takes no time; what waits in the simulators goes on waiting as long as before. */
  jump(ms: number): void;
}

export function createTeamClock(): TeamClock {
  let aheadMs = 0;
  return {
    now: () => worldClock.now() + aheadMs,
    after: (ms, run) => worldClock.after(ms, run),
    aheadMs: () => aheadMs,
    jump(ms) {
      aheadMs += ms;
    },
  };
}
