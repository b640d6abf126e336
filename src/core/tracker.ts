import type { Events } from "./events.ts";
import type { Health } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import { createLoop } from "./loop.ts";
import { higherReport, stateFromReports } from "./model/delivery.ts";
import type { Outbound } from "./model/message.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError, type Report, type Reports, type SmsProvider } from "./ports/sms-provider.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";

/** Asking again is harmless, so a claim that was left by a dead process simply comes back. */
const leaseMs = 120_000;
const pageSize = 1000;
const idleMs = 500;
const restAfterFailureMs = 15_000;

/** Asks the panels what became of the SMS they took, at the ages that each names, many ids a call. */
export interface Tracker {
  start(): void;
  stop(): Promise<void>;
}

export interface TrackerDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
}

export function createTracker(deps: TrackerDeps): Tracker {
  const { records, ledger, registry, health, clock, events, log } = deps;
  const breakOff = new AbortController();
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "tracker pass failed"),
  });

  async function pass(): Promise<number> {
    const due = await records.outbound.claimDue("reportDue", { now: clock.now(), leaseMs, limit: pageSize });
    const asked = registry.providers.map((provider) => {
      const reports = provider.reports;
      const messages = due.filter((message) => openIds(message, provider).length > 0);
      return reports && messages.length > 0 ? ask(provider, reports, messages) : undefined;
    });
    await Promise.all([...asked, ...due.filter(hasNobodyToAsk).map(stopAsking)]);
    return due.length === pageSize ? 0 : idleMs;
  }

  async function ask(provider: SmsProvider, reports: Reports, messages: readonly Outbound[]): Promise<void> {
    const ids = messages.flatMap((message) => openIds(message, provider));
    const told = new Map<string, Report>();
    const missed = new Set<string>();
    for (let from = 0; from < ids.length; from += reports.idsPerCall) {
      const batch = ids.slice(from, from + reports.idsPerCall);
      for (const report of await fetchBatch(provider, reports, batch)) told.set(report.id, report);
    }
    await Promise.all(messages.map((message) => settle(message, provider, reports, told, missed)));

    async function fetchBatch(provider: SmsProvider, reports: Reports, batch: readonly string[]) {
      const startedAt = clock.now();
      const call = { provider: provider.id, call: "reports" } as const;
      try {
        const answer = await reports.fetch(batch, breakOff.signal);
        health.worked(provider.id);
        events.emit("provider called", { ...call, ms: clock.now() - startedAt });
        return answer;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        if (!breakOff.signal.aborted) health.failed(provider.id, error);
        events.emit("provider called", { ...call, ms: clock.now() - startedAt, failure: error.code });
        log.warn({ provider: provider.id, code: error.code, ids: batch.length }, "reports could not be read");
        for (const id of batch) missed.add(id);
        return [];
      }
    }
  }

  async function settle(
    message: Outbound,
    provider: SmsProvider,
    reports: Reports,
    told: ReadonlyMap<string, Report>,
    missed: ReadonlySet<string>,
  ): Promise<void> {
    const now = clock.now();
    const ids = openIds(message, provider);
    const wasMissed = ids.some((id) => missed.has(id));
    for (const id of ids) {
      const report = told.get(id);
      if (report && report.state === undefined)
        events.emit("report unknown", { provider: provider.id, vendor: report.vendor });
    }
    await ledger.move(message.id, (current) => {
      const next = wasMissed ? now + restAfterFailureMs : nextAsk(current, reports, now);
      return withReports(current, told, next);
    });
  }

  function stopAsking(message: Outbound): Promise<unknown> {
    return ledger.move(message.id, ({ reportDue: _, ...rest }) => rest);
  }

  function hasNobodyToAsk(message: Outbound): boolean {
    return !registry.providers.some((provider) => provider.reports && openIds(message, provider).length > 0);
  }

  return {
    start: () => loop.start(),
    async stop() {
      breakOff.abort();
      await loop.stop();
    },
  };
}

/** The ids of a message at one panel that have no final report yet. */
function openIds(message: Outbound, provider: SmsProvider): readonly string[] {
  return message.receipts
    .filter((receipt) => receipt.provider === provider.id)
    .flatMap((receipt) => receipt.ids)
    .filter((id) => message.reports[id] === "pending");
}

/** The next age at which to ask; `undefined` when the last one has passed and nothing more is expected. */
function nextAsk(message: Outbound, reports: Reports, now: number): number | undefined {
  const takenAt = message.receipts.at(-1)?.at ?? now;
  const next = reports.askAtSeconds.find((seconds) => takenAt + seconds * 1000 > now);
  return next === undefined ? undefined : takenAt + next * 1000;
}

/** @param next when to ask again; without it what is still pending becomes unknown for good. */
function withReports(current: Outbound, told: ReadonlyMap<string, Report>, next: number | undefined): Outbound {
  const reports = Object.fromEntries(
    Object.entries(current.reports).map(([id, known]) => {
      const heard = higherReport(known, told.get(id)?.state ?? "pending");
      return [id, heard === "pending" && next === undefined ? ("unknown" as const) : heard];
    }),
  );
  const isOpen = Object.values(reports).includes("pending");
  const { reportDue: _, ...rest } = current;
  const watched = { ...rest, reports, ...(isOpen && next !== undefined ? { reportDue: next } : {}) };
  return withState(watched, told);
}

const reportable: ReadonlySet<Outbound["state"]> = new Set(["sent", "delivered", "partly", "failed", "expired"]);

/** The state that follows from the reports of the newest attempt, or from a late delivery of an older one. */
function withState(message: Outbound, told: ReadonlyMap<string, Report>): Outbound {
  const newest = message.receipts.at(-1);
  const reports = (newest?.ids ?? []).map((id) => message.reports[id] ?? "pending");
  const wasTaken = newest?.attempt === message.attempt && reportable.has(message.state);
  const isLateDelivery =
    message.state === "queued" && reports.length > 0 && reports.every((one) => one === "delivered");
  if (!wasTaken && !isLateDelivery) return message;
  const state = stateFromReports(reports);
  const { due: _due, failure: _failure, ...rest } = message;
  if (state !== "failed") return { ...rest, state };
  const vendor = newest?.ids.map((id) => told.get(id)?.vendor).find((one) => one !== undefined);
  return { ...rest, state, failure: { code: "undelivered", ...(vendor === undefined ? {} : { vendor }) } };
}
