import type { Timers } from "./timers.ts";

/** News of a simulator, for tests that wait and pages that show. */
export interface Watch<Change> {
  tell(change: Change): void;
  /** Returns how to stop listening. */
  onChange(listener: (change: Change) => void): () => void;
  /**
   * Resolves with the first truthy value of `predicate`, which is asked now and after every change.
   * Rejects after `timeoutMs` (default 3000), or when the simulator stops, naming `what`.
   */
  waitFor<T>(
    predicate: () => T,
    timeoutMs?: number,
    what?: string,
  ): Promise<Exclude<T, undefined | null | false | 0 | "">>;
  stop(): void;
}

export function createWatch<Change>(timers: Timers): Watch<Change> {
  const listeners = new Set<(change: Change) => void>();
  const waiting = new Set<(end: "changed" | "stopped") => void>();

  return {
    tell(change) {
      for (const listener of [...listeners]) listener(change);
      for (const ask of [...waiting]) ask("changed");
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    waitFor(predicate, timeoutMs = 3000, what = "what was waited for") {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          waiting.delete(ask);
          cancel();
          settle();
        };
        const ask = (why: "changed" | "stopped") => {
          if (why === "stopped") return finish(() => reject(new Error(`the simulator stopped before ${what}`)));
          try {
            const value = predicate();
            if (isTruthy(value)) finish(() => resolve(value));
          } catch (error) {
            finish(() => reject(error));
          }
        };
        const cancel = timers.after(timeoutMs, () => {
          finish(() => reject(new Error(`${what} did not happen within ${timeoutMs} ms`)));
        });
        waiting.add(ask);
        ask(timers.isStopped ? "stopped" : "changed");
      });
    },
    stop() {
      for (const ask of [...waiting]) ask("stopped");
      listeners.clear();
    },
  };
}

function isTruthy<T>(value: T): value is Exclude<T, undefined | null | false | 0 | ""> {
  return Boolean(value);
}
