import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Store } from "../core/ports/store.ts";
import { openKeyvStore } from "./keyv.ts";
import { createMemoryStore } from "./memory.ts";
import { parseStoreUri } from "./uri.ts";

export interface StoreDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** The folder that a relative path is relative to; the working directory without it. */
  readonly baseDir?: string;
  /** Called for each record that is found to be unreadable, after the log has named it. */
  readonly onCorrupt?: () => void;
}

/**
 * Opens the store at `memory:` or `sqlite://path`. Takes no lock: `check` and `send` open it beside the running owner.
 * Throws `StoreError("unopenable")`, whose message says what is wrong, where, and what to do.
 */
export async function openStore(uri: string, deps: StoreDeps): Promise<Store> {
  const place = parseStoreUri(uri, deps.baseDir);
  return place.kind === "memory" ? createMemoryStore(deps) : openKeyvStore(place.file, deps);
}
