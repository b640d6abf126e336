import type { OptOuts } from "../automatic/opt-outs.ts";
import type { Outbounds } from "../bridge.ts";
import type { Conversations } from "../conversations/book.ts";
import type { Events } from "../events.ts";
import type { Restored } from "../keeping/restored.ts";
import { type BulkRun, isOver } from "../model/bulk.ts";
import type { DeskId, MessageId } from "../model/ids.ts";
import type { Operator } from "../model/message.ts";
import type { Peer } from "../model/phone.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { everything } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Registry } from "../registry.ts";
import type { Rest } from "../showing/rest.ts";
import { type BulkOrder, type BulkPlan, createBulkPlanner } from "./plan.ts";
import { openBulkRecords } from "./records.ts";
import { createBulkRunner } from "./runner.ts";
import { createBulkShower } from "./shower.ts";
import { countAnew } from "./tally.ts";

/** A press of somebody at a desk, on the message at that place. */
export interface BulkPress {
  readonly desk: DeskId;
  readonly by: Operator;
  readonly place: string;
  readonly topic?: string;
}

/** `same`: it was so already; `late`: its moment is over. */
export type BulkAnswer = "done" | "same" | "late" | "unknown";

/** One text to many: planned and shown, then sent once a person says so. All of it is safe to repeat. */
export interface Bulk {
  /** Sends nothing. The plan holds for a day. */
  plan(order: BulkOrder): Promise<BulkPlan>;
  find(id: MessageId): Promise<BulkRun | undefined>;
  send(id: MessageId, press: BulkPress): Promise<BulkAnswer>;
  /** Nothing of a plan is to be sent. */
  drop(id: MessageId, press: BulkPress): Promise<BulkAnswer>;
  /** Nobody new gets it; what waits is called back. */
  stop(id: MessageId, press: BulkPress): Promise<BulkAnswer>;
}

export interface RunningBulk extends Bulk {
  /** Goes on with what was under way. Nothing may leave before that. */
  start(): Promise<void>;
  /** Takes somebody out of every run that is not over: from now on none makes an SMS to them. Safe to repeat. */
  forget(desk: DeskId, peer: Peer): Promise<void>;
  wake(): void;
  end(): Promise<void>;
}

export interface BulkDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly outbound: Pick<Outbounds, "accept">;
  readonly conversations: Pick<Conversations, "find">;
  readonly optOuts: Pick<OptOuts, "isOut">;
  readonly restored: Pick<Restored, "at">;
  readonly events: Events;
  readonly clock: Clock;
  readonly log: Log;
  readonly keepMs: number;
}

export async function openBulk(deps: BulkDeps): Promise<RunningBulk> {
  const { restored, clock, log } = deps;
  const records = await openBulkRecords(deps.store);
  const { runs } = records;
  const runner = createBulkRunner({ ...deps, records, onChange: (run) => shower.follow(run) });
  const shower = createBulkShower({ ...deps, records, countsOf: runner.countsOf });
  const plan = createBulkPlanner({ ...deps, records });

  /** One atomic step of a run of this desk. */
  async function press(
    id: MessageId,
    { desk, by: _, ...where }: BulkPress,
    decide: (current: BulkRun) => BulkRun | BulkAnswer,
  ): Promise<BulkAnswer> {
    let decided: BulkRun | BulkAnswer = "unknown";
    const run = await runs.update(id, (current) => {
      decided = current?.desk === desk ? decide(current) : "unknown";
      return typeof decided === "string" ? current : { ...decided, ...where, due: clock.now() };
    });
    if (run === undefined || typeof decided === "string") return decided;
    if (isOver(run)) shower.follow(run);
    else runner.take(run);
    return "done";
  }

  /** A restored store does not know what was done with it since. */
  function isOfUnknownFate(at: number): boolean {
    const restoredAt = restored.at();
    return restoredAt !== undefined && at < restoredAt;
  }

  async function goOn(run: BulkRun): Promise<void> {
    if (isOver(run)) return run.shown === run.state ? shower.clear(run) : shower.follow(run);
    const tally = await countAnew({ ...deps, records }, run);
    if (!isOfUnknownFate(run.startedAt ?? run.at)) return runner.take(run, tally);
    const counts = tally.counts(run.total);
    const stopped = await runs.update(
      run.id,
      (current) => current && { ...current, state: "stopped", counts, isRestored: true, due: clock.now() },
    );
    if (stopped) shower.follow(stopped);
  }

  /** Plans that nobody wanted in their time. */
  async function forgetLapsed(): Promise<void> {
    const due = await runs.range("due", { to: clock.now(), limit: everything });
    for (const run of due.filter(hasLapsed)) {
      await records.dropPages(run);
      await runs.delete(run.id);
    }
  }

  function hasLapsed({ state, due = 0 }: BulkRun): boolean {
    return state === "planned" && due <= clock.now();
  }

  return {
    async plan(order) {
      await forgetLapsed();
      return plan(order);
    },
    find: (id) => runs.get(id),
    send: (id, by) =>
      press(id, by, (current) => {
        if (current.state === "running") return "same";
        if (current.state !== "planned" || hasLapsed(current) || isOfUnknownFate(current.at)) return "late";
        return { ...current, state: "running", startedAt: clock.now() };
      }),
    drop: (id, by) =>
      press(id, by, (current) => {
        if (current.state === "dropped") return "same";
        return current.state === "planned" ? { ...current, state: "dropped", stoppedBy: by.by } : "late";
      }),
    stop: (id, by) =>
      press(id, by, (current) => {
        if (current.state === "stopping") return "same";
        return current.state === "running" ? { ...current, state: "stopping", stoppedBy: by.by } : "late";
      }),
    async start() {
      const left = await runs.range("due", { limit: everything });
      for (const run of left.filter(({ state }) => state !== "planned")) {
        await goOn(run).catch((error: unknown) =>
          log.error({ err: error, bulk: run.id }, "bulk run could not be taken up"),
        );
      }
      await shower.start();
      runner.start();
    },
    async forget(desk, peer) {
      const open = await runs.range("due", { limit: everything });
      for (const run of open.filter((one) => one.desk === desk)) await records.forget(run, peer);
      await runner.handedOver();
    },
    wake: () => shower.wake(),
    async end() {
      await runner.stop();
      await shower.stop();
    },
  };
}
