import type { Log } from "../core/ports/log.ts";

export interface Signals {
  /** Resolves with the first SIGTERM or SIGINT. */
  readonly first: Promise<void>;
  readonly hasCome: () => boolean;
  /** Takes the listeners away. */
  stop(): void;
}

/** From now on the first SIGTERM or SIGINT asks to stop, and the second ends the process at once. */
export function watchSignals(): Signals {
  let count = 0;
  let wake = () => {};
  const first = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const take = () => {
    count += 1;
    if (count > 1) process.exit(1);
    wake();
  };
  return { first, hasCome: () => count > 0, stop: listen(["SIGTERM", "SIGINT"], take) };
}

/**
 * After an error that nobody caught nobody knows what still works. What matters is on disk: a supervisor starts us again.
 * Returns how to stop watching.
 */
export function exitOnStrayErrors(log: Log): () => void {
  const leave = (err: unknown) => {
    log.error({ err }, "stopped by an error that nobody caught");
    process.exit(1);
  };
  return listen(["uncaughtException", "unhandledRejection"], leave);
}

function listen(names: readonly string[], listener: (reason: unknown) => void): () => void {
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}
