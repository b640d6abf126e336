import { sleep } from "../support/sleep.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { StoreError } from "./ports/store.ts";

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Repeats a write; where a signal is given, until it is aborted, and then throws what the store threw last. */
export type Persist = <T>(write: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Repeats a write until the store takes it. For what has already happened outside (an SMS left, a post was made): doing that
 * again would double it, so it is the record that must wait for the store. A process that dies meanwhile finds its claim. And for
 * what has to be written before anything begins.
 * A record that has become unreadable is not waited for, nor is a fault of ours.
 */
export function createPersist(deps: { clock: Clock; log: Log }): Persist {
  const { clock, log } = deps;
  return async (write, signal) => {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof StoreError) || error.code === "corrupt" || signal?.aborted) throw error;
        log.error({ err: error }, "the store could not be written; trying again");
        await sleep(clock, pauseMs, signal).catch(() => undefined);
      }
    }
  };
}
