/** Time, so that a test can own it. */
export interface WorldClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `ms`. Returns how to stop it. */
  after(ms: number, run: () => void): () => void;
}

/**
 * The time of the world outside the bridge. It is monotonic, so that a step of the machine's clock moves no flood limit
 * and no delivery.
 */
export const worldClock: WorldClock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The timers of one simulator, so that none of them outlives it. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `ms`, unless cancelled or stopped. Returns how to cancel. */
  after(ms: number, run: () => void): () => void;
  /** Resolves after `ms`, and at once when stopped or when `signal` fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  readonly isStopped: boolean;
  stop(): void;
}

export function createTimers(clock: WorldClock): Timers {
  const cancels = new Set<() => void>();
  const wakes = new Set<() => void>();
  let isStopped = false;

  function after(ms: number, run: () => void): () => void {
    if (isStopped) return () => {};
    const stopTimer = clock.after(ms, () => {
      cancels.delete(cancel);
      run();
    });
    const cancel = () => {
      cancels.delete(cancel);
      stopTimer();
    };
    cancels.add(cancel);
    return cancel;
  }

  return {
    now: () => clock.now(),
    after,
    sleep: (ms, signal) =>
      new Promise<void>((resolve) => {
        if (isStopped || signal?.aborted || ms <= 0) return resolve();
        const wake = () => {
          cancel();
          wakes.delete(wake);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const cancel = after(ms, wake);
        wakes.add(wake);
        signal?.addEventListener("abort", wake, { once: true });
      }),
    get isStopped() {
      return isStopped;
    },
    stop() {
      isStopped = true;
      for (const cancel of [...cancels]) cancel();
      for (const wake of [...wakes]) wake();
    },
  };
}
