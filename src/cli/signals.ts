import type { Log } from "../core/ports/log.ts";

export interface Signals {
  /** Resolves with the first SIGTERM or SIGINT. */
  readonly first: Promise<void>;
  readonly hasCome: () => boolean;
}

/** From now on the first SIGTERM or SIGINT asks to stop, and the second ends the process at once. */
export function watchSignals(): Signals {
  let count = 0;
  const first = new Promise<void>((resolve) => {
    const take = () => {
      count += 1;
      if (count > 1) process.exit(1);
      resolve();
    };
    process.on("SIGTERM", take);
    process.on("SIGINT", take);
  });
  return { first, hasCome: () => count > 0 };
}

/** After an error that nobody caught nobody knows what still works. What matters is on disk: a supervisor starts us again. */
export function exitOnStrayErrors(log: Log): void {
  const leave = (err: unknown) => {
    log.error({ err }, "stopped by an error that nobody caught");
    process.exit(1);
  };
  process.on("uncaughtException", leave);
  process.on("unhandledRejection", leave);
}
