import type { Ledger } from "./ledger.ts";
import { createLoop } from "./loop.ts";
import type { DeskId, MessageId } from "./model/ids.ts";
import type { Outbound } from "./model/message.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import { DeskError } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Rest } from "./rest.ts";

const everything = 1_000_000;
const refusedMs = 10 * 60_000;
const faultMs = 2000;
const idleMs = 15_000;

/** Keeps what desks show of outbound messages true: a mark that differs from its record is due work until it does not. */
export interface Marker {
  /** Learns which marks were left behind their records. */
  start(): Promise<void>;
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

/** What is kept in mind of a mark that is due; the record in the store stays the truth. */
interface DueMark {
  readonly desk: DeskId;
  at: number;
}

/** Marks of many messages may wait at a desk together, for the desk knows which of them matter most. */
export function createMarker(deps: MarkerDeps): Marker {
  const { records, ledger, registry, rest, clock, log } = deps;
  const due = new Map<MessageId, DueMark>();
  const busy = new Map<MessageId, Promise<void>>();
  const persist = createPersist(deps);
  let isStopped = true;

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "marker pass failed"),
  });
  ledger.watch((message) => {
    follow(message);
    if (message.markDue !== undefined) loop.wake();
  });

  function follow({ id, desk, markDue }: Outbound): void {
    if (markDue === undefined) due.delete(id);
    else due.set(id, { desk, at: markDue });
  }

  async function pass(): Promise<number> {
    const now = clock.now();
    let waitMs = idleMs;
    for (const [id, { desk, at }] of due) {
      if (busy.has(id)) continue;
      const restMs = Math.max(rest.restMs(desk), at - now);
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
      else show(id, desk);
    }
    return waitMs;
  }

  function show(id: MessageId, desk: DeskId): void {
    const work = mark(id, desk)
      .catch((error: unknown) => {
        log.error({ err: error, messageId: id }, "mark could not be shown");
        const mark = due.get(id);
        if (mark) mark.at = clock.now() + faultMs;
      })
      .finally(() => {
        busy.delete(id);
        loop.wake();
      });
    busy.set(id, work);
  }

  async function mark(id: MessageId, deskId: DeskId): Promise<void> {
    let seen: Outbound | undefined;
    const read = async () => {
      seen = await ledger.find(id);
      return seen;
    };
    try {
      const desk = registry.findDesk(deskId);
      if (desk === undefined || isStopped) {
        due.delete(id);
        return;
      }
      await desk.mark(read, (shown) => persist(() => ledger.showed(id, shown)));
      rest.worked(desk.id);
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ messageId: id, code: error.code, reason: error.message }, "mark not shown yet");
      const refused = error.code === "refused" ? seen : undefined;
      if (refused) await persist(() => ledger.postponeMark(refused, clock.now() + refusedMs));
      else rest.failed(deskId, error);
    }
  }

  return {
    async start() {
      isStopped = false;
      // Of a mark that seems to wait for longer than any does, the clock was set back meanwhile.
      const latest = clock.now() + refusedMs;
      for (const message of await records.outbound.range("markDue", { limit: everything })) {
        follow({ ...message, markDue: Math.min(message.markDue ?? 0, latest) });
      }
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
