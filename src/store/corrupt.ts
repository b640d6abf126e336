import { maskNumber } from "../core/model/phone.ts";
import type { Log } from "../core/ports/log.ts";

/** Counts the records that cannot be read, and names each of them in the log once. */
export interface CorruptRecords {
  report(key: string, error: unknown): void;
}

/** Past so many different keys the log has said enough, and memory is not a place for all of them. */
const namedAtMost = 1000;

export function createCorruptRecords(
  collection: string,
  { log, onCorrupt }: { log: Log; onCorrupt?: (() => void) | undefined },
): CorruptRecords {
  const keys = new Set<string>();
  return {
    report(key, error) {
      if (keys.has(key) || keys.size >= namedAtMost) return;
      keys.add(key);
      // A parser's message may quote the record, which is somebody's SMS: only the kind of the error is told.
      const kind = error instanceof Error ? error.name : typeof error;
      log.error(
        { collection, key: maskKey(key), kind, corrupt: keys.size },
        "stored record left alone: it cannot be read",
      );
      onCorrupt?.();
    },
  };
}

/** Keys may hold telephone numbers. */
export function maskKey(key: string): string {
  return key.replace(/\d{7,}/g, maskNumber);
}
