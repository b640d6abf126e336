import type { Clock } from "./ports/clock.ts";

/** Work that is done in passes: soon after it was woken, and at the moment that the last pass named. */
export interface Loop {
  start(): void;
  /** Asks for a pass soon. Many wakes before it make one pass. Does nothing while stopped. */
  wake(): void;
  /** Resolves when the running pass, if any, is over. Safe to call twice. */
  stop(): Promise<void>;
}

/** After a pass that failed, the next comes no sooner than this. */
const restAfterErrorMs = 1000;

/**
 * @param pass does what is due and resolves to the milliseconds until it wants to run again by itself, or `undefined`.
 * @param onError is told of a pass that threw; the loop goes on after a rest.
 */
export function createLoop(deps: {
  clock: Clock;
  pass: () => Promise<number | undefined>;
  onError: (error: unknown) => void;
}): Loop {
  const { clock, pass, onError } = deps;
  let isStarted = false;
  let isWoken = false;
  let running: Promise<void> | undefined;
  let stopTimer: (() => void) | undefined;

  async function run(): Promise<void> {
    let nextMs: number | undefined;
    try {
      while (isWoken && isStarted) {
        isWoken = false;
        nextMs = await pass();
      }
    } catch (error) {
      onError(error);
      nextMs = restAfterErrorMs;
      isWoken = false;
    }
    running = undefined;
    if (!isStarted) return;
    if (isWoken) wake();
    else if (nextMs !== undefined) stopTimer = clock.after(nextMs, wake);
  }

  function wake(): void {
    if (!isStarted) return;
    isWoken = true;
    if (running !== undefined) return;
    stopTimer?.();
    stopTimer = undefined;
    running = run();
  }

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      wake();
    },
    wake,
    async stop() {
      isStarted = false;
      stopTimer?.();
      stopTimer = undefined;
      await running;
    },
  };
}
