import { sleep } from "../support/sleep.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { StoreError } from "./ports/store.ts";

const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Repeats a write until the store takes it. For what has already happened outside (an SMS left, a post was made): doing that
 * again would double it, so it is the record that must wait for the store. A process that dies meanwhile finds its claim.
 * A record that has become unreadable is not waited for.
 */
export function createPersist(deps: { clock: Clock; log: Log }): <T>(write: () => Promise<T>) => Promise<T> {
  const { clock, log } = deps;
  return async (write) => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await write();
      } catch (error) {
        if (error instanceof StoreError && error.code === "corrupt") throw error;
        log.error({ err: error }, "outcome could not be stored; trying again");
        await sleep(clock, pauseMs);
      }
    }
  };
}
