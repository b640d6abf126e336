import type { Outbounds } from "../bridge.ts";
import type { Conversations } from "../conversations/book.ts";
import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import { type BulkCounts, type BulkReceiver, type BulkRun, bulkMessageId, isOver } from "../model/bulk.ts";
import { textFor } from "../model/bulk-text.ts";
import type { MessageId } from "../model/ids.ts";
import { threadOf } from "../model/thread.ts";
import { cancel } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";
import { type BulkRecords, nobody, pageSize } from "./records.ts";
import { createTally, type Tally } from "./tally.ts";

/** While fewer than this wait in the outbox, a page more is handed over: some calls are always full, and a stop has little to call back. */
const mostWaiting = 750;
/** So long after the last news a doubt may still be settled by the panel's own list. */
const doubtMs = 65_000;
const lookMs = 5000;

/**
 * Hands the receivers of runs to the outbox, some at a time. Each step is safe to repeat: an SMS has its key from run and receiver,
 * and `next` moves on only once all of a page are on disk. So a process that dies anywhere is followed by one that goes on.
 */
export interface BulkRunner {
  /**
   * A run that is `running` or `stopping`; one that is known is taken as it now stands. `tally` is that of one which was begun
   * before a restart.
   */
  take(run: BulkRun, tally?: Tally): void;
  countsOf(run: BulkRun): BulkCounts;
  /** What was read of a list before now is in the outbox. */
  handedOver(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

interface Active {
  run: BulkRun;
  readonly tally: Tally;
  changedAt: number;
}

export interface BulkRunnerDeps {
  readonly records: BulkRecords;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly outbound: Pick<Outbounds, "accept">;
  readonly conversations: Pick<Conversations, "find">;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
  /** Its counts, or its record, are others now. */
  onChange(run: BulkRun): void;
}

export function createBulkRunner(deps: BulkRunnerDeps): BulkRunner {
  const { records, ledger, registry, outbound, conversations, events, clock, log, onChange } = deps;
  const persist = createPersist(deps);
  const active = new Map<MessageId, Active>();
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "bulk pass failed"),
  });
  let handing: Promise<void> = Promise.resolve();
  const stopListening = [
    events.on("outbound accepted", ({ message }) => note(message.bulk, (tally) => tally.moved(message.state))),
    events.on("outbound moved", ({ message, from }) => note(message.bulk, (tally) => tally.moved(message.state, from))),
  ];

  function note(id: MessageId | undefined, change: (tally: Tally) => void): void {
    const one = id === undefined ? undefined : active.get(id);
    if (!one) return;
    change(one.tally);
    one.changedAt = clock.now();
    onChange(one.run);
    loop.wake();
  }

  async function pass(): Promise<number> {
    for (const one of active.values()) {
      await advance(one).catch((error: unknown) => log.error({ err: error, bulk: one.run.id }, "bulk run is held up"));
    }
    return lookMs;
  }

  async function advance(one: Active): Promise<void> {
    if (one.run.state === "stopping" && one.tally.waiting() > 0) await callBack(one.run);
    while (one.run.state === "running" && one.run.next < one.run.total && one.tally.waiting() < mostWaiting) {
      handing = handOver(one);
      await handing;
    }
    const isAllOut = one.run.state === "stopping" || one.run.next >= one.run.total;
    const { leaving, uncertain } = one.tally.counts(one.run.total);
    if (!isAllOut || one.tally.waiting() + leaving > 0) return;
    if (uncertain > 0 && tellsOfDoubts(one.run) && clock.now() - one.changedAt < doubtMs) return;
    await end(one);
  }

  function tellsOfDoubts({ line }: BulkRun): boolean {
    return registry.providerOfLine(line)?.sentList !== undefined;
  }

  async function handOver(one: Active): Promise<void> {
    const { run } = one;
    const receivers = await records.readPage(run.id, run.next);
    const taken = await Promise.all(receivers.map((receiver) => accept(run, receiver)));
    one.tally.left(taken.filter((isTaken) => !isTaken).length);
    const next = run.next + receivers.length;
    await change(one, (current) => (current.next < next ? { ...current, next } : current));
  }

  /** Whether there is an SMS for this receiver now. Whoever was blocked meanwhile gets none; who has opted out, the outbox sees. */
  async function accept(run: BulkRun, { peer, values }: BulkReceiver): Promise<boolean> {
    if (peer === nobody.peer) return false;
    const thread = threadOf(run.desk, peer);
    const id = bulkMessageId(run.id, peer);
    const isBlocked = (await conversations.find(thread))?.blockedAt !== undefined;
    if (isBlocked && (await ledger.find(id)) === undefined) return false;
    const text = textFor(run.text, values);
    await outbound.accept({ id, thread, line: run.line, text, lane: "bulk", bulk: run.id });
    return true;
  }

  /** What waits is cancelled; what is on its way is waited for. */
  async function callBack(run: BulkRun): Promise<void> {
    for (let from = 0; from < run.total && from <= run.next; from += pageSize) {
      const receivers = await records.readPage(run.id, from);
      await Promise.all(
        receivers.map(({ peer }) =>
          ledger.move(bulkMessageId(run.id, peer), (current) =>
            current.state === "queued" || current.state === "held" ? cancel(current) : undefined,
          ),
        ),
      );
    }
  }

  async function end(one: Active): Promise<void> {
    const counts = one.tally.counts(one.run.total);
    await change(one, (current) => {
      const state = current.state === "stopping" ? "stopped" : "done";
      return isOver(current) ? current : { ...current, state, counts, due: clock.now() };
    });
    log.info({ bulk: one.run.id, ...counts }, "bulk run ended");
  }

  async function change(one: Active, to: (current: BulkRun) => BulkRun): Promise<void> {
    const run = await persist(() => records.runs.update(one.run.id, (current) => current && to(current)));
    if (run) see(run);
  }

  function see(run: BulkRun, tally = createTally()): void {
    const known = active.get(run.id);
    if (known) known.run = run;
    else active.set(run.id, { run, tally, changedAt: clock.now() });
    if (isOver(run)) active.delete(run.id);
    onChange(run);
  }

  return {
    take(run, tally) {
      see(run, tally);
      loop.wake();
    },
    countsOf: (run) => run.counts ?? (active.get(run.id)?.tally ?? createTally()).counts(run.total),
    handedOver: () => handing.catch(() => undefined),
    start: () => loop.start(),
    async stop() {
      for (const stop of stopListening) stop();
      await loop.stop();
    },
  };
}
