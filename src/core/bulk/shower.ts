import {
  type BulkCounts,
  type BulkOutcome,
  type BulkProgress,
  type BulkReceiver,
  type BulkRun,
  bulkKey,
  bulkMessageId,
  isOver,
  type RefusedRow,
} from "../model/bulk.ts";
import type { MessageId } from "../model/ids.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";
import { createDueShower } from "../showing/due-shower.ts";
import type { Rest } from "../showing/rest.ts";
import { type BulkRecords, nobody, pageSize } from "./records.ts";

/** Progress is no news for longer than this: of a run that is shorter, the beginning and the end are shown. */
const betweenMs = 20_000;

/** Keeps the message of a run true, as the marker does with marks, and hands over its report at the end. */
export interface BulkShower {
  follow(run: BulkRun): void;
  /** Of a run whose end is shown nothing is left but its record. */
  clear(run: BulkRun): Promise<void>;
  start(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
}

export function createBulkShower(deps: {
  readonly records: BulkRecords;
  readonly ledger: Pick<Ledger, "find">;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
  countsOf(run: BulkRun): BulkCounts;
}): BulkShower {
  const { records, ledger, registry, clock, countsOf } = deps;
  const persist = createPersist(deps);
  const shownAt = new Map<MessageId, number>();

  function progressOf(run: BulkRun): BulkProgress {
    const isQuiet = run.state === "running" && registry.quietUntil(run.line, clock.now()) !== undefined;
    return { run, counts: countsOf(run), isQuiet };
  }

  async function read(id: MessageId): Promise<BulkProgress | undefined> {
    const run = await records.runs.get(id);
    return run && progressOf(run);
  }

  async function commit(id: MessageId, shown: string): Promise<void> {
    shownAt.set(id, clock.now());
    const run = await persist(() => records.runs.update(id, (current) => current && { ...current, shown }));
    if (run) follow(run);
    // It may have ended while something older was shown: its receivers are still needed, for the report.
    if (run && isOver(run) && shown === run.state) await clear(run);
  }

  async function clear(run: BulkRun): Promise<void> {
    await persist(() => records.dropPages(run));
    await persist(() => records.runs.update(run.id, (current) => current && settled(current)));
    shownAt.delete(run.id);
  }

  async function* report(id: MessageId): AsyncGenerator<BulkOutcome | RefusedRow> {
    const run = await records.runs.get(id);
    if (!run) return;
    for (let from = 0; from < run.total; from += pageSize) {
      const receivers = (await records.readPage(id, from)).filter(({ peer }) => peer !== nobody.peer);
      yield* await Promise.all(receivers.map((receiver) => outcomeOf(run, receiver, from)));
    }
    yield* await records.readRefused(id);
  }

  async function outcomeOf(run: BulkRun, { peer }: BulkReceiver, page: number): Promise<BulkOutcome> {
    const message = await ledger.find(bulkMessageId(run.id, peer));
    if (message === undefined) return { peer, state: page < run.next ? "blocked" : "not-sent" };
    if (message.state === "cancelled") return { peer, state: "not-sent" };
    return { peer, state: message.state, ...(message.failure ? { failure: message.failure } : {}) };
  }

  async function show(desk: Desk, id: MessageId): Promise<void> {
    if ((await read(id)) === undefined) return shower.follow({ id, desk: desk.id, due: undefined });
    await desk.bulk({ read: () => read(id), commit: (shown) => commit(id, shown), report: () => report(id) });
  }

  const shower = createDueShower({
    ...deps,
    what: "bulk",
    load: async () => [],
    show,
    // Words that a chat refuses are of no use later either; the run itself does not wait for them.
    postpone: async (id) => {
      const progress = await read(id);
      if (progress) await commit(id, bulkKey(progress));
    },
  });

  function follow(run: BulkRun): void {
    const { id, desk, place, shown } = run;
    const key = bulkKey(progressOf(run));
    const isProgress = shown?.startsWith(`${run.state}:`) ?? false;
    const due = isProgress ? (shownAt.get(id) ?? 0) + betweenMs : clock.now();
    shower.follow({ id, desk, due: place === undefined || key === shown ? undefined : due });
  }

  return { follow, clear, start: () => shower.start(), wake: () => shower.wake(), stop: () => shower.stop() };
}

/** Nothing is left to do. */
function settled({ due: _, ...rest }: BulkRun): BulkRun {
  return rest;
}
