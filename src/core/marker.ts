import type { Ledger } from "./ledger.ts";
import { createLoop } from "./loop.ts";
import type { MessageId } from "./model/ids.ts";
import type { Outbound } from "./model/message.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import { DeskError } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Rest } from "./rest.ts";

/** The desk orders what waits in it, failures first; a smaller number would keep them out behind ticks. */
const marksAtOnce = 1000;
const pageSize = 1000;
const refusedMs = 10 * 60_000;

/** Keeps what desks show of outbound messages true: a mark that differs from its record is due work until it does not. */
export interface Marker {
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface MarkerDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}

export function createMarker(deps: MarkerDeps): Marker {
  const { records, ledger, registry, rest, clock, log } = deps;
  const busy = new Map<MessageId, Promise<void>>();
  const persist = createPersist(deps);
  let isStopped = true;

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "marker pass failed"),
  });
  ledger.watch((message) => {
    if (message.markDue !== undefined) loop.wake();
  });

  async function pass(): Promise<number | undefined> {
    const now = clock.now();
    let next: number | undefined;
    for (const message of await records.outbound.range("markDue", { limit: pageSize })) {
      if (busy.has(message.id)) continue;
      const waitMs = Math.max(rest.restMs(message.desk), (message.markDue ?? 0) - now);
      if (waitMs <= 0 && busy.size < marksAtOnce) show(message);
      else if (waitMs > 0) next = Math.min(next ?? waitMs, waitMs);
    }
    return next;
  }

  function show(message: Outbound): void {
    if (isStopped) return;
    const work = mark(message)
      .catch((error: unknown) => log.error({ err: error, messageId: message.id }, "mark could not be shown"))
      .finally(() => {
        busy.delete(message.id);
        loop.wake();
      });
    busy.set(message.id, work);
  }

  async function mark(message: Outbound): Promise<void> {
    const desk = registry.findDesk(message.desk);
    try {
      if (desk === undefined) throw new DeskError("refused", `no desk ${message.desk}`);
      const shown = await desk.mark(() => ledger.find(message.id));
      rest.worked(desk.id);
      await persist(() => ledger.showed(message.id, shown));
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ messageId: message.id, code: error.code, reason: error.message }, "mark not shown yet");
      if (error.code === "refused") await persist(() => ledger.postponeMark(message.id, clock.now() + refusedMs));
      else rest.failed(message.desk, error);
    }
  }

  return {
    start() {
      isStopped = false;
      loop.start();
    },
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      await loop.stop();
      await Promise.all(busy.values());
    },
  };
}
