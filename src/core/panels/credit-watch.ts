import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import { type CreditCourse, type CreditOutlook, daysLeftOf, dueWarning, withSample } from "../model/credit-pace.ts";
import type { DeskId, ProviderId } from "../model/ids.ts";
import type { Told } from "../notices/notices.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { Credit, SmsProvider } from "../ports/sms-provider.ts";
import type { Store } from "../ports/store.ts";
import type { Registry } from "../registry.ts";
import { createAsk } from "./ask.ts";
import type { Health } from "./health.ts";

const everyMs = 60 * 60_000;
/** A bridge that has just been started has better things to do. */
const firstMs = 2 * 60_000;
/** A panel has a few kinds of credit, and nobody has more panels. */
const mostCourses = 10_000;

/** Asks the panels now and then for their credit and warns before it ends: once for each number of days left, until it rises again. */
export interface CreditWatch {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As it was read last. */
  creditsOf(desk: DeskId): Promise<readonly CreditOutlook[]>;
  /** How long what was just read lasts. */
  outlookOf(provider: ProviderId, credit: Credit): Promise<CreditOutlook>;
}

interface CourseRecord extends CreditCourse, Pick<Credit, "unit"> {
  readonly id: string;
  readonly provider: ProviderId;
  readonly at: number;
}

export async function openCreditWatch(deps: {
  readonly store: Store;
  readonly registry: Registry;
  readonly health: Health;
  readonly events: Events;
  readonly tell: (provider: ProviderId, notice: Notice) => Promise<Told>;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<CreditWatch> {
  const { registry, tell, clock, log } = deps;
  const ask = createAsk(deps);
  const courses = await deps.store.collection({ name: "credits", indexes: { at: ["at"] }, parse });
  const startedAt = clock.now();
  const stopping = new AbortController();
  /** When each is asked next. */
  const nextAt = new Map<ProviderId, number>();
  const telling = new Set<ProviderId>();
  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "credit not looked after") });

  const coursesOf = async (provider: ProviderId) =>
    (await courses.range("at", { limit: mostCourses })).filter((course) => course.provider === provider);

  async function pass(): Promise<number> {
    let waitMs = everyMs;
    for (const provider of registry.providers) {
      if (!provider.credit || stopping.signal.aborted) continue;
      const now = clock.now();
      const at = nextAt.get(provider.id) ?? (await firstTimeOf(provider.id));
      const isDue = at <= now;
      nextAt.set(provider.id, isDue ? now + everyMs : at);
      if (isDue) await look(provider);
      waitMs = Math.min(waitMs, (nextAt.get(provider.id) ?? now) - clock.now());
    }
    return Math.max(1, waitMs);
  }

  async function firstTimeOf(provider: ProviderId): Promise<number> {
    const known = await coursesOf(provider);
    const last = Math.max(0, ...known.map(({ at }) => at));
    return Math.max(startedAt + firstMs, Math.min(last, clock.now()) + everyMs);
  }

  async function look(provider: SmsProvider): Promise<void> {
    const { id, credit } = provider;
    const { signal } = stopping;
    // A panel that never told its credit need not be asked whether it is well.
    const isNew = (await coursesOf(id)).length === 0;
    const credits = await ask({ provider: id, call: "credit", signal, isTrial: isNew }, async () =>
      credit?.read(signal),
    );
    if (credits instanceof ProviderError) return;
    // Asked before the courses are read: a warning that ends meanwhile is not in what was read.
    const isBeingTold = telling.has(id);
    const read = await Promise.all((credits ?? []).map((one) => keep(id, one)));
    const due = read.flatMap((course) => {
      const days = dueWarning(course);
      return days === undefined ? [] : { days, credit: toOutlook(course) };
    });
    // A panel that tells its credit in SMS and in money has one credit: of both, that which ends first is told.
    const [first] = due.toSorted((one, other) => (one.credit.daysLeft ?? 0) - (other.credit.daysLeft ?? 0));
    if (first === undefined || isBeingTold) return;
    telling.add(id);
    // Aside: a desk that is away is waited for, and the loop is not.
    void warn(first.credit, first.days)
      .catch((error: unknown) => log.warn({ err: error, provider: id }, "warning of low credit is not stored"))
      .finally(() => telling.delete(id));
  }

  async function keep(provider: ProviderId, { unit, amount }: Credit): Promise<CourseRecord> {
    const at = clock.now();
    const id = `${provider}/${unit}`;
    const withThis = (current?: CourseRecord): CourseRecord => {
      return { id, provider, unit, at, ...withSample(current ?? { samples: [] }, { at, amount }) };
    };
    return (await courses.update(id, withThis)) ?? withThis();
  }

  async function warn(credit: CreditOutlook, days: number): Promise<void> {
    const told = await tell(credit.provider, { kind: "low-credit", credit });
    if (told === "late") return;
    for (const { id } of await coursesOf(credit.provider)) {
      await courses.update(
        id,
        (current) => current && { ...current, warnedAt: Math.min(days, current.warnedAt ?? days) },
      );
    }
  }

  return {
    start: async () => loop.start(),
    async stop() {
      stopping.abort();
      await loop.stop();
    },
    async creditsOf(desk) {
      const ids = new Set(registry.providersOf(desk).map(({ id }) => id));
      const known = await courses.range("at", { limit: mostCourses });
      // What was read long ago may be anything by now.
      return known.filter(({ provider, at }) => ids.has(provider) && at > clock.now() - 3 * everyMs).map(toOutlook);
    },
    async outlookOf(provider, { unit, amount }) {
      const { samples = [] } = (await courses.get(`${provider}/${unit}`)) ?? {};
      const { samples: withThis } = withSample({ samples }, { at: clock.now(), amount });
      return toOutlook({ provider, unit, samples: withThis });
    },
  };
}

function toOutlook({ provider, unit, samples }: Pick<CourseRecord, "provider" | "unit" | "samples">): CreditOutlook {
  const daysLeft = daysLeftOf(samples);
  return { provider, unit, amount: samples.at(-1)?.amount ?? 0, ...(daysLeft === undefined ? {} : { daysLeft }) };
}

function parse(value: unknown): CourseRecord {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  const { id, provider, at, samples } = value as Partial<CourseRecord>;
  const isWhole = typeof id === "string" && typeof provider === "string" && typeof at === "number";
  if (!isWhole || !Array.isArray(samples)) throw new TypeError("not a course of a credit");
  return value as CourseRecord;
}
