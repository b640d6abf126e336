import { groupBy } from "../../support/group-by.ts";
import { slices } from "../../support/slices.ts";
import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import type { MessageId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createAsk } from "../panels/ask.ts";
import type { Health } from "../panels/health.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { Report, Reports, SentId, SmsProvider } from "../ports/sms-provider.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { askAgain, nextAsk, openIds, withReports } from "./reports.ts";

/** Asking again is harmless, so a claim that was left by a dead process simply comes back; its reports wait for so long. */
const leaseMs = 30_000;
const pageSize = 1000;
const idleMs = 500;

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

/** The questions for one panel, so that a slow one holds up no other. */
interface Inquiry {
  readonly provider: SmsProvider;
  readonly reports: Reports;
  readonly waiting: Map<MessageId, Outbound>;
  work?: Promise<void>;
}

export function createTracker(deps: TrackerDeps): Tracker {
  const { records, ledger, registry, clock, events, log } = deps;
  const askPanel = createAsk(deps);
  const breakOff = new AbortController();
  const inquiries: Inquiry[] = registry.providers.flatMap((provider) =>
    provider.reports ? [{ provider, reports: provider.reports, waiting: new Map() }] : [],
  );
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "tracker pass failed"),
  });

  async function pass(): Promise<number> {
    const due = await records.outbound.claimDue("reportDue", { now: clock.now(), leaseMs, limit: pageSize });
    for (const message of due) {
      const concerned = inquiries.filter(({ provider }) => openIds(message, provider.id).length > 0);
      for (const inquiry of concerned) inquiry.waiting.set(message.id, message);
      // A panel that is not configured now may be again.
      if (concerned.length === 0)
        await settle(message, new Map(), (current) => askAgain(current, undefined, clock.now()));
    }
    for (const inquiry of inquiries) {
      if (inquiry.work !== undefined || inquiry.waiting.size === 0) continue;
      inquiry.work = ask(inquiry)
        .catch((error: unknown) => log.error({ err: error, provider: inquiry.provider.id }, "reports not settled"))
        .finally(() => {
          delete inquiry.work;
          loop.wake();
        });
    }
    return due.length === pageSize ? 0 : idleMs;
  }

  /** Asks for all that waits, as few calls as the panel's limit allows. After one that fails the others are not tried. */
  async function ask({ provider, reports, waiting }: Inquiry): Promise<void> {
    const messages = [...waiting.values()];
    waiting.clear();
    const questions = questionsOf(
      messages.flatMap((message) => openIds(message, provider.id)),
      reports,
    );
    const told = new Map<string, Report>();
    let asked = 0;
    for (const ids of questions) {
      const answer = await call(provider, reports, ids);
      if (answer === undefined) break;
      for (const report of answer) told.set(report.id, report);
      asked += 1;
    }
    const missed = new Set(questions.slice(asked).flatMap((ids) => ids.map(({ id }) => id)));
    const now = clock.now();
    for (const { vendor, state } of told.values()) {
      if (state === undefined) events.emit("report unknown", { provider: provider.id, vendor });
    }
    await Promise.all(
      messages.map((message) => {
        const wasMissed = openIds(message, provider.id).some(({ id }) => missed.has(id));
        return settle(message, told, (current) => (wasMissed ? askAgain : nextAsk)(current, reports, now));
      }),
    );
  }

  async function call(
    { id }: SmsProvider,
    reports: Reports,
    ids: readonly SentId[],
  ): Promise<readonly Report[] | undefined> {
    const { signal } = breakOff;
    const answer = await askPanel({ provider: id, call: "reports", signal }, () => reports.fetch(ids, signal));
    if (!(answer instanceof ProviderError)) return answer;
    if (!signal.aborted) log.warn({ provider: id, code: answer.code, ids: ids.length }, "reports could not be read");
    return undefined;
  }

  /** `next` looks at the record as it then is: another attempt may have come while the panel was asked about this one. */
  function settle(
    { id }: Outbound,
    told: ReadonlyMap<string, Report>,
    next: (current: Outbound) => number | undefined,
  ): Promise<unknown> {
    return ledger.move(id, (current) => withReports(current, told, next(current)));
  }

  return {
    start: () => loop.start(),
    async stop() {
      breakOff.abort();
      await loop.stop();
      await Promise.all(inquiries.map((inquiry) => inquiry.work));
    },
  };
}

/** The ids of each call. What went out in one call is asked in one, where the panel's limit allows. */
function questionsOf(ids: readonly SentId[], { idsPerCall, countsBatches }: Reports): readonly (readonly SentId[])[] {
  const batches = groupBy(ids, ({ id, batch = id }) => batch);
  const units = countsBatches ? [...batches.values()] : [...batches.values()].flat().map((one) => [one]);
  return slices(units, idsPerCall).map((some) => some.flat());
}
