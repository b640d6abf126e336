/** The part of a clock that waiting needs. */
export interface Timer {
  after(ms: number, run: () => void): () => void;
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. Leaves no timer and no listener behind. */
export function sleep(timer: Timer, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const cancel = timer.after(ms, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    function abort() {
      cancel();
      reject(signal?.reason);
    }
    signal?.addEventListener("abort", abort, { once: true });
  });
}
